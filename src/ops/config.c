#include "ops/config.h"

#include <assert.h>
#include <errno.h>

#include "base/arena.h"
#include "base/pool.h"
#include "base/str.h"

enum { HOUR_MS = 3600000, THREADS = 256, CONFIG_MEMORY = 1 << 20, NAME_MAX_LEN = 64 };

#define MEBIBYTE ((int64_t)1024 * 1024)

static const char *const registrations[] = {"open", "invited", "closed", NULL};

const struct setting_row config_table[SET_COUNT] = {
    [SET_LISTEN] = {"listen", SET_TEXT, .fallback = "127.0.0.1:8080",
                    .doc = "Where to listen, HOST:PORT; port 0 lets the system choose."},
    [SET_DATA] = {"data", SET_TEXT, .fallback = "data",
                  .doc = "The data folder: database, keys, files."},
    [SET_MEDIA] = {"media", SET_TEXT, .fallback = "",
                   .doc = "The folder of attachments, as a path or file:///path; not set: media in "
                          "the data folder."},
    [SET_SPOOL_BYTES] = {"spool_bytes", SET_NUMBER, .min = MEBIBYTE, .max = 1024 * 1024 * MEBIBYTE,
                         .fallback = "8589934592",
                         .doc = "Bytes that all attachments on their way in may take."},
    [SET_DESK_CACHE_BYTES] = {"desk_cache_bytes", SET_NUMBER, .min = 0,
                              .max = 1024 * 1024 * MEBIBYTE, .fallback = "67108864",
                              .doc = "Memory for desks in use; 0: none is kept."},
    [SET_REGISTRATION] = {"registration", SET_CHOICE, .choices = registrations, .fallback = "open",
                          .doc = "Who may make an account: open (anyone), invited (who has an "
                                 "invitation), closed (administrators, by `studybunny user "
                                 "create`)."},
    [SET_GUESTS] = {"guests", SET_SWITCH, .fallback = "on",
                    .doc = "Whether one may begin as a guest, without an account."},
    [SET_RATE_LIMITS] =
        {"rate_limits", SET_SWITCH, .fallback = "on",
         .doc = "Limits of requests per account and address; off only for load tests."},
    [SET_METRICS_TOKEN] =
        {"metrics_token", SET_TEXT, .secret = true, .fallback = "",
         .doc = "What /metrics asks for as bearer token; not set: anyone may read it."},
    [SET_SNAPSHOTS] = {"snapshots", SET_TEXT, .fallback = "",
                       .doc = "Folder for snapshots; not set: \"snapshots\" in the data folder."},
    [SET_SNAPSHOT_HOURS] = {"snapshot_hours", SET_NUMBER, .min = 0, .max = 168, .fallback = "6",
                            .doc = "Hours from one snapshot to the next; 0: none are taken."},
    [SET_SNAPSHOT_DAYS] = {"snapshot_days", SET_NUMBER, .min = 1, .max = 3650, .fallback = "30",
                           .doc = "Days that snapshots are kept."},
    [SET_FEED_MINUTES] = {"feed_minutes", SET_NUMBER, .min = 0, .max = 10080, .fallback = "120",
                          .doc = "Minutes from one reading of a calendar's link to the next; 0: "
                                 "links are not read."},
    [SET_FEED_PRIVATE] =
        {"feed_private", SET_TEXT, .fallback = "",
         .doc = "Addresses that calendars are read from though they are not public, such as "
                "192.168.1.10, with commas between: every user reaches them through this server."},
    [SET_HTTP_HEADER_TIMEOUT] = {"http_header_timeout", SET_NUMBER, .min = 1, .max = HOUR_MS,
                                 .fallback = "10000",
                                 .doc = "Milliseconds for a request's line and headers."},
    [SET_HTTP_BODY_TIMEOUT] = {"http_body_timeout", SET_NUMBER, .min = 1, .max = HOUR_MS,
                               .fallback = "15000", .doc = "Milliseconds for a request's body."},
    [SET_HTTP_WRITE_TIMEOUT] = {"http_write_timeout", SET_NUMBER, .min = 1, .max = HOUR_MS,
                                .fallback = "15000",
                                .doc = "Milliseconds for a client to take a short reply."},
    [SET_HTTP_IDLE_TIMEOUT] =
        {"http_idle_timeout", SET_NUMBER, .min = 1, .max = HOUR_MS, .fallback = "75000",
         .doc = "Milliseconds between requests; above that of a proxy in front."},
    [SET_HTTP_WRITE_RATE] = {"http_write_rate", SET_NUMBER, .min = 1, .max = 1 << 30,
                             .fallback = "16384",
                             .doc = "Bytes a second that a reader must take of long replies."},
    [SET_HTTP_BODY_RATE] = {"http_body_rate", SET_NUMBER, .min = 1, .max = 1 << 30,
                            .fallback = "4096",
                            .doc = "Bytes a second that an upload must bring in the long run."},
    [SET_HTTP_LANES] = {"http_lanes", SET_NUMBER, .min = 1, .max = THREADS, .fallback = "4",
                        .doc = "Threads that take uploads."},
    [SET_HTTP_LAME_DUCK] =
        {"http_lame_duck", SET_NUMBER, .min = 0, .max = 600000, .fallback = "0",
         .doc = "Milliseconds of serving on after SIGTERM, for a load balancer to notice."},
    [SET_HTTP_QUEUE_AGE] = {"http_queue_age", SET_NUMBER, .min = 1, .max = 60000,
                            .fallback = "1000",
                            .doc = "Milliseconds that requests may wait before new ones get 503."},
    [SET_HTTP_LOOPS] = {"http_loops", SET_NUMBER, .min = 0, .max = THREADS, .fallback = "0",
                        .doc = "Threads that read and write; 0: one per core."},
    [SET_HTTP_WORKERS] = {"http_workers", SET_NUMBER, .min = 0, .max = THREADS, .fallback = "0",
                          .doc = "Threads that carry out requests; 0: four per core."},
    [SET_HTTP_QUEUE_LENGTH] = {"http_queue_length", SET_NUMBER, .min = 1, .max = 1 << 20,
                               .fallback = "1024", .doc = "Requests that may wait; more get 503."},
    [SET_HTTP_MAX_CONNECTIONS] = {"http_max_connections", SET_NUMBER, .min = 1, .max = 1 << 20,
                                  .fallback = "10000",
                                  .doc = "Connections at once; then new ones get 503."},
    [SET_HTTP_MAX_UPLOADS] = {"http_max_uploads", SET_NUMBER, .min = 1, .max = 1 << 16,
                              .fallback = "64", .doc = "Uploads under way at once; more get 503."},
    [SET_HTTP_TRUSTED_HOPS] = {"http_trusted_hops", SET_NUMBER, .min = 0, .max = 8, .fallback = "0",
                               .doc = "Proxies in front that append to X-Forwarded-For; 0: none."},
};

/* Set for the build and the tests, which start the program with all of their environment. */
static const char *const foreign[] = {"DEPS", "URL", "KILL_ROUNDS"};

struct value {
    const char *text;
    int64_t number;
    enum origin origin;
};

struct config {
    struct arena arena;
    struct value values[SET_COUNT];
};

/* ---- one value ---- */

static int find(struct str name)
{
    for (int i = 0; i < SET_COUNT; i++)
        if (str_eq_nocase(name, str_of(config_table[i].name)))
            return i;
    return -1;
}

/* -1: it is none of them. */
static int find_choice(const struct setting_row *row, struct str text)
{
    for (int i = 0; row->choices[i]; i++)
        if (str_eq(text, str_of(row->choices[i])))
            return i;
    return -1;
}

/* `place` tells where it stands, for messages. */
static enum status put(struct ctx *c, struct config *config, int which, struct str text,
                       enum origin origin, const char *place)
{
    const struct setting_row *row = &config_table[which];
    struct value v = {.origin = origin};
    bool negative = text.len > 0 && text.data[0] == '-';
    uint64_t number = 0;
    if (!utf8_valid(text))
        return fail(c, ST_INVALID, "", "%s: the value of %s is not UTF-8", place, row->name);
    if (row->kind == SET_NUMBER &&
        (negative || !str_to_uint(text, (uint64_t)row->max, &number) || (int64_t)number < row->min))
        return fail(c, ST_INVALID, "", "%s: %s must be a number from %lld to %lld", place,
                    row->name, (long long)row->min, (long long)row->max);
    bool on = str_eq(text, STR_LIT("on"));
    if (row->kind == SET_SWITCH && !on && !str_eq(text, STR_LIT("off")))
        return fail(c, ST_INVALID, "", "%s: %s must be on or off", place, row->name);
    int choice = row->kind == SET_CHOICE ? find_choice(row, text) : 0;
    if (choice < 0)
        return fail(c, ST_INVALID, "", "%s: %s cannot be that (studybunny config --help)", place,
                    row->name);
    v.number = row->kind == SET_SWITCH ? on : row->kind == SET_CHOICE ? choice : (int64_t)number;
    v.text = str_copy(&config->arena, text).data;
    if (!v.text)
        return fail_memory(c);
    config->values[which] = v;
    return ST_OK;
}

static enum status read_file(struct ctx *c, const char *path, size_t max, struct arena *a,
                             struct str *out)
{
    FILE *file = fopen(path, "re");
    char *bytes = arena_alloc(a, max + 1);
    if (!file)
        return fail(c, ST_INVALID, "", "%s: %s", path, strerror(errno));
    size_t len = bytes ? fread(bytes, 1, max + 1, file) : 0;
    bool failed = ferror(file) != 0;
    fclose(file);
    if (!bytes)
        return fail_memory(c);
    if (failed)
        return fail(c, ST_INVALID, "", "%s: it cannot be read", path);
    if (len > max)
        return fail(c, ST_INVALID, "", "%s: longer than %zu bytes", path, max);
    *out = (struct str){bytes, len};
    return ST_OK;
}

/* A secret whose file is named: the file's first line. */
static enum status put_secret_file(struct ctx *c, struct config *config, int which, struct str path,
                                   enum origin origin, const char *place)
{
    struct str bytes;
    struct str name = str_copy(&config->arena, path);
    if (!name.data)
        return fail_memory(c);
    enum status st = read_file(c, name.data, SECRET_FILE_MAX, &config->arena, &bytes);
    if (st != ST_OK)
        return st;
    struct str line = str_trim(str_cut(&bytes, '\n'));
    return line.len > 0 ? put(c, config, which, line, origin, place)
                        : fail(c, ST_INVALID, "", "%s: %s is empty", place, name.data);
}

/* One name and value of the file or the environment; `taken` marks what the source gave already. */
static enum status take(struct ctx *c, struct config *config, struct str name, struct str text,
                        enum origin origin, const char *place, bool taken[SET_COUNT])
{
    static const struct str ending = {"_file", 5};
    int which = find(name);
    bool by_file = false;
    if (which < 0 && name.len > ending.len) {
        struct str last = {name.data + name.len - ending.len, ending.len};
        if (str_eq_nocase(last, ending))
            which = find((struct str){name.data, name.len - ending.len});
        by_file = which >= 0;
    }
    if (which < 0 || (by_file && !config_table[which].secret))
        return fail(c, ST_INVALID, "",
                    "%s: there is no setting '%.*s' (studybunny config --help lists them)", place,
                    STR_ARG(name));
    if (taken[which])
        return fail(c, ST_INVALID, "", "%s: %s is given twice", place, config_table[which].name);
    taken[which] = true;
    return by_file ? put_secret_file(c, config, which, text, origin, place)
                   : put(c, config, which, text, origin, place);
}

/* ---- the sources ---- */

static enum status set_defaults(struct ctx *c, struct config *config)
{
    enum status st = ST_OK;
    for (int i = 0; st == ST_OK && i < SET_COUNT; i++)
        st = put(c, config, i, str_of(config_table[i].fallback), FROM_DEFAULT, "default");
    return st;
}

static enum status read_lines(struct ctx *c, struct config *config, const char *path)
{
    struct str rest;
    bool taken[SET_COUNT] = {false};
    char place[256];
    enum status st = read_file(c, path, CONFIG_FILE_MAX, &config->arena, &rest);
    for (int number = 1; st == ST_OK && rest.len > 0; number++) {
        struct str line = str_trim(str_cut(&rest, '\n'));
        snprintf(place, sizeof place, "%.200s:%d", path, number);
        if (line.len == 0 || line.data[0] == '#')
            continue;
        struct str name = str_trim(str_cut(&line, '='));
        st = line.data ? take(c, config, name, str_trim(line), FROM_FILE, place, taken)
                       : fail(c, ST_INVALID, "", "%s: expected \"name = value\"", place);
    }
    return st;
}

static bool is_foreign(struct str name)
{
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        if (str_eq(name, str_of(foreign[i])))
            return true;
    return false;
}

static enum status read_environment(struct ctx *c, struct config *config, char *const *environment)
{
    static const struct str prefix = {"STUDYBUNNY_", 11};
    bool taken[SET_COUNT] = {false};
    enum status st = ST_OK;
    for (; st == ST_OK && *environment; environment++) {
        struct str text = str_of(*environment);
        if (!str_starts(text, prefix))
            continue;
        struct str name = str_cut(&text, '=');
        struct str bare = {name.data + prefix.len, name.len - prefix.len};
        char place[NAME_MAX_LEN + 16];
        snprintf(place, sizeof place, "%.*s", (int)(name.len < 64 ? name.len : 64), name.data);
        if (!is_foreign(bare))
            st = take(c, config, bare, text, FROM_ENVIRONMENT, place, taken);
    }
    return st;
}

enum status config_open(struct ctx *c, const char *file, char *const *environment,
                        struct config **out)
{
    struct config *config = process_alloc(sizeof *config);
    *out = config;
    if (!config)
        return fail_memory(c);
    arena_init(&config->arena, CONFIG_MEMORY);
    enum status st = set_defaults(c, config);
    if (st == ST_OK && file)
        st = read_lines(c, config, file);
    return st == ST_OK && environment ? read_environment(c, config, environment) : st;
}

void config_close(struct config *config)
{
    if (!config)
        return;
    arena_release(&config->arena);
    process_free(config);
}

enum status config_set(struct ctx *c, struct config *config, enum setting which, const char *value)
{
    return put(c, config, (int)which, str_of(value), FROM_COMMAND_LINE, "command line");
}

/* ---- asking ---- */

const char *config_text(const struct config *config, enum setting which)
{
    assert(config_table[which].kind == SET_TEXT);
    return config->values[which].text;
}

int64_t config_number(const struct config *config, enum setting which)
{
    assert(config_table[which].kind == SET_NUMBER);
    return config->values[which].number;
}

bool config_switch(const struct config *config, enum setting which)
{
    assert(config_table[which].kind == SET_SWITCH);
    return config->values[which].number != 0;
}

unsigned config_choice(const struct config *config, enum setting which)
{
    assert(config_table[which].kind == SET_CHOICE);
    return (unsigned)config->values[which].number;
}

enum origin config_origin(const struct config *config, enum setting which)
{
    return config->values[which].origin;
}

void config_print(const struct config *config, FILE *out)
{
    static const char *const origins[] = {"default", "file", "environment", "command line"};
    for (int i = 0; i < SET_COUNT; i++) {
        const struct value *v = &config->values[i];
        const char *shown = !*v->text ? "(not set)" : config_table[i].secret ? "********" : v->text;
        fprintf(out, "%-22s %-24s %s\n", config_table[i].name, shown, origins[v->origin]);
    }
}

void config_explain(FILE *out)
{
    for (int i = 0; i < SET_COUNT; i++) {
        const struct setting_row *row = &config_table[i];
        fprintf(out, "%s%s\n    %s\n    ", row->name, row->secret ? " (secret)" : "", row->doc);
        if (row->kind == SET_NUMBER)
            fprintf(out, "From %lld to %lld. ", (long long)row->min, (long long)row->max);
        else if (row->kind == SET_SWITCH)
            fputs("on or off. ", out);
        for (int k = 0; row->kind == SET_CHOICE && row->choices[k]; k++)
            fprintf(out, "%s%s", row->choices[k], row->choices[k + 1] ? ", " : ". ");
        fprintf(out, "Default: %s\n", *row->fallback ? row->fallback : "not set");
    }
}
