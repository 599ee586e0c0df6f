/*
 * Rate limits: token buckets by key, in a table of fixed size.
 *
 * A bucket holds up to `burst` tokens and gains `per_s` a second; each thing that is limited takes
 * some. Keys are 64-bit hashes made by the caller (address_key(); an account's id), so that nothing
 * personal is kept. The table never grows: of a few places a key may have, the one whose bucket is
 * fullest makes room, so an attacker with many keys makes the limiter forget those it least needs
 * to remember. All functions may be called from any thread; they take a short lock.
 */
#ifndef HTTP_RATELIMIT_H
#define HTTP_RATELIMIT_H

#include <stddef.h>
#include <stdint.h>

struct ratelimit;

/* A limiter for up to about `keys` keys at once (24 bytes each). NULL when memory is out. */
struct ratelimit *ratelimit_open(size_t keys, double per_s, double burst);
void ratelimit_close(struct ratelimit *limit);

/* Takes `tokens` (usually 1) of the key's bucket. Returns 0 when there were enough, else the whole
 * seconds, at least 1, after which there will be; then nothing is taken. `now_ms` is a monotonic
 * time in milliseconds. */
int ratelimit_take(struct ratelimit *limit, uint64_t key, double tokens, int64_t now_ms);

/* Gives tokens back: what was limited did not happen after all. */
void ratelimit_return(struct ratelimit *limit, uint64_t key, double tokens);

#endif
