#include "client/secrets.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disk/file.h"

enum { SECRET_LEN = 32 };

struct secrets {
    unsigned char key[SECRET_LEN];
};

static void fill(void *self, void *bytes, size_t len)
{
    (void)self;
    randombytes_buf(bytes, len);
}

struct random_source secrets_random(void)
{
    int ready = sodium_init();
    assert(ready >= 0);
    return (struct random_source){.fill = fill};
}

static struct digest keyed(void *self, const struct str *parts, int n)
{
    const struct secrets *s = self;
    struct digest out;
    crypto_generichash_state state;
    crypto_generichash_init(&state, s->key, sizeof s->key, sizeof out.bytes);
    for (int i = 0; i < n; i++) {
        uint64_t len = parts[i].len;
        unsigned char prefix[8];
        for (size_t k = 0; k < sizeof prefix; k++)
            prefix[k] = (unsigned char)(len >> (8 * k));
        crypto_generichash_update(&state, prefix, sizeof prefix);
        crypto_generichash_update(&state, (const unsigned char *)parts[i].data, parts[i].len);
    }
    crypto_generichash_final(&state, out.bytes, sizeof out.bytes);
    return out;
}

static struct digest plain(void *self, struct str text)
{
    (void)self;
    struct digest out;
    crypto_hash_sha256(out.bytes, (const unsigned char *)text.data, text.len);
    return out;
}

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof((struct digest_run){0}.state),
               "the library's state fits");

static void begin(struct digest_run *run)
{
    crypto_hash_sha256_init((crypto_hash_sha256_state *)(void *)run->state);
}

static void add(struct digest_run *run, struct str bytes)
{
    crypto_hash_sha256_update((crypto_hash_sha256_state *)(void *)run->state,
                              (const unsigned char *)bytes.data, bytes.len);
}

static struct digest end(struct digest_run *run)
{
    struct digest out;
    crypto_hash_sha256_final((crypto_hash_sha256_state *)(void *)run->state, out.bytes);
    return out;
}

struct digester secrets_digester(struct secrets *s)
{
    return (struct digester){
        .keyed = keyed, .plain = plain, .begin = begin, .add = add, .end = end, .self = s};
}

/* A file of its own, then its name: a crash leaves all of it or nothing. */
static enum status make_file(struct ctx *c, const char *folder, const char *path)
{
    char beside[4096];
    char key[SECRET_LEN];
    enum status st = file_path(c, folder, ".secret.new", beside, sizeof beside);
    if (st != ST_OK)
        return st;
    randombytes_buf(key, sizeof key);
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_fail(c, "make", beside);
    st = file_write(c, fd, beside, (struct str){key, sizeof key}, 0);
    close(fd);
    sodium_memzero(key, sizeof key);
    if (st == ST_OK && rename(beside, path) != 0)
        st = file_fail(c, "make", path);
    return st == ST_OK ? file_sync_folder(c, folder) : st;
}

static enum status load(struct ctx *c, const char *folder, struct secrets *s)
{
    char path[4096];
    struct str bytes;
    enum status st = file_path(c, folder, "secret", path, sizeof path);
    if (st == ST_OK)
        st = file_read(c, path, SECRET_LEN, &bytes);
    if (st == ST_OK && !bytes.data) {
        st = make_file(c, folder, path);
        if (st == ST_OK)
            st = file_read(c, path, SECRET_LEN, &bytes);
    }
    if (st != ST_OK)
        return st;
    if (bytes.len != SECRET_LEN)
        return fail(c, ST_INTERNAL, "", "%s is damaged", path);
    memcpy(s->key, bytes.data, SECRET_LEN);
    return ST_OK;
}

enum status secrets_open(struct ctx *c, const char *folder, struct secrets **out)
{
    if (sodium_init() < 0)
        return fail(c, ST_INTERNAL, "", "libsodium cannot start");
    struct secrets *s = calloc(1, sizeof *s);
    if (!s)
        return fail_memory(c);
    enum status st = load(c, folder, s);
    if (st == ST_OK)
        *out = s;
    else
        secrets_close(s);
    return st;
}

void secrets_close(struct secrets *s)
{
    if (!s)
        return;
    sodium_memzero(s, sizeof *s);
    free(s);
}
