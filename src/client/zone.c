#include "client/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/instant.h"

enum {
    FILE_MAX = 64 << 10,
    PATH_SIZE = 512,
    HEADER_LEN = 44,
    TYPE_LEN = 6,
    DAY_S = 86400,
    OFFSET_MAX_S = 26 * 3600
};

/* Bytes not yet read; a read past the end sets `short_of` and gives zeroes. */
struct bytes {
    const unsigned char *at;
    size_t left;
    bool short_of;
};

static const unsigned char *eat(struct bytes *b, size_t n)
{
    static const unsigned char zero[8];
    if (b->short_of || n > b->left) {
        b->short_of = true;
        return n <= sizeof zero ? zero : NULL;
    }
    b->at += n;
    b->left -= n;
    return b->at - n;
}

static int64_t eat_int(struct bytes *b, unsigned width)
{
    const unsigned char *p = eat(b, width);
    uint64_t value = p[0] & 0x80 ? UINT64_MAX : 0;
    for (unsigned i = 0; i < width; i++)
        value = value << 8 | p[i];
    return (int64_t)value;
}

/* The six counts of a TZif header, in the file's order. */
struct counts {
    uint32_t isut, isstd, leap, time, type, chars;
};

static bool eat_header(struct bytes *b, struct counts *n, char *version)
{
    const unsigned char *p = eat(b, HEADER_LEN - 6 * 4);
    if (!p || memcmp(p, "TZif", 4) != 0)
        return false;
    *version = (char)p[4];
    uint32_t *all[] = {&n->isut, &n->isstd, &n->leap, &n->time, &n->type, &n->chars};
    for (int i = 0; i < 6; i++) {
        int64_t value = eat_int(b, 4);
        if (value < 0 || value > FILE_MAX)
            return false;
        *all[i] = (uint32_t)value;
    }
    return !b->short_of;
}

/* A table being built. */
struct builder {
    struct zone_change *list;
    size_t count, size;
    int32_t first_s;
};

/* Appends a change; of two at one instant the later wins, and one that changes nothing goes. */
static bool push(struct builder *t, int64_t at, int64_t offset_s)
{
    if (offset_s < -OFFSET_MAX_S || offset_s > OFFSET_MAX_S)
        return false;
    if (t->count > 0 && t->list[t->count - 1].at == at)
        t->count--;
    else if (t->count > 0 && t->list[t->count - 1].at > at)
        return false;
    int32_t last = t->count > 0 ? t->list[t->count - 1].offset_s : t->first_s;
    if (offset_s == last)
        return true;
    if (t->count == t->size)
        return false;
    t->list[t->count++] = (struct zone_change){at, (int32_t)offset_s};
    return true;
}

static bool read_changes(struct bytes *b, const struct counts *n, struct builder *t,
                         int64_t *last_at)
{
    const unsigned char *times = eat(b, (size_t)n->time * 8);
    const unsigned char *kinds = eat(b, n->time);
    const unsigned char *types = eat(b, (size_t)n->type * TYPE_LEN);
    if (b->short_of || n->type == 0)
        return false;
    struct bytes all = {times, (size_t)n->time * 8, false};
    struct bytes first = {types, TYPE_LEN, false};
    t->first_s = (int32_t)eat_int(&first, 4);
    *last_at = INT64_MIN;
    for (uint32_t i = 0; i < n->time; i++) {
        if (kinds[i] >= n->type)
            return false;
        struct bytes type = {types + (size_t)kinds[i] * TYPE_LEN, TYPE_LEN, false};
        *last_at = eat_int(&all, 8);
        if (!push(t, *last_at, eat_int(&type, 4)))
            return false;
    }
    return true;
}

/* One end of summer time in a POSIX rule: Mm.w.d, Jn or n, at `time_s` of local time. */
struct rule_date {
    char kind; /* 'M', 'J' or '0' */
    int month, week, day;
    int32_t time_s;
};

struct rule {
    int32_t standard_s, summer_s; /* offsets from UTC */
    bool has_summer;
    struct rule_date begins, ends;
};

static bool rule_number(struct str *s, int most, int *out)
{
    int value = 0;
    size_t digits = 0;
    while (digits < s->len && digits < 3 && s->data[digits] >= '0' && s->data[digits] <= '9')
        value = value * 10 + (s->data[digits++] - '0');
    s->data += digits;
    s->len -= digits;
    *out = value;
    return digits > 0 && value <= most;
}

static bool rule_eat(struct str *s, char ch)
{
    if (s->len == 0 || s->data[0] != ch)
        return false;
    s->data++;
    s->len--;
    return true;
}

/* [+-]h[hh][:mm[:ss]] in seconds */
static bool rule_time(struct str *s, int32_t *out)
{
    int h, m = 0, sec = 0;
    bool minus = rule_eat(s, '-');
    if (!minus)
        rule_eat(s, '+');
    if (!rule_number(s, 167, &h))
        return false;
    if (rule_eat(s, ':') && !rule_number(s, 59, &m))
        return false;
    if (rule_eat(s, ':') && !rule_number(s, 59, &sec))
        return false;
    *out = (h * 3600 + m * 60 + sec) * (minus ? -1 : 1);
    return true;
}

static bool rule_name(struct str *s)
{
    size_t n = 0;
    if (rule_eat(s, '<')) {
        while (n < s->len && s->data[n] != '>')
            n++;
        if (n == s->len)
            return false;
        n++;
    } else {
        while (n < s->len && ((s->data[n] | 0x20) >= 'a' && (s->data[n] | 0x20) <= 'z'))
            n++;
    }
    s->data += n;
    s->len -= n;
    return n > 0;
}

static bool rule_read_date(struct str *s, struct rule_date *out)
{
    *out = (struct rule_date){.kind = '0', .time_s = 2 * 3600};
    if (!rule_eat(s, ','))
        return false;
    if (rule_eat(s, 'M')) {
        out->kind = 'M';
        if (!rule_number(s, 12, &out->month) || !rule_eat(s, '.') ||
            !rule_number(s, 5, &out->week) || !rule_eat(s, '.') || !rule_number(s, 6, &out->day) ||
            out->month == 0 || out->week == 0)
            return false;
    } else {
        if (rule_eat(s, 'J'))
            out->kind = 'J';
        if (!rule_number(s, 365, &out->day) || (out->kind == 'J' && out->day == 0))
            return false;
    }
    return !rule_eat(s, '/') || rule_time(s, &out->time_s);
}

/* POSIX's signs are those of "UTC minus local". */
static bool rule_read(struct str s, struct rule *out)
{
    *out = (struct rule){0};
    int32_t west;
    if (!rule_name(&s) || !rule_time(&s, &west))
        return false;
    out->standard_s = -west;
    if (s.len == 0)
        return true;
    out->has_summer = true;
    out->summer_s = out->standard_s + 3600;
    if (!rule_name(&s))
        return false;
    if (s.len > 0 && s.data[0] != ',') {
        if (!rule_time(&s, &west))
            return false;
        out->summer_s = -west;
    }
    return rule_read_date(&s, &out->begins) && rule_read_date(&s, &out->ends) && s.len == 0;
}

static bool leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* The UTC second of one end of summer time in `year`, `offset_s` being in force before it. */
static int64_t rule_instant(const struct rule_date *r, int year, int32_t offset_s)
{
    int32_t day;
    if (r->kind == 'M') {
        int32_t first = date_make(year, r->month, 1).days;
        int weekday = date_weekday((struct date){first}) % 7;
        day = first + (r->day - weekday + 7) % 7 + (r->week - 1) * 7;
        int32_t next =
            r->month == 12 ? date_make(year + 1, 1, 1).days : date_make(year, r->month + 1, 1).days;
        if (day >= next)
            day -= 7;
    } else {
        day = date_make(year, 1, 1).days + r->day;
        if (r->kind == 'J' && !(leap_year(year) && r->day >= 60))
            day--;
    }
    return (int64_t)day * DAY_S + r->time_s - offset_s;
}

/* Continues the table by the rule, behind the last change that the file lists. */
static bool expand_rule(const struct rule *r, struct builder *t, int64_t last_at)
{
    if (!r->has_summer)
        return last_at == INT64_MIN ? r->standard_s == t->first_s || push(t, 0, r->standard_s)
                                    : push(t, last_at, r->standard_s);
    int year = 1970;
    if (last_at > 0)
        date_split((struct date){(int32_t)(last_at / DAY_S)}, &year, &(int){0}, &(int){0});
    for (; year <= ZONE_UNTIL_YEAR; year++) {
        struct zone_change two[2] = {{rule_instant(&r->begins, year, r->standard_s), r->summer_s},
                                     {rule_instant(&r->ends, year, r->summer_s), r->standard_s}};
        int first = two[0].at <= two[1].at ? 0 : 1;
        for (int i = 0; i < 2; i++) {
            struct zone_change next = two[first ^ i];
            if (next.at > last_at && !push(t, next.at, next.offset_s))
                return false;
        }
    }
    return true;
}

static uint32_t fnv(uint32_t hash, uint64_t value)
{
    for (int i = 0; i < 8; i++, value >>= 8)
        hash = (hash ^ (uint32_t)(value & 0xFF)) * 16777619u;
    return hash;
}

static uint32_t hash_of(const struct builder *t)
{
    uint32_t hash = fnv(2166136261u, (uint64_t)t->first_s);
    for (size_t i = 0; i < t->count; i++)
        hash = fnv(fnv(hash, (uint64_t)t->list[i].at), (uint64_t)t->list[i].offset_s);
    return hash;
}

/* The part behind the first header, which version 1 readers would use, is skipped. */
static bool skip_to_second(struct bytes *b, struct counts *n)
{
    char version;
    if (!eat_header(b, n, &version) || version < '2')
        return false;
    eat(b, (size_t)n->time * 5 + (size_t)n->type * TYPE_LEN + n->chars + (size_t)n->leap * 8 +
               n->isstd + n->isut);
    return eat_header(b, n, &version);
}

static bool eat_footer(struct bytes *b, const struct counts *n, struct str *footer)
{
    eat(b, (size_t)n->chars + (size_t)n->leap * 12 + n->isstd + n->isut);
    struct str rest = {(const char *)b->at, b->left};
    if (b->short_of || !rule_eat(&rest, '\n') || !memchr(rest.data, '\n', rest.len))
        return false;
    *footer = str_cut(&rest, '\n');
    return true;
}

enum status zone_parse(struct ctx *c, struct str name, const void *bytes, size_t len,
                       struct arena *arena, const struct zone_table **out)
{
    struct bytes b = {bytes, len, false};
    struct counts n;
    struct builder t = {0};
    struct str footer;
    struct rule rule;
    int64_t last_at;
    if (!skip_to_second(&b, &n) || n.leap > 0)
        return fail(c, ST_INTERNAL, "zone", "%.*s is no zone file of version 2", STR_ARG(name));
    t.size = n.time + 2 * (ZONE_UNTIL_YEAR - 1969 + 2);
    t.list = ARENA_ARRAY(arena, struct zone_change, t.size);
    struct zone_table *table = ARENA_NEW(arena, struct zone_table);
    struct str copy = str_copy(arena, name);
    if (!t.list || !table || !copy.data)
        return fail_memory(c);
    if (!read_changes(&b, &n, &t, &last_at) || !eat_footer(&b, &n, &footer) ||
        (footer.len > 0 && (!rule_read(footer, &rule) || !expand_rule(&rule, &t, last_at))))
        return fail(c, ST_INTERNAL, "zone", "the file of %.*s is damaged", STR_ARG(name));
    *table =
        (struct zone_table){.name = copy,
                            .first_s = t.first_s,
                            .count = (int32_t)t.count,
                            .version = hash_of(&t),
                            .until = (int64_t)date_make(ZONE_UNTIL_YEAR + 1, 1, 1).days * DAY_S,
                            .changes = t.list};
    *out = table;
    return ST_OK;
}

/* Names start with a capital and hold no dot, so they can neither leave the folder nor be one of
 * its other files ("right/…", "tzdata.zi"). */
static bool name_valid(struct str name)
{
    if (name.len == 0 || name.len > ZONE_NAME_MAX || name.data[0] < 'A' || name.data[0] > 'Z')
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char ch = name.data[i];
        bool letter = ((ch | 0x20) >= 'a' && (ch | 0x20) <= 'z') || (ch >= '0' && ch <= '9');
        bool inner = ch == '/' && i + 1 < name.len && name.data[i + 1] != '/';
        if (!letter && !inner && ch != '_' && ch != '-' && ch != '+')
            return false;
    }
    return true;
}

/* Reads a file that may be a zone's into the request's arena: that of the tables is never
 * emptied. */
static enum status read_whole(struct ctx *c, FILE *file, struct str *out)
{
    struct stat about;
    if (fstat(fileno(file), &about) != 0 || !S_ISREG(about.st_mode) || about.st_size > FILE_MAX)
        return ST_OK;
    size_t len = (size_t)about.st_size;
    char *bytes = arena_raw(c->arena, len);
    if (!bytes)
        return fail_memory(c);
    *out = (struct str){bytes, fread(bytes, 1, len, file)};
    return ST_OK;
}

static enum status load(struct ctx *c, void *self, struct str name, struct arena *arena,
                        const struct zone_table **out)
{
    char path[PATH_SIZE];
    if (!name_valid(name))
        return fail(c, ST_INVALID, "zone", "is not the name of a time zone");
    int len = snprintf(path, sizeof path, "%s/%.*s", (const char *)self, STR_ARG(name));
    FILE *file = len > 0 && (size_t)len < sizeof path ? fopen(path, "rb") : NULL;
    if (!file)
        return fail(c, ST_INVALID, "zone", "there is no time zone of this name");
    struct str whole = {0};
    enum status st = read_whole(c, file, &whole);
    fclose(file);
    if (st != ST_OK)
        return st;
    if (whole.len < 4 || memcmp(whole.data, "TZif", 4) != 0)
        return fail(c, ST_INVALID, "zone", "there is no time zone of this name");
    return zone_parse(c, name, whole.data, whole.len, arena, out);
}

struct zone_port zone_files(const char *folder)
{
    return (struct zone_port){.self = (void *)(uintptr_t)folder, .load = load};
}

const char *zone_files_folder(void)
{
    const char *folder = getenv("TZDIR");
    return folder && *folder ? folder : "/usr/share/zoneinfo";
}
