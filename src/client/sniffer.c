#include "client/sniffer.h"

#include <magic.h>
#include <pthread.h>

#include "base/arena.h"
#include "base/pool.h"

/* Left out are the parsers that go deepest into foreign bytes and tell apart what is served alike.
 */
enum {
    FLAGS = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF |
            MAGIC_NO_CHECK_TOKENS | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_CSV
};

#define UNKNOWN STR_LIT("application/octet-stream")

struct magic_sniffer {
    pthread_mutex_t lock;
    magic_t magic; /* NULL until it is needed */
};

/* "image/svg+xml": one slash between characters that need no quoting in a header. */
static bool well_formed(struct str type)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789!#$&-^_.+/";
    int slashes = 0;
    for (size_t i = 0; i < type.len; i++) {
        if (!type.data[i] || !strchr(allowed, type.data[i]))
            return false;
        slashes += type.data[i] == '/';
    }
    return slashes == 1 && type.len <= SNIFFED_TYPE_MAX && type.data[0] != '/' &&
           type.data[type.len - 1] != '/';
}

static bool load(struct magic_sniffer *s)
{
    if (s->magic)
        return true;
    s->magic = magic_open(FLAGS);
    if (s->magic && magic_load(s->magic, NULL) == 0)
        return true;
    if (s->magic)
        magic_close(s->magic);
    s->magic = NULL;
    return false;
}

static enum status look(struct magic_sniffer *s, struct ctx *c, struct str head, struct str *type)
{
    if (!load(s))
        return fail(c, ST_INTERNAL, "", "libmagic cannot read its table of file types");
    struct str found = str_of(magic_buffer(s->magic, head.data, head.len));
    *type = str_copy(c->arena, found.data && well_formed(found) ? found : UNKNOWN);
    return type->data ? ST_OK : fail_memory(c);
}

static enum status type(void *self, struct ctx *c, struct str head, struct str *out)
{
    struct magic_sniffer *s = self;
    if (head.len == 0) {
        *out = UNKNOWN;
        return ST_OK;
    }
    pthread_mutex_lock(&s->lock);
    enum status st = look(s, c, head, out);
    pthread_mutex_unlock(&s->lock);
    return st;
}

enum status magic_sniffer_open(struct ctx *c, struct magic_sniffer **out)
{
    struct magic_sniffer *s = process_alloc(sizeof *s);
    if (!s)
        return fail_memory(c);
    pthread_mutex_init(&s->lock, NULL);
    *out = s;
    return ST_OK;
}

void magic_sniffer_close(struct magic_sniffer *s)
{
    if (!s)
        return;
    if (s->magic)
        magic_close(s->magic);
    pthread_mutex_destroy(&s->lock);
    process_free(s);
}

struct sniffer magic_sniffer_port(struct magic_sniffer *s)
{
    return (struct sniffer){.type = type, .self = s};
}
