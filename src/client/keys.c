#include "client/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <unistd.h>

#include "base/arena.h"
#include "disk/file.h"

enum {
    KEY_LEN = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    NONCE_LEN = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_LEN = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    SUM_LEN = 8,
    HEADING_LEN = 16,
    SEAL_FORM = 1, /* the first byte of what is sealed */
    SEAL_HEAD = 1 + NONCE_LEN,
    SLOTS_MIN = 64
};

static const char heading[HEADING_LEN + 1] = "studybunny keys1";

struct key {
    struct id user; /* none: the slot is empty */
    unsigned char bytes[KEY_LEN];
};

/* A user's alias; the list is sorted by it. */
struct alias {
    struct id name;
    struct id user;
};

struct keys {
    char folder[4000];
    char path[4096];

    pthread_mutex_t writing; /* held while the file changes; taken before `lock` */
    int fd;                  /* -1: not read yet */
    int64_t end;             /* of the last whole record */

    pthread_mutex_t lock; /* of the table */
    struct key *slots;    /* open addressing; a power of two of them */
    size_t room;
    size_t count;
    struct alias *aliases; /* of all keys; NULL: to be made when one is looked up */
};

/* ---- the table, under `lock` ---- */

static struct key *slot_of(struct key *slots, size_t room, struct id user)
{
    size_t at = 0;
    for (int i = 6; i < 16; i++)
        at = at * 31 + user.bytes[i];
    at ^= at >> 17;
    while (!id_is_none(slots[at & (room - 1)].user) && !id_eq(slots[at & (room - 1)].user, user))
        at++;
    return &slots[at & (room - 1)];
}

static bool resize(struct keys *k, size_t room)
{
    struct key *slots = calloc(room, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < k->room; i++)
        if (!id_is_none(k->slots[i].user))
            *slot_of(slots, room, k->slots[i].user) = k->slots[i];
    if (k->slots)
        sodium_memzero(k->slots, k->room * sizeof *k->slots);
    free(k->slots);
    k->slots = slots;
    k->room = room;
    return true;
}

static void drop_aliases(struct keys *k)
{
    free(k->aliases);
    k->aliases = NULL;
}

static bool put(struct keys *k, const struct key *key)
{
    drop_aliases(k);
    if ((k->count + 1) * 2 > k->room && !resize(k, k->room ? k->room * 2 : SLOTS_MIN))
        return false;
    struct key *slot = slot_of(k->slots, k->room, key->user);
    k->count += id_is_none(slot->user);
    *slot = *key;
    return true;
}

static bool get(struct keys *k, struct id user, struct key *out)
{
    bool found = false;
    pthread_mutex_lock(&k->lock);
    if (k->room) {
        *out = *slot_of(k->slots, k->room, user);
        found = !id_is_none(out->user);
    }
    pthread_mutex_unlock(&k->lock);
    return found;
}

/* Takes a key out and moves up those that a search would no longer find. */
static void take_out(struct keys *k, struct id user)
{
    struct key *slot = slot_of(k->slots, k->room, user);
    if (id_is_none(slot->user))
        return;
    drop_aliases(k);
    sodium_memzero(slot, sizeof *slot);
    k->count--;
    size_t at = (size_t)(slot - k->slots);
    for (size_t i = (at + 1) & (k->room - 1); !id_is_none(k->slots[i].user);
         i = (i + 1) & (k->room - 1)) {
        struct key moved = k->slots[i];
        sodium_memzero(&k->slots[i], sizeof k->slots[i]);
        *slot_of(k->slots, k->room, moved.user) = moved;
        sodium_memzero(&moved, sizeof moved);
    }
}

/* ---- the file, under `writing` ---- */

static void write_record(const struct key *key, unsigned char out[KEY_RECORD])
{
    memcpy(out, key->user.bytes, sizeof key->user.bytes);
    memcpy(out + sizeof key->user, key->bytes, KEY_LEN);
    unsigned char sum[crypto_generichash_BYTES_MIN];
    crypto_generichash(sum, sizeof sum, out, KEY_RECORD - SUM_LEN, NULL, 0);
    memcpy(out + KEY_RECORD - SUM_LEN, sum, SUM_LEN);
}

static bool read_record(const unsigned char *bytes, struct key *out)
{
    unsigned char again[KEY_RECORD];
    memcpy(out->user.bytes, bytes, sizeof out->user.bytes);
    memcpy(out->bytes, bytes + sizeof out->user, KEY_LEN);
    write_record(out, again);
    return memcmp(again, bytes, KEY_RECORD) == 0 && !id_is_none(out->user);
}

static enum status load_records(struct ctx *c, struct keys *k, struct str bytes)
{
    if (bytes.len < HEADING_LEN) {
        k->end = HEADING_LEN;
        return file_write(c, k->fd, k->path, (struct str){heading, HEADING_LEN}, 0);
    }
    if (memcmp(bytes.data, heading, HEADING_LEN) != 0)
        return fail(c, ST_INTERNAL, "", "%s is damaged", k->path);
    size_t at = HEADING_LEN;
    for (; at + KEY_RECORD <= bytes.len; at += KEY_RECORD) {
        struct key key;
        bool last = bytes.len - at < 2 * (size_t)KEY_RECORD;
        if (!read_record((const unsigned char *)bytes.data + at, &key)) {
            if (last)
                break;
            return fail(c, ST_INTERNAL, "", "%s is damaged at byte %zu", k->path, at);
        }
        if (!put(k, &key))
            return fail_memory(c);
    }
    k->end = (int64_t)at;
    return ftruncate(k->fd, k->end) == 0 ? ST_OK : file_fail(c, "shorten", k->path);
}

static enum status load(struct ctx *c, struct keys *k)
{
    if (k->fd >= 0)
        return ST_OK;
    struct str bytes;
    struct arena arena;
    arena_init(&arena, (size_t)KEYS_MAX * KEY_RECORD * 2);
    struct ctx own = {.arena = &arena};
    enum status st = file_read(&own, k->path, (size_t)KEYS_MAX * KEY_RECORD, &bytes);
    if (st == ST_OK) {
        k->fd = open(k->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        st = k->fd < 0 ? file_fail(&own, "open", k->path) : ST_OK;
    }
    if (st == ST_OK) {
        pthread_mutex_lock(&k->lock);
        st = load_records(&own, k, bytes);
        pthread_mutex_unlock(&k->lock);
    }
    if (st == ST_OK)
        st = file_sync_folder(&own, k->folder);
    if (bytes.len)
        sodium_memzero((void *)(uintptr_t)bytes.data, bytes.len);
    arena_release(&arena);
    if (st == ST_OK)
        return ST_OK;
    if (k->fd >= 0)
        close(k->fd);
    k->fd = -1;
    return fail(c, st, "", "%s", own.faults[0].detail);
}

static enum status append(struct ctx *c, struct keys *k, const struct key *key)
{
    unsigned char record[KEY_RECORD];
    write_record(key, record);
    enum status st =
        file_write(c, k->fd, k->path, (struct str){(const char *)record, sizeof record}, k->end);
    sodium_memzero(record, sizeof record);
    if (st == ST_OK)
        k->end += KEY_RECORD;
    else if (ftruncate(k->fd, k->end) != 0)
        return fail(c, ST_INTERNAL, "", "cannot shorten %s", k->path);
    return st;
}

static enum status make_key(struct ctx *c, struct keys *k, struct id user, struct key *out)
{
    pthread_mutex_lock(&k->writing);
    enum status st = load(c, k);
    if (st == ST_OK && !get(k, user, out)) {
        *out = (struct key){.user = user};
        randombytes_buf(out->bytes, sizeof out->bytes);
        st = append(c, k, out);
        if (st == ST_OK) {
            pthread_mutex_lock(&k->lock);
            if (!put(k, out))
                st = fail_memory(c);
            pthread_mutex_unlock(&k->lock);
        }
    }
    pthread_mutex_unlock(&k->writing);
    return st;
}

/* All records but one's, at most; the file's new bytes. */
static struct str collect(struct keys *k, struct id without, struct arena *a)
{
    unsigned char *bytes = arena_alloc(a, HEADING_LEN + k->count * KEY_RECORD);
    size_t len = HEADING_LEN;
    if (!bytes)
        return STR_NONE;
    memcpy(bytes, heading, HEADING_LEN);
    for (size_t i = 0; i < k->room; i++) {
        if (id_is_none(k->slots[i].user) || id_eq(k->slots[i].user, without))
            continue;
        write_record(&k->slots[i], bytes + len);
        len += KEY_RECORD;
    }
    return (struct str){(const char *)bytes, len};
}

/* Zeroes where the user's record stood in a file that has lost its name. */
static void overwrite(int fd, struct id user)
{
    static const unsigned char zeroes[KEY_RECORD];
    unsigned char id[sizeof user.bytes];
    off_t at = HEADING_LEN;
    while (pread(fd, id, sizeof id, at) == (ssize_t)sizeof id) {
        if (memcmp(id, user.bytes, sizeof id) == 0)
            (void)!pwrite(fd, zeroes, sizeof zeroes, at);
        at += KEY_RECORD;
    }
    fdatasync(fd);
}

static enum status replace_file(struct ctx *c, struct keys *k, struct str bytes, struct id user)
{
    char beside[4096];
    enum status st = file_path(c, k->folder, ".keys.new", beside, sizeof beside);
    if (st != ST_OK)
        return st;
    int fd = open(beside, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_fail(c, "make", beside);
    st = file_write(c, fd, beside, bytes, 0);
    if (st == ST_OK && rename(beside, k->path) != 0)
        st = file_fail(c, "replace", k->path);
    if (st != ST_OK) {
        close(fd);
        return st;
    }
    int old = k->fd;
    k->fd = fd;
    k->end = (int64_t)bytes.len;
    st = file_sync_folder(c, k->folder);
    overwrite(old, user);
    close(old);
    return st;
}

static enum status forget_key(struct ctx *c, struct keys *k, struct id user)
{
    struct key key;
    enum status st = load(c, k);
    if (st != ST_OK || !get(k, user, &key))
        return st;
    sodium_memzero(&key, sizeof key);
    struct arena arena;
    arena_init(&arena, (size_t)KEYS_MAX * KEY_RECORD * 2);
    pthread_mutex_lock(&k->lock);
    struct str bytes = collect(k, user, &arena);
    pthread_mutex_unlock(&k->lock);
    st = bytes.data ? replace_file(c, k, bytes, user) : fail_memory(c);
    if (st == ST_OK) {
        pthread_mutex_lock(&k->lock);
        take_out(k, user);
        pthread_mutex_unlock(&k->lock);
    }
    if (bytes.len)
        sodium_memzero((void *)(uintptr_t)bytes.data, bytes.len);
    arena_release(&arena);
    return st;
}

/* ---- the port ---- */

static enum status forget(void *self, struct ctx *c, struct id user)
{
    struct keys *k = self;
    pthread_mutex_lock(&k->writing);
    enum status st = forget_key(c, k, user);
    pthread_mutex_unlock(&k->writing);
    return st;
}

static enum status seal_under(struct ctx *c, struct key *key, struct str plain, struct str *sealed)
{
    unsigned char *out = arena_raw(c->arena, SEAL_HEAD + plain.len + TAG_LEN);
    if (out) {
        out[0] = SEAL_FORM;
        randombytes_buf(out + 1, NONCE_LEN);
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            out + SEAL_HEAD, NULL, (const unsigned char *)plain.data, plain.len, key->user.bytes,
            sizeof key->user.bytes, NULL, out + 1, key->bytes);
    }
    sodium_memzero(key, sizeof *key);
    *sealed = (struct str){(const char *)out, SEAL_HEAD + plain.len + TAG_LEN};
    return out ? ST_OK : fail_memory(c);
}

static enum status seal(void *self, struct ctx *c, struct id user, struct str plain,
                        struct str *sealed)
{
    struct key key;
    enum status st = get(self, user, &key) ? ST_OK : make_key(c, self, user, &key);
    return st == ST_OK ? seal_under(c, &key, plain, sealed) : st;
}

static enum status load_once(struct ctx *c, struct keys *k)
{
    pthread_mutex_lock(&k->writing);
    enum status st = load(c, k);
    pthread_mutex_unlock(&k->writing);
    return st;
}

static enum status seal_known(void *self, struct ctx *c, struct id user, struct str plain,
                              struct str *sealed)
{
    struct key key;
    enum status st = load_once(c, self);
    if (st != ST_OK)
        return st;
    return get(self, user, &key) ? seal_under(c, &key, plain, sealed) : ST_GONE;
}

static enum status open_sealed(void *self, struct ctx *c, struct id user, struct str sealed,
                               struct str *plain)
{
    struct key key;
    enum status st = load_once(c, self);
    if (st != ST_OK)
        return st;
    if (!get(self, user, &key))
        return fail(c, ST_GONE, "", "the user's key was destroyed");
    const unsigned char *in = (const unsigned char *)sealed.data;
    if (sealed.len < SEAL_HEAD + TAG_LEN || in[0] != SEAL_FORM)
        return fail(c, ST_INTERNAL, "", "these bytes were not sealed here");
    size_t len = sealed.len - SEAL_HEAD - TAG_LEN;
    unsigned char *out = arena_alloc(c->arena, len + 1);
    if (!out)
        return fail_memory(c);
    int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, in + SEAL_HEAD,
                                                            sealed.len - SEAL_HEAD, user.bytes,
                                                            sizeof user.bytes, in + 1, key.bytes);
    sodium_memzero(&key, sizeof key);
    if (failed)
        return fail(c, ST_INTERNAL, "", "sealed bytes were changed");
    *plain = (struct str){(const char *)out, len};
    return ST_OK;
}

static struct id alias_of(const struct key *key)
{
    static const char purpose[] = "alias";
    unsigned char text[sizeof purpose + sizeof key->user.bytes];
    struct id out;
    memcpy(text, purpose, sizeof purpose);
    memcpy(text + sizeof purpose, key->user.bytes, sizeof key->user.bytes);
    crypto_generichash(out.bytes, sizeof out.bytes, text, sizeof text, key->bytes,
                       sizeof key->bytes);
    return out;
}

static enum status alias(void *self, struct ctx *c, struct id user, struct id *out)
{
    struct key key;
    enum status st = make_key(c, self, user, &key);
    if (st == ST_OK)
        *out = alias_of(&key);
    sodium_memzero(&key, sizeof key);
    return st;
}

static enum status alias_known(void *self, struct ctx *c, struct id user, struct id *out)
{
    struct key key;
    enum status st = load_once(c, self);
    if (st == ST_OK)
        st = get(self, user, &key) ? ST_OK : ST_GONE;
    if (st == ST_OK)
        *out = alias_of(&key);
    sodium_memzero(&key, sizeof key);
    return st;
}

static int compare_aliases(const void *a, const void *b)
{
    return id_cmp(((const struct alias *)a)->name, ((const struct alias *)b)->name);
}

static bool list_aliases(struct keys *k)
{
    size_t n = 0;
    k->aliases = calloc(k->count + 1, sizeof *k->aliases);
    if (!k->aliases)
        return false;
    for (size_t i = 0; i < k->room; i++)
        if (!id_is_none(k->slots[i].user))
            k->aliases[n++] = (struct alias){alias_of(&k->slots[i]), k->slots[i].user};
    qsort(k->aliases, n, sizeof *k->aliases, compare_aliases);
    return true;
}

static enum status user_of(void *self, struct ctx *c, struct id name, struct id *out)
{
    struct keys *k = self;
    const struct alias wanted = {.name = name};
    enum status st = load_once(c, k);
    if (st != ST_OK)
        return st;
    pthread_mutex_lock(&k->lock);
    const struct alias *found = NULL;
    if (!k->aliases && !list_aliases(k))
        st = fail_memory(c);
    else
        found = bsearch(&wanted, k->aliases, k->count, sizeof wanted, compare_aliases);
    if (found)
        *out = found->user;
    pthread_mutex_unlock(&k->lock);
    return st == ST_OK && !found ? ST_NOT_FOUND : st;
}

struct cipher keys_cipher(struct keys *k)
{
    return (struct cipher){.seal = seal,
                           .seal_known = seal_known,
                           .open = open_sealed,
                           .forget = forget,
                           .alias = alias,
                           .alias_known = alias_known,
                           .user_of = user_of,
                           .self = k};
}

enum status keys_open(struct ctx *c, const char *folder, struct keys **out)
{
    if (sodium_init() < 0)
        return fail(c, ST_INTERNAL, "", "libsodium cannot start");
    struct keys *k = calloc(1, sizeof *k);
    if (!k)
        return fail_memory(c);
    k->fd = -1;
    pthread_mutex_init(&k->writing, NULL);
    pthread_mutex_init(&k->lock, NULL);
    int len = snprintf(k->folder, sizeof k->folder, "%s", folder);
    enum status st = len < (int)sizeof k->folder
                         ? file_path(c, folder, "keys", k->path, sizeof k->path)
                         : fail(c, ST_INVALID, "", "the folder's path is too long");
    if (st == ST_OK)
        *out = k;
    else
        keys_close(k);
    return st;
}

void keys_close(struct keys *k)
{
    if (!k)
        return;
    if (k->fd >= 0)
        close(k->fd);
    if (k->slots)
        sodium_memzero(k->slots, k->room * sizeof *k->slots);
    free(k->slots);
    free(k->aliases);
    pthread_mutex_destroy(&k->lock);
    pthread_mutex_destroy(&k->writing);
    free(k);
}

enum status keys_examine(struct ctx *c, const char *folder, struct id **users, int64_t *count)
{
    char path[4096];
    struct str bytes;
    *count = 0;
    *users = NULL;
    if (sodium_init() < 0)
        return fail(c, ST_INTERNAL, "", "libsodium cannot start");
    enum status st = file_path(c, folder, "keys", path, sizeof path);
    if (st == ST_OK)
        st = file_read(c, path, (size_t)KEYS_MAX * KEY_RECORD, &bytes);
    if (st != ST_OK || bytes.len == 0)
        return st;
    *users = ARENA_ARRAY(c->arena, struct id, bytes.len / KEY_RECORD + 1);
    if (!*users)
        return fail_memory(c);
    if (bytes.len < HEADING_LEN || memcmp(bytes.data, heading, HEADING_LEN) != 0)
        st = fail(c, ST_INTERNAL, "", "%s is damaged", path);
    for (size_t at = HEADING_LEN; st == ST_OK && at + KEY_RECORD <= bytes.len; at += KEY_RECORD) {
        struct key key;
        if (!read_record((const unsigned char *)bytes.data + at, &key))
            st = fail(c, ST_INTERNAL, "", "%s is damaged at byte %zu", path, at);
        else
            (*users)[(*count)++] = key.user;
        sodium_memzero(&key, sizeof key);
    }
    sodium_memzero((void *)(uintptr_t)bytes.data, bytes.len);
    return st;
}
