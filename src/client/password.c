#include "client/password.h"

#include <pthread.h>
#include <sodium.h>

#include "base/arena.h"

enum { RETRY_AFTER_S = 2 };

struct passwords {
    pthread_mutex_t lock;
    pthread_cond_t left;
    int working;
    int waiting;
};

static enum status enter(struct ctx *c, struct passwords *p)
{
    bool refused = false;
    pthread_mutex_lock(&p->lock);
    if (p->working < PASSWORD_AT_ONCE && p->waiting == 0) {
        p->working++;
    } else if (p->waiting >= PASSWORD_WAITING_MAX) {
        refused = true;
    } else {
        p->waiting++;
        while (p->working >= PASSWORD_AT_ONCE)
            pthread_cond_wait(&p->left, &p->lock);
        p->waiting--;
        p->working++;
    }
    /* Whoever found a place free may have left another one free, too. */
    if (p->working < PASSWORD_AT_ONCE && p->waiting)
        pthread_cond_signal(&p->left);
    pthread_mutex_unlock(&p->lock);
    if (!refused)
        return ST_OK;
    c->retry_after_s = RETRY_AFTER_S;
    return fail(c, ST_UNAVAILABLE, "", "too many sign in at this moment");
}

static void leave(struct passwords *p)
{
    pthread_mutex_lock(&p->lock);
    p->working--;
    pthread_cond_signal(&p->left);
    pthread_mutex_unlock(&p->lock);
}

static enum status hash(void *self, struct ctx *c, struct str password, struct str *out)
{
    struct passwords *p = self;
    char text[crypto_pwhash_STRBYTES];
    enum status st = enter(c, p);
    if (st != ST_OK)
        return st;
    int failed = crypto_pwhash_str_alg(text, password.data, password.len, PASSWORD_PASSES,
                                       PASSWORD_MEMORY, crypto_pwhash_ALG_ARGON2ID13);
    leave(p);
    if (failed)
        return fail(c, ST_UNAVAILABLE, "", "no memory to hash a password");
    *out = str_copy(c->arena, str_of(text));
    return out->data ? ST_OK : fail_memory(c);
}

/* The work of a hash whose result nobody wants. */
static int waste(struct str password)
{
    unsigned char key[32];
    static const unsigned char salt[crypto_pwhash_SALTBYTES] = {0};
    return crypto_pwhash(key, sizeof key, password.data, password.len, salt, PASSWORD_PASSES,
                         PASSWORD_MEMORY, crypto_pwhash_ALG_ARGON2ID13);
}

static enum status verify(void *self, struct ctx *c, struct str password, struct str expected)
{
    struct passwords *p = self;
    char text[crypto_pwhash_STRBYTES] = "";
    bool known = expected.data && expected.len > 0 && expected.len < sizeof text;
    if (known)
        memcpy(text, expected.data, expected.len);
    enum status st = enter(c, p);
    if (st != ST_OK)
        return st;
    bool right = false;
    bool broke = false;
    if (known)
        right = crypto_pwhash_str_verify(text, password.data, password.len) == 0;
    else
        broke = waste(password) != 0;
    leave(p);
    if (broke)
        return fail(c, ST_UNAVAILABLE, "", "no memory to hash a password");
    return right ? ST_OK : fail(c, ST_UNAUTHENTICATED, "", "wrong address or password");
}

enum status passwords_open(struct ctx *c, struct passwords **out)
{
    if (sodium_init() < 0)
        return fail(c, ST_INTERNAL, "", "libsodium cannot start");
    struct passwords *p = calloc(1, sizeof *p);
    if (!p)
        return fail_memory(c);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->left, NULL);
    *out = p;
    return ST_OK;
}

void passwords_close(struct passwords *p)
{
    if (!p)
        return;
    pthread_cond_destroy(&p->left);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

struct password_hasher passwords_hasher(struct passwords *p)
{
    return (struct password_hasher){.hash = hash, .verify = verify, .self = p};
}
