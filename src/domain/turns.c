#include "domain/turns.h"

#include <pthread.h>

#include "base/pool.h"

enum {
    LOCKS = 1024 /* many more than workers, so that two desks rarely share one */
};

struct turns {
    pthread_mutex_t locks[LOCKS];
    pthread_rwlock_t files; /* read: somebody holds files; written: they are swept */
};

struct turns *turns_open(void)
{
    struct turns *t = process_alloc(sizeof *t);
    for (int i = 0; t && i < LOCKS; i++)
        pthread_mutex_init(&t->locks[i], NULL);
    if (t)
        pthread_rwlock_init(&t->files, NULL);
    return t;
}

void turns_close(struct turns *t)
{
    for (int i = 0; t && i < LOCKS; i++)
        pthread_mutex_destroy(&t->locks[i]);
    if (t)
        pthread_rwlock_destroy(&t->files);
    process_free(t);
}

/* The end of an id is random whoever chose it. */
static pthread_mutex_t *lock_of(struct turns *t, struct id user)
{
    return &t->locks[(user.bytes[14] << 8 | user.bytes[15]) % LOCKS];
}

void turn_take(struct turns *t, struct id user)
{
    if (t)
        pthread_mutex_lock(lock_of(t, user));
}

void turn_give(struct turns *t, struct id user)
{
    if (t)
        pthread_mutex_unlock(lock_of(t, user));
}

void files_hold(struct turns *t)
{
    if (t)
        pthread_rwlock_rdlock(&t->files);
}

void files_let_go(struct turns *t)
{
    if (t)
        pthread_rwlock_unlock(&t->files);
}

bool sweep_begin(struct turns *t)
{
    return !t || pthread_rwlock_trywrlock(&t->files) == 0;
}

void sweep_end(struct turns *t)
{
    if (t)
        pthread_rwlock_unlock(&t->files);
}
