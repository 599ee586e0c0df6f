#include "domain/feed_rule.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

enum {
    RULE_BACK_DAYS = 31,
    WEEKS = 54,
    YEAR_DAYS = 366,
    DATE_LEN = 8,
    TIME_LEN = 15,
    RULE_BYTES_MAX = 2000
};

/* What cannot be said in a rule here: numbers of weeks and days of the year. */
struct numbers {
    bool any;
    bool weeks[WEEKS];
    bool days[YEAR_DAYS + 1];
};

static enum status bad(struct ctx *c, const char *why)
{
    return fail_as(c, ST_INVALID, "rule", "format", "%s", why);
}

static bool read_numbers(struct str list, bool *seen, uint64_t most)
{
    while (list.data) {
        uint64_t n;
        if (!str_to_uint(str_cut(&list, ','), most, &n) || n == 0)
            return false;
        seen[n] = true;
    }
    return true;
}

/* The last date on which an occurrence may begin: UNTIL is a moment in UTC, or of the wall clock,
 * or a date. */
static bool read_until(struct str value, struct wall start, const struct zone_table *zone,
                       struct date *out)
{
    uint64_t date, time;
    if (value.len < DATE_LEN || !str_to_uint((struct str){value.data, DATE_LEN}, 99991231, &date))
        return false;
    int month = (int)(date / 100 % 100);
    int day = (int)(date % 100);
    if (date < 19700101 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    *out = date_make((int)(date / 10000), month, day);
    if (value.len == DATE_LEN)
        return true;
    if (value.len < TIME_LEN || !str_to_uint((struct str){value.data + 9, 6}, 235960, &time))
        return false;
    int64_t second = (int64_t)(time / 10000 * 3600 + time / 100 % 100 * 60 + time % 100);
    struct wall wall = {(int32_t)(second / 60)};
    if (value.len > TIME_LEN) {
        struct instant t = instant_at(*out, second);
        *out = zone_date(zone, t);
        wall = zone_wall(zone, t);
    }
    if (wall.minute < start.minute)
        out->days--;
    return true;
}

static void add_date(struct buf *b, struct date date)
{
    int year, month, day;
    date_split(date, &year, &month, &day);
    buf_addf(b, "UNTIL=%04d%02d%02d", year, month, day);
}

/* One part: written into `b` as it is here, or kept in `numbers`. */
static enum status read_part(struct ctx *c, struct str part, struct wall start,
                             const struct zone_table *zone, struct numbers *numbers, struct buf *b)
{
    struct str value = part;
    struct str name = str_cut(&value, '=');
    uint64_t n;
    if (b->len > 0)
        buf_add_char(b, ';');
    if (str_eq_nocase(name, STR_LIT("UNTIL"))) {
        struct date until;
        if (!read_until(value, start, zone, &until))
            return bad(c, "UNTIL is no time");
        add_date(b, until);
    } else if (str_eq_nocase(name, STR_LIT("BYWEEKNO")) ||
               str_eq_nocase(name, STR_LIT("BYYEARDAY"))) {
        bool weeks = str_eq_nocase(name, STR_LIT("BYWEEKNO"));
        numbers->any = true;
        b->len -= b->len > 0;
        if (!read_numbers(value, weeks ? numbers->weeks : numbers->days,
                          weeks ? WEEKS - 1 : YEAR_DAYS))
            return bad(c, "numbers of weeks and days must be positive");
    } else if ((str_eq_nocase(name, STR_LIT("BYHOUR")) && str_to_uint(value, 23, &n) &&
                (int32_t)n == start.minute / 60) ||
               (str_eq_nocase(name, STR_LIT("BYMINUTE")) && str_to_uint(value, 59, &n) &&
                (int32_t)n == start.minute % 60) ||
               (str_eq_nocase(name, STR_LIT("BYSECOND")) && str_to_uint(value, 59, &n))) {
        b->len -= b->len > 0; /* it says when it begins anyway */
    } else {
        buf_add_str(b, part);
    }
    return ST_OK;
}

/* Number of the ISO week of a date. */
static int week_number(struct date date)
{
    struct date thursday = {date.days - date_weekday(date) + 4};
    int year, month, day;
    date_split(thursday, &year, &month, &day);
    return (thursday.days - date_make(year, 1, 1).days) / 7 + 1;
}

static bool has_weekday(const struct recurrence *r, struct date date, struct date first)
{
    if (r->day_count == 0)
        return date_weekday(date) == date_weekday(first);
    for (int32_t i = 0; i < r->day_count; i++)
        if (r->days[i].weekday == date_weekday(date))
            return true;
    return false;
}

static bool is_numbered(const struct numbers *numbers, const struct recurrence *r, struct date date,
                        struct date first)
{
    int year, month, day;
    date_split(date, &year, &month, &day);
    bool by_day = numbers->days[date.days - date_make(year, 1, 1).days + 1];
    bool by_week = numbers->weeks[week_number(date)] && has_weekday(r, date, first);
    return (by_day || by_week) && (!r->months || r->months >> month & 1);
}

static enum status expand(struct ctx *c, const struct numbers *numbers, struct date first,
                          struct date today, struct feed_rule *out)
{
    struct recurrence *r = &out->rule;
    struct date end = {today.days + RULE_AHEAD_DAYS};
    if (r->freq != RECUR_YEARLY || r->interval != 1 || r->position_count || r->month_days ||
        r->month_days_back)
        return bad(c, "numbers of weeks or days go with FREQ=YEARLY alone");
    if (r->until.days != DATE_NONE.days && r->until.days < end.days)
        end = r->until;
    out->expanded = true;
    out->dates = ARENA_ARRAY(c->arena, struct date, RULE_DATES_MAX);
    if (!out->dates)
        return fail_memory(c);
    int32_t most = r->count && r->count - 1 < RULE_DATES_MAX ? r->count - 1 : RULE_DATES_MAX;
    struct date at = {first.days + 1};
    if (!r->count && at.days < today.days - RULE_BACK_DAYS)
        at.days = today.days - RULE_BACK_DAYS;
    for (; at.days <= end.days && out->date_count < most; at.days++)
        if (is_numbered(numbers, r, at, first))
            out->dates[out->date_count++] = at;
    return ST_OK;
}

enum status feed_rule_read(struct ctx *c, struct str text, struct date first, struct wall start,
                           const struct zone_table *zone, struct date today, struct feed_rule *out)
{
    char written[RECURRENCE_TEXT_MAX + 1];
    struct numbers numbers = {0};
    struct buf b;
    enum status st = ST_OK;
    *out = (struct feed_rule){0};
    if (text.len > RULE_BYTES_MAX)
        return bad(c, "the rule is too long");
    buf_init(&b, c->arena, text.len + 32, text.len + 32);
    while (st == ST_OK && text.data)
        st = read_part(c, str_cut(&text, ';'), start, zone, &numbers, &b);
    if (st == ST_OK)
        st = recurrence_parse(c, buf_str(&b), &out->rule);
    if (st != ST_OK)
        return st;
    if (numbers.any)
        return expand(c, &numbers, first, today, out);
    if (out->rule.count == 1 ||
        (out->rule.until.days != DATE_NONE.days && out->rule.until.days <= first.days))
        return ST_OK; /* it takes place once */
    size_t len = recurrence_format(&out->rule, written);
    if (len >= RECURRENCE_TEXT_MAX)
        return bad(c, "the rule is too long");
    out->text = str_copy(c->arena, (struct str){written, len});
    return out->text.data ? ST_OK : fail_memory(c);
}
