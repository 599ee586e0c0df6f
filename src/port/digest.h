/* Digests and keyed digests: tokens are stored by digest, requests are compared by digest. */
#ifndef PORT_DIGEST_H
#define PORT_DIGEST_H

#include "base/str.h"
#include "model/field.h"

/* A SHA-256 of bytes that come piece by piece. */
struct digest_run {
    _Alignas(16) unsigned char state[128];
};

struct digester {
    /* BLAKE2b-256 of the parts one after the other, each preceded by its length (so that no two
     * lists of parts give the same input), keyed by the installation's secret. */
    struct digest (*keyed)(void *self, const struct str *parts, int n);
    /* SHA-256 of the text: the form in which session tokens are stored. */
    struct digest (*plain)(void *self, struct str text);
    /* The same as `plain`, of all that was added since the beginning. */
    void (*begin)(struct digest_run *run);
    void (*add)(struct digest_run *run, struct str bytes);
    struct digest (*end)(struct digest_run *run);
    void *self;
};

#endif
