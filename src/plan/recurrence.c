#include "plan/recurrence.h"

enum { WEEK = 7, YEAR_MONTHS = 12 };

/* ---- walking ---- */

static int64_t month_number(struct date d)
{
    int year, month, day;
    date_split(d, &year, &month, &day);
    return (int64_t)year * YEAR_MONTHS + month - 1;
}

static struct date month_date(int64_t number)
{
    return date_make((int)(number / YEAR_MONTHS), (int)(number % YEAR_MONTHS) + 1, 1);
}

/* A stretch of days out of which a rule chooses. */
struct period {
    struct date from;
    int32_t days;
};

static struct period between(struct date from, struct date until)
{
    return (struct period){from, until.days - from.days};
}

static struct date week_of(const struct recurrence_walk *w, struct date d)
{
    int32_t into = (date_weekday(d) - w->rule->week_start + WEEK) % WEEK;
    return (struct date){d.days - into};
}

static struct period period_of(const struct recurrence_walk *w, int64_t number)
{
    const int64_t steps = number * w->rule->interval;
    struct date day;
    int64_t month;
    switch (w->rule->freq) {
    case RECUR_WEEKLY:
        day = week_of(w, w->first);
        return (struct period){{day.days + (int32_t)(steps * WEEK)}, WEEK};
    case RECUR_MONTHLY:
        month = month_number(w->first) + steps;
        return between(month_date(month), month_date(month + 1));
    case RECUR_YEARLY:
        month = month_number(w->first) / YEAR_MONTHS * YEAR_MONTHS + steps * YEAR_MONTHS;
        return between(month_date(month), month_date(month + YEAR_MONTHS));
    default:
        return (struct period){{w->first.days + (int32_t)steps}, 1};
    }
}

/* The number of the period that holds a date not before the first, or of the one before. */
static int64_t period_with(const struct recurrence_walk *w, struct date d)
{
    int64_t units;
    switch (w->rule->freq) {
    case RECUR_WEEKLY:
        units = (week_of(w, d).days - week_of(w, w->first).days) / WEEK;
        break;
    case RECUR_MONTHLY:
        units = month_number(d) - month_number(w->first);
        break;
    case RECUR_YEARLY:
        units = month_number(d) / YEAR_MONTHS - month_number(w->first) / YEAR_MONTHS;
        break;
    default:
        units = d.days - w->first.days;
    }
    return units / w->rule->interval;
}

/* A day with its place in its month and in the period of the rule. */
struct place {
    int32_t weekday;
    int month;
    int day;
    int32_t month_days;
    int32_t nth; /* in the stretch that BYDAY counts in, from 0 */
    int32_t stretch;
};

static struct place place_of(const struct recurrence_walk *w, struct period p, struct date d)
{
    struct place out = {.weekday = date_weekday(d)};
    int year;
    date_split(d, &year, &out.month, &out.day);
    int64_t month = (int64_t)year * YEAR_MONTHS + out.month - 1;
    out.month_days = month_date(month + 1).days - month_date(month).days;
    bool by_year = w->rule->freq == RECUR_YEARLY && !w->rule->months;
    out.nth = by_year ? d.days - p.from.days : out.day - 1;
    out.stretch = by_year ? p.days : out.month_days;
    return out;
}

static bool has_weekday(const struct recurrence *r, const struct place *p)
{
    for (int32_t i = 0; i < r->day_count; i++) {
        int32_t nth = r->days[i].nth;
        if (r->days[i].weekday != p->weekday)
            continue;
        if (nth == 0 || (nth > 0 && p->nth / WEEK + 1 == nth) ||
            (nth < 0 && (p->stretch - 1 - p->nth) / WEEK + 1 == -nth))
            return true;
    }
    return false;
}

/* What a rule leaves open is as on the first date. */
static bool as_first(const struct recurrence_walk *w, const struct place *p)
{
    int year, month, day;
    date_split(w->first, &year, &month, &day);
    switch (w->rule->freq) {
    case RECUR_WEEKLY:
        return p->weekday == date_weekday(w->first);
    case RECUR_MONTHLY:
        return p->day == day;
    case RECUR_YEARLY:
        return p->day == day && (w->rule->months || p->month == month);
    default:
        return true;
    }
}

static bool chosen(const struct recurrence_walk *w, struct period period, struct date d)
{
    const struct recurrence *r = w->rule;
    const struct place p = place_of(w, period, d);
    if (r->months && !(r->months >> p.month & 1))
        return false;
    bool by_month_day = r->month_days || r->month_days_back;
    if (by_month_day && !(r->month_days >> p.day & 1) &&
        !(r->month_days_back >> (p.month_days - p.day + 1) & 1))
        return false;
    if (r->day_count && !has_weekday(r, &p))
        return false;
    return by_month_day || r->day_count || as_first(w, &p);
}

static bool has_position(const struct recurrence *r, int32_t i, int32_t count)
{
    for (int32_t k = 0; k < r->position_count; k++)
        if (r->positions[k] == i + 1 || r->positions[k] == i - count)
            return true;
    return false;
}

/* The dates of the next period into the walk; only those after the first date, which is given by
 * itself. */
static void fill(struct recurrence_walk *w, struct period period)
{
    struct date all[RECURRENCE_PERIOD_MAX];
    int32_t n = 0;
    for (int32_t i = 0; i < period.days; i++) {
        struct date d = {period.from.days + i};
        if (chosen(w, period, d))
            all[n++] = d;
    }
    w->tested += period.days;
    w->at = w->count = 0;
    for (int32_t i = 0; i < n; i++)
        if (all[i].days > w->first.days &&
            (w->rule->position_count == 0 || has_position(w->rule, i, n)))
            w->dates[w->count++] = all[i];
}

void recurrence_begin(struct recurrence_walk *w, const struct recurrence *rule, struct date first,
                      struct date from)
{
    w->rule = rule;
    w->first = first;
    w->from = from;
    w->latest = first;
    w->period = 0;
    w->given = w->tested = w->at = w->count = 0;
    w->ended = false;
    if (rule && !rule->count && from.days > first.days) {
        w->given = 1;
        w->latest = from;
        w->period = period_with(w, from);
    }
}

/* The next date, whether asked for or not; false: none before `until`. */
static bool advance(struct recurrence_walk *w, struct date until, struct date *out)
{
    if (w->given == 0) {
        if (w->first.days >= until.days)
            return false;
        *out = w->first;
        w->given = 1;
        return true;
    }
    const struct recurrence *r = w->rule;
    if (!r || (r->count && w->given >= r->count))
        w->ended = true;
    while (!w->ended && w->at == w->count) {
        struct period p = period_of(w, w->period);
        if (p.from.days >= until.days)
            return false;
        if (p.from.days - w->latest.days > RECURRENCE_GAP_DAYS ||
            (r->until.days != DATE_NONE.days && p.from.days > r->until.days)) {
            w->ended = true;
            break;
        }
        fill(w, p);
        w->period++;
    }
    if (w->ended || w->dates[w->at].days >= until.days)
        return false;
    *out = w->latest = w->dates[w->at++];
    w->given++;
    w->ended = r->until.days != DATE_NONE.days && out->days > r->until.days;
    return !w->ended;
}

bool recurrence_next(struct recurrence_walk *w, struct date until, struct date *out)
{
    while (advance(w, until, out))
        if (out->days >= w->from.days)
            return true;
    return false;
}
