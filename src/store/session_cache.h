/*
 * Sessions in memory, each with a copy of its account, so that a request's sign-in costs no query.
 * Bounded in number; the least recently used leave first. One short lock.
 *
 * It must not hold what was acknowledged to be changed. Whoever fills it after a query says which
 * generation it was when the query began; a change in between makes the fill void.
 */
#ifndef STORE_SESSION_CACHE_H
#define STORE_SESSION_CACHE_H

#include "base/arena.h"
#include "base/status.h"
#include "model/account.h"

struct session_cache;

/* `limit` sessions; its own structures come from `a`, which outlives it. NULL when memory is out.
 */
struct session_cache *session_cache_create(struct arena *a, int32_t limit);
void session_cache_close(struct session_cache *cache);

enum session_found { SESSION_ABSENT, SESSION_FOUND, SESSION_NO_MEMORY, SESSION_BUSY };

/* Copies both, texts into `a`. SESSION_BUSY only with `try`: the lock is not free. */
enum session_found session_cache_find(struct session_cache *cache, struct digest token_hash,
                                      bool try, struct arena *a, struct session *session,
                                      struct account *account);

/* To be asked before the query whose result is put. */
uint64_t session_cache_generation(struct session_cache *cache);

void session_cache_put(struct session_cache *cache, uint64_t generation,
                       const struct session *session, const struct account *account);

/* The session was used, ended or put anew; the account was changed or erased. */
void session_cache_touch(struct session_cache *cache, struct digest token_hash,
                         struct instant last_seen, struct instant expires);
void session_cache_end(struct session_cache *cache, struct digest token_hash);
void session_cache_end_account(struct session_cache *cache, struct id account_id);

#endif
