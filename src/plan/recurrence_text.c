#include <stdarg.h>
#include <stdio.h>

#include "plan/recurrence.h"

enum { MONTH_DAYS = 31, MONTHS = 12, YEAR_DAYS = 366, NTH_MAX = 53, DATE_LEN = 8 };

static const char *const freqs[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
static const char *const weekdays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

static enum status bad(struct ctx *c, const char *format, ...) PRINTF_LIKE(2, 3);
static enum status bad(struct ctx *c, const char *format, ...)
{
    char why[160];
    va_list args;
    va_start(args, format);
    vsnprintf(why, sizeof why, format, args);
    va_end(args);
    return fail_as(c, ST_INVALID, "rule", "format", "%s", why);
}

/* A whole number, signed, of 1 … max (not 0). */
static bool read_signed(struct str s, int32_t max, int32_t *out)
{
    uint64_t value;
    bool minus = s.len > 0 && s.data[0] == '-';
    if (s.len > 0 && (minus || s.data[0] == '+'))
        s = (struct str){s.data + 1, s.len - 1};
    if (!str_to_uint(s, (uint64_t)max, &value) || value == 0)
        return false;
    *out = minus ? -(int32_t)value : (int32_t)value;
    return true;
}

static int32_t index_of(struct str s, const char *const *names, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (str_eq_nocase(s, str_of(names[i])))
            return i;
    return -1;
}

static enum status read_freq(struct ctx *c, struct str value, struct recurrence *out)
{
    int32_t at = index_of(value, freqs, 4);
    if (at < 0)
        return bad(c, "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY");
    out->freq = (enum recurrence_freq)at;
    return ST_OK;
}

static enum status read_count(struct ctx *c, struct str value, struct recurrence *out)
{
    if (read_signed(value, RECURRENCE_COUNT_MAX, &out->count) && out->count > 0)
        return ST_OK;
    return bad(c, "COUNT must be from 1 to %d", RECURRENCE_COUNT_MAX);
}

static enum status read_interval(struct ctx *c, struct str value, struct recurrence *out)
{
    if (read_signed(value, RECURRENCE_INTERVAL_MAX, &out->interval) && out->interval > 0)
        return ST_OK;
    return bad(c, "INTERVAL must be from 1 to %d", RECURRENCE_INTERVAL_MAX);
}

static enum status read_until(struct ctx *c, struct str value, struct recurrence *out)
{
    char text[DATE_TEXT_LEN];
    if (value.len == DATE_LEN) {
        snprintf(text, sizeof text, "%.4s-%.2s-", value.data, value.data + 4);
        text[8] = value.data[6];
        text[9] = value.data[7];
        if (date_parse((struct str){text, sizeof text}, &out->until))
            return ST_OK;
    }
    return bad(c, "UNTIL must be the last day on which it may begin, such as 20270210");
}

static enum status read_week_start(struct ctx *c, struct str value, struct recurrence *out)
{
    out->week_start = index_of(value, weekdays, 7) + 1;
    return out->week_start ? ST_OK : bad(c, "WKST must be a weekday, such as MO");
}

static enum status read_days(struct ctx *c, struct str value, struct recurrence *out)
{
    while (value.data) {
        struct str item = str_cut(&value, ',');
        struct recurrence_day day = {0};
        if (item.len >= 2) {
            struct str number = {item.data, item.len - 2};
            day.weekday = index_of((struct str){item.data + number.len, 2}, weekdays, 7) + 1;
            if (number.len && !read_signed(number, NTH_MAX, &day.nth))
                day.weekday = 0;
        }
        if (!day.weekday)
            return bad(c, "BYDAY must be weekdays, such as TU,TH or -1FR");
        if (out->day_count == RECURRENCE_DAYS_MAX)
            return bad(c, "BYDAY may have %d weekdays", RECURRENCE_DAYS_MAX);
        out->days[out->day_count++] = day;
    }
    return ST_OK;
}

static enum status read_month_days(struct ctx *c, struct str value, struct recurrence *out)
{
    while (value.data) {
        int32_t n;
        if (!read_signed(str_cut(&value, ','), MONTH_DAYS, &n))
            return bad(c, "BYMONTHDAY must be days from 1 to 31, or -1 for the last");
        if (n > 0)
            out->month_days |= 1U << n;
        else
            out->month_days_back |= 1U << -n;
    }
    return ST_OK;
}

static enum status read_months(struct ctx *c, struct str value, struct recurrence *out)
{
    while (value.data) {
        int32_t n;
        if (!read_signed(str_cut(&value, ','), MONTHS, &n) || n < 0)
            return bad(c, "BYMONTH must be months from 1 to 12");
        out->months |= 1U << n;
    }
    return ST_OK;
}

static enum status read_positions(struct ctx *c, struct str value, struct recurrence *out)
{
    while (value.data) {
        if (out->position_count == RECURRENCE_POSITIONS_MAX)
            return bad(c, "BYSETPOS may have %d numbers", RECURRENCE_POSITIONS_MAX);
        if (!read_signed(str_cut(&value, ','), YEAR_DAYS, &out->positions[out->position_count++]))
            return bad(c, "BYSETPOS must be numbers from 1, or from -1");
    }
    return ST_OK;
}

static const struct part {
    const char *name;
    enum status (*read)(struct ctx *c, struct str value, struct recurrence *out);
} parts[] = {
    {"FREQ", read_freq},      {"INTERVAL", read_interval},  {"COUNT", read_count},
    {"UNTIL", read_until},    {"BYDAY", read_days},         {"BYMONTHDAY", read_month_days},
    {"BYMONTH", read_months}, {"BYSETPOS", read_positions}, {"WKST", read_week_start},
};
enum { PARTS = sizeof parts / sizeof parts[0] };

/* What RFC 5545 forbids together, and what would have no effect. */
static enum status check(struct ctx *c, const struct recurrence *r)
{
    if (r->count && r->until.days != DATE_NONE.days)
        return bad(c, "COUNT and UNTIL exclude each other");
    for (int32_t i = 0; i < r->day_count; i++)
        if (r->days[i].nth && r->freq != RECUR_MONTHLY && r->freq != RECUR_YEARLY)
            return bad(c, "numbers in BYDAY need FREQ=MONTHLY or YEARLY");
    if (r->freq == RECUR_WEEKLY && (r->month_days || r->month_days_back))
        return bad(c, "BYMONTHDAY does not go with FREQ=WEEKLY");
    if (r->position_count && !r->day_count && !r->month_days && !r->month_days_back && !r->months)
        return bad(c, "BYSETPOS needs another part that begins with BY");
    return ST_OK;
}

enum status recurrence_parse(struct ctx *c, struct str text, struct recurrence *out)
{
    uint32_t seen = 0;
    *out = (struct recurrence){.interval = 1, .until = DATE_NONE, .week_start = 1};
    while (text.data) {
        struct str value = str_cut(&text, ';');
        struct str name = str_cut(&value, '=');
        int32_t at = 0;
        while (at < PARTS && !str_eq_nocase(name, str_of(parts[at].name)))
            at++;
        if (at == PARTS || !value.data)
            return bad(c, "\"%.*s\" is no part of a rule that is understood here",
                       name.len > 40 ? 40 : (int)name.len, name.data);
        if (seen >> at & 1)
            return bad(c, "%s stands there twice", parts[at].name);
        seen |= 1U << at;
        enum status st = parts[at].read(c, value, out);
        if (st != ST_OK)
            return st;
    }
    return seen & 1 ? check(c, out) : bad(c, "must begin with FREQ, such as FREQ=WEEKLY");
}

/* ---- writing ---- */

struct writer {
    char *out;
    size_t len;
};

static void add(struct writer *w, const char *format, ...) PRINTF_LIKE(2, 3);
static void add(struct writer *w, const char *format, ...)
{
    size_t room = RECURRENCE_TEXT_MAX + 1 - w->len;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(w->out + w->len, room, format, args);
    va_end(args);
    w->len += n > 0 ? ((size_t)n < room ? (size_t)n : room - 1) : 0;
}

static void add_bits(struct writer *w, const char *name, uint32_t bits, uint32_t back)
{
    const char *before = name;
    for (int i = 1; i <= MONTH_DAYS; i++) {
        if (!(bits >> i & 1))
            continue;
        add(w, "%s%d", before, i);
        before = ",";
    }
    for (int i = 1; i <= MONTH_DAYS; i++) {
        if (!(back >> i & 1))
            continue;
        add(w, "%s-%d", before, i);
        before = ",";
    }
}

static void add_days(struct writer *w, const struct recurrence *r)
{
    for (int32_t i = 0; i < r->day_count; i++) {
        add(w, "%s", i ? "," : ";BYDAY=");
        if (r->days[i].nth)
            add(w, "%d", r->days[i].nth);
        add(w, "%s", weekdays[r->days[i].weekday - 1]);
    }
}

size_t recurrence_format(const struct recurrence *r, char out[RECURRENCE_TEXT_MAX + 1])
{
    struct writer w = {out, 0};
    add(&w, "FREQ=%s", freqs[r->freq]);
    if (r->interval != 1)
        add(&w, ";INTERVAL=%d", r->interval);
    if (r->count)
        add(&w, ";COUNT=%d", r->count);
    if (r->until.days != DATE_NONE.days) {
        int year, month, day;
        date_split(r->until, &year, &month, &day);
        add(&w, ";UNTIL=%04d%02d%02d", year, month, day);
    }
    add_bits(&w, ";BYMONTH=", r->months, 0);
    add_bits(&w, ";BYMONTHDAY=", r->month_days, r->month_days_back);
    add_days(&w, r);
    for (int32_t i = 0; i < r->position_count; i++)
        add(&w, "%s%d", i ? "," : ";BYSETPOS=", r->positions[i]);
    if (r->week_start != 1)
        add(&w, ";WKST=%s", weekdays[r->week_start - 1]);
    return w.len;
}
