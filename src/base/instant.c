#include "base/instant.h"

#include <string.h>

enum { SECOND_MS = 1000, DAY_SECONDS = 86400 };

bool instant_is_none(struct instant t)
{
    return t.ms == INT64_MIN;
}

struct date date_make(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (struct date){era * 146097 + day_of_era - 719468};
}

void date_split(struct date d, int *year, int *month, int *day)
{
    /* Neri and Schneider, Euclidean affine functions (2022). */
    const uint32_t shift = 3670;
    uint32_t whole = (uint32_t)d.days + 719468U + 146097U * shift;
    uint64_t n1 = 4 * (uint64_t)whole + 3;
    uint32_t century = (uint32_t)(n1 / 146097);
    uint32_t of_century = (uint32_t)(n1 % 146097) / 4;
    uint64_t p = 2939745ULL * (4 * of_century + 3);
    uint32_t year_of = (uint32_t)(p >> 32);
    uint32_t of_year = (uint32_t)p / 2939745U / 4;
    uint32_t n3 = 2141 * of_year + 197913;
    uint32_t after = of_year >= 306;
    *year = (int)(100 * century + year_of + after) - 400 * (int)shift;
    *month = (int)((n3 >> 16) - 12 * after);
    *day = (int)((n3 & 0xFFFF) / 2141) + 1;
}

int date_weekday(struct date d)
{
    int r = (d.days + 3) % 7; /* 1970-01-01 was a Thursday */
    return (r < 0 ? r + 7 : r) + 1;
}

struct instant instant_at(struct date d, int64_t seconds)
{
    return (struct instant){((int64_t)d.days * DAY_SECONDS + seconds) * SECOND_MS};
}

struct date instant_date(struct instant t)
{
    const int64_t day_ms = (int64_t)DAY_SECONDS * SECOND_MS;
    int64_t days = t.ms / day_ms - (t.ms % day_ms < 0);
    return (struct date){(int32_t)days};
}

/* Reads exactly `n` digits and moves on; -1 if there are fewer. */
static int digits(struct str *s, size_t n)
{
    int value = 0;
    if (s->len < n)
        return -1;
    for (size_t i = 0; i < n; i++) {
        char ch = s->data[i];
        if (ch < '0' || ch > '9')
            return -1;
        value = value * 10 + (ch - '0');
    }
    s->data += n;
    s->len -= n;
    return value;
}

static bool take(struct str *s, char ch)
{
    if (s->len == 0 || s->data[0] != ch)
        return false;
    s->data++;
    s->len--;
    return true;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool take_date(struct str *s, struct date *out)
{
    int year = digits(s, 4);
    if (year < 1970 || !take(s, '-'))
        return false;
    int month = digits(s, 2);
    if (month < 1 || month > 12 || !take(s, '-'))
        return false;
    int day = digits(s, 2);
    if (day < 1 || day > days_in_month(year, month))
        return false;
    *out = date_make(year, month, day);
    return true;
}

static bool take_fraction(struct str *s, int *ms)
{
    *ms = 0;
    if (!take(s, '.'))
        return true;
    int scale = 100;
    size_t n = 0;
    for (; s->len && s->data[0] >= '0' && s->data[0] <= '9'; n++) {
        *ms += (s->data[0] - '0') * scale;
        scale /= 10;
        s->data++;
        s->len--;
    }
    return n > 0;
}

static bool take_offset(struct str *s, int *seconds)
{
    *seconds = 0;
    if (take(s, 'Z') || take(s, 'z'))
        return true;
    int sign = take(s, '+') ? 1 : take(s, '-') ? -1 : 0;
    int hour = sign ? digits(s, 2) : -1;
    if (hour < 0 || hour > 23 || !take(s, ':'))
        return false;
    int minute = digits(s, 2);
    if (minute < 0 || minute > 59)
        return false;
    *seconds = sign * (hour * 3600 + minute * 60);
    return true;
}

bool instant_parse(struct str s, struct instant *out)
{
    struct date d;
    int ms;
    int offset;
    if (!take_date(&s, &d) || !(take(&s, 'T') || take(&s, 't')))
        return false;
    int hour = digits(&s, 2);
    if (hour < 0 || hour > 23 || !take(&s, ':'))
        return false;
    int minute = digits(&s, 2);
    if (minute < 0 || minute > 59 || !take(&s, ':'))
        return false;
    int second = digits(&s, 2);
    if (second < 0 || second > 59 || !take_fraction(&s, &ms) || !take_offset(&s, &offset) || s.len)
        return false;
    *out = instant_at(d, hour * 3600 + minute * 60 + second - offset);
    out->ms += ms;
    return out->ms >= 0 && instant_date(*out).days < date_make(10000, 1, 1).days;
}

static char *put(char *out, int value, int width)
{
    for (int i = width - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return out + width;
}

static inline void two(char *out, uint32_t v)
{
    out[0] = (char)('0' + v / 10);
    out[1] = (char)('0' + v % 10);
}

void date_format(struct date d, char out[DATE_TEXT_LEN])
{
    int year;
    int month;
    int day;
    date_split(d, &year, &month, &day);
    two(out, (uint32_t)year / 100);
    two(out + 2, (uint32_t)year % 100);
    out[4] = out[7] = '-';
    two(out + 5, (uint32_t)month);
    two(out + 8, (uint32_t)day);
}

size_t instant_format(struct instant t, char out[INSTANT_TEXT_MAX])
{
    struct date d = instant_date(t);
    uint32_t ms = (uint32_t)(t.ms - (int64_t)d.days * (DAY_SECONDS * (int64_t)SECOND_MS));
    uint32_t seconds = ms / SECOND_MS;
    ms %= SECOND_MS;
    date_format(d, out);
    out[10] = 'T';
    two(out + 11, seconds / 3600);
    out[13] = out[16] = ':';
    two(out + 14, seconds / 60 % 60);
    two(out + 17, seconds % 60);
    size_t n = 19;
    if (ms) {
        out[19] = '.';
        out[20] = (char)('0' + ms / 100);
        two(out + 21, ms % 100);
        n = 23;
    }
    out[n] = 'Z';
    return n + 1;
}

bool date_parse(struct str s, struct date *out)
{
    return take_date(&s, out) && s.len == 0;
}

bool wall_parse(struct str s, struct wall *out)
{
    int hour = digits(&s, 2);
    if (hour < 0 || hour > 24 || !take(&s, ':'))
        return false;
    int minute = digits(&s, 2);
    if (minute < 0 || minute > 59 || s.len || (hour == 24 && minute))
        return false;
    out->minute = hour * 60 + minute;
    return true;
}

void wall_format(struct wall w, char out[WALL_TEXT_LEN])
{
    out = put(out, w.minute / 60, 2);
    *out++ = ':';
    put(out, w.minute % 60, 2);
}
