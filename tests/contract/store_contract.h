/*
 * The promises of store/store.h as tests, the same for every store. Each store's program says how
 * it is made (struct subject) and calls store_contract.
 */
#ifndef CONTRACT_STORE_CONTRACT_H
#define CONTRACT_STORE_CONTRACT_H

#include "store/store.h"

/* A store under test. */
struct subject {
    const char *name;
    /* Makes an empty place for a store and forgets the one before. */
    void (*fresh)(void);
    /* Opens what is in that place; `cache_bytes` for decoded desks. */
    struct store *(*open)(size_t cache_bytes);
    /* Whether the bytes are still somewhere in that place; the store is open. */
    bool (*holds)(const char *bytes);
};

/* Runs all tests without a cache, with one that is too small, and with a large one. Returns the
 * number of failures. */
int store_contract(const struct subject *subject);

#endif
