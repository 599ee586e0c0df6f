/*
 * Drives a fuzz target without a fuzzer: with its seeds, and with so many damaged copies of them. A
 * unit test of a second, so that targets keep building and the worst mistakes show at once;
 * tools/fuzz is the real thing. TARGET_smoke [FILE…]
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"

enum { INPUT_MAX = 4096, SEEDS_MAX = 16, INPUTS = 20000, CHANGES_MAX = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

struct input {
    uint8_t bytes[INPUT_MAX];
    size_t len;
};

static struct input seeds[SEEDS_MAX];
static size_t seed_count;

static void add_seed(const void *bytes, size_t len)
{
    struct input *s = &seeds[seed_count++];
    memcpy(s->bytes, bytes, len);
    s->len = len;
}

static bool read_seed(const char *path)
{
    char bytes[INPUT_MAX];
    FILE *file = fopen(path, "rb");
    if (!file || seed_count == SEEDS_MAX)
        return false;
    add_seed(bytes, fread(bytes, 1, sizeof bytes, file));
    return fclose(file) == 0;
}

/* Overwrites, inserts or deletes bytes; favours those that mean something to parsers. */
static void damage(struct rng *r, struct input *in)
{
    static const char telling[] = "{}[]\",:\\0123456789-+.eTZu/ \n\x80\xC0\xED\xFF";
    for (uint64_t n = rng_below(r, CHANGES_MAX); n > 0; n--) {
        size_t at = (size_t)rng_below(r, in->len + 1);
        bool known = !rng_one_in(r, 3);
        uint8_t byte =
            known ? (uint8_t)telling[rng_below(r, sizeof telling)] : (uint8_t)rng_next(r);
        size_t tail = in->len - at;
        if (rng_one_in(r, 3) && in->len < INPUT_MAX) {
            memmove(in->bytes + at + 1, in->bytes + at, tail);
            in->bytes[at] = byte;
            in->len++;
        } else if (tail > 0 && rng_one_in(r, 2)) {
            in->bytes[at] = byte;
        } else if (tail > 0) {
            size_t gone = 1 + (size_t)rng_below(r, tail < 8 ? tail : 8);
            memmove(in->bytes + at, in->bytes + at + gone, tail - gone);
            in->len -= gone;
        }
    }
}

/* A copy of exactly its length, so that the sanitizer sees a byte read behind the end. */
static bool feed(const struct input *in)
{
    uint8_t *bytes = malloc(in->len ? in->len : 1);
    if (!bytes)
        return false;
    memcpy(bytes, in->bytes, in->len);
    LLVMFuzzerTestOneInput(bytes, in->len);
    free(bytes);
    return true;
}

int main(int argc, char **argv)
{
    static struct input in;
    struct rng r = rng_make(20261124);
    add_seed("", 0);
    for (uint8_t first = 0; first < 6; first++) {
        char text[64] = {(char)first};
        static const char *const forms[] = {"017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
                                            "2026-11-26T12:00:00.5+01:00",
                                            "2026-11-26",
                                            "23:59",
                                            ("\xFF"
                                             "18446744073709551615"),
                                            "a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x90\xB0"};
        snprintf(text + 1, sizeof text - 1, "%s", forms[first]);
        add_seed(text, 1 + strlen(forms[first]));
    }
    for (int i = 1; i < argc; i++) {
        if (!read_seed(argv[i])) {
            fprintf(stderr, "cannot read %s\n", argv[i]);
            return 2;
        }
    }
    for (int i = 0; i < INPUTS; i++) {
        in = seeds[rng_below(&r, seed_count)];
        damage(&r, &in);
        if (!feed(&in))
            return 2;
    }
    return 0;
}
