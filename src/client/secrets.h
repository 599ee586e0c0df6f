/*
 * What must not be guessed, by libsodium: randomness, digests and the installation's secret.
 *
 * The secret is 32 random bytes in DIR/secret (mode 0600), made at the first start. It keys the
 * digests of port/digest.h, so that what the database holds cannot be tested against guesses by
 * someone who has only the database. Made once by the command line, then shared by all threads.
 */
#ifndef CLIENT_SECRETS_H
#define CLIENT_SECRETS_H

#include "base/status.h"
#include "port/digest.h"
#include "port/random.h"

struct secrets;

/* Prepares libsodium and reads or makes the secret in `folder`, which exists. Call it once the
 * folder is this process's (after store_sqlite_open). ST_INTERNAL: the file is damaged. */
MUST_USE enum status secrets_open(struct ctx *c, const char *folder, struct secrets **out);

/* NULL is allowed. */
void secrets_close(struct secrets *s);

/* NULL is allowed where only plain digests are asked for. */
struct digester secrets_digester(struct secrets *s);

/* The system's randomness. No state; may be used before everything else. */
struct random_source secrets_random(void);

#endif
