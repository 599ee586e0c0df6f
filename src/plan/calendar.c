#include "plan/calendar.h"

#include <stdio.h>

enum {
    DAY_S = 86400,
    OFFSET_MAX_S = 26 * 3600, /* no offset, and no change of one, is greater */
    WEEKDAYS = 7,
    WEEK_MAX = 2048,    /* windows of a week */
    DATE_MAX = 1 << 20, /* days from 1970: slots stay in range */
    SLOT_MS = PLAN_SLOT_S * 1000
};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int32_t clamp_slot(int64_t slot)
{
    if (slot > PLAN_SLOT_LAST)
        return PLAN_SLOT_LAST;
    return slot < -PLAN_SLOT_LAST ? -PLAN_SLOT_LAST : (int32_t)slot;
}

int32_t slot_floor(struct instant t)
{
    return clamp_slot(floor_div(t.ms, SLOT_MS));
}

int32_t slot_ceil(struct instant t)
{
    return clamp_slot(-floor_div(-t.ms, SLOT_MS));
}

struct instant slot_instant(int32_t slot)
{
    return (struct instant){(int64_t)slot * SLOT_MS};
}

/* A zone as segments of constant offset: 0 before the first change, i after change i − 1. */
struct segment {
    int64_t from, until; /* UTC seconds */
    int32_t offset_s;
};

static struct segment segment_at(const struct zone_table *z, int32_t i)
{
    return (struct segment){.from = i > 0 ? z->changes[i - 1].at : INT64_MIN / 2,
                            .until = i < z->count ? z->changes[i].at : INT64_MAX / 2,
                            .offset_s = i > 0 ? z->changes[i - 1].offset_s : z->first_s};
}

/* The segment that holds a UTC second. */
static int32_t segment_of(const struct zone_table *z, int64_t utc_s)
{
    int32_t low = 0, high = z->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (z->changes[middle].at <= utc_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int32_t zone_offset_s(const struct zone_table *z, int64_t utc_s)
{
    return segment_at(z, segment_of(z, utc_s)).offset_s;
}

static int64_t local_s(const struct zone_table *z, struct instant t)
{
    int64_t utc_s = floor_div(t.ms, 1000);
    return utc_s + zone_offset_s(z, utc_s);
}

struct date zone_date(const struct zone_table *z, struct instant t)
{
    return (struct date){(int32_t)floor_div(local_s(z, t), DAY_S)};
}

struct wall zone_wall(const struct zone_table *z, struct instant t)
{
    int64_t local = local_s(z, t);
    return (struct wall){(int32_t)((local - floor_div(local, DAY_S) * DAY_S) / 60)};
}

static int64_t wall_seconds(struct date d, struct wall w)
{
    return (int64_t)d.days * DAY_S + (int64_t)w.minute * 60;
}

int zone_instants(const struct zone_table *z, struct date d, struct wall w, struct instant out[2])
{
    int64_t local = wall_seconds(d, w);
    int n = 0;
    for (int32_t i = segment_of(z, local - OFFSET_MAX_S); i <= z->count && n < 2; i++) {
        struct segment s = segment_at(z, i);
        int64_t utc = local - s.offset_s;
        if (s.from > local + OFFSET_MAX_S)
            break;
        if (utc >= s.from && utc < s.until)
            out[n++].ms = utc * 1000;
    }
    return n;
}

struct instant zone_instant(const struct zone_table *z, struct date d, struct wall w)
{
    struct instant found[2];
    if (zone_instants(z, d, w, found) > 0)
        return found[0];
    /* The gap opens at the end of the last segment that ends, locally, at or before that time. */
    int64_t local = wall_seconds(d, w);
    int32_t i = segment_of(z, local - OFFSET_MAX_S);
    struct segment before = segment_at(z, i);
    for (; i < z->count; i++) {
        struct segment s = segment_at(z, i);
        if (s.until + s.offset_s > local)
            break;
        before = s;
    }
    return (struct instant){(local - before.offset_s) * 1000};
}

/* The week sorted: windows of weekday w are list[first[w - 1] … first[w]). */
struct week {
    const struct calendar_window *list;
    int32_t first[WEEKDAYS + 1];
    int32_t most; /* windows of one day */
};

static enum status bad_window(struct ctx *c, int32_t i, const char *why)
{
    char pointer[32];
    snprintf(pointer, sizeof pointer, "/week/%d", i);
    return fail(c, ST_INVALID, pointer, "%s", why);
}

static enum status check_week(struct ctx *c, const struct calendar_input *in)
{
    if (in->week_count < 0 || in->week_count > WEEK_MAX)
        return fail(c, ST_TOO_LARGE, "week", "may have %d windows", WEEK_MAX);
    for (int32_t i = 0; i < in->week_count; i++) {
        const struct calendar_window *w = &in->week[i];
        if (w->day < 1 || w->day > WEEKDAYS)
            return bad_window(c, i, "has no weekday from 1 to 7");
        if (w->start.minute < 0 || w->end.minute > DAY_MINUTES || w->start.minute >= w->end.minute)
            return bad_window(c, i, "must end after it starts, on the same day");
    }
    return ST_OK;
}

/* Judges exceptions and notes the most windows that one has. */
static enum status check_exceptions(struct ctx *c, const struct calendar_input *in, int32_t *most)
{
    for (int32_t i = 0; i < in->exception_count; i++) {
        const struct calendar_exception *e = &in->exceptions[i];
        int32_t end = 0;
        bool good = i == 0 || in->exceptions[i - 1].date.days < e->date.days;
        for (int32_t k = e->first; good && k < e->first + e->count; k++) {
            const struct calendar_window *w = &in->windows[k];
            good = w->start.minute >= end && w->end.minute > w->start.minute &&
                   w->end.minute <= DAY_MINUTES;
            end = w->end.minute;
        }
        if (!good) {
            char pointer[32];
            snprintf(pointer, sizeof pointer, "/exceptions/%d", i);
            return fail(c, ST_INVALID, pointer, "its date or its windows are out of order");
        }
        if (e->count > *most)
            *most = e->count;
    }
    return ST_OK;
}

static bool comes_before(const struct calendar_window *a, const struct calendar_window *b)
{
    return a->day != b->day ? a->day < b->day : a->start.minute < b->start.minute;
}

static enum status sort_week(struct ctx *c, struct arena *a, const struct calendar_input *in,
                             struct week *out)
{
    enum status s = check_week(c, in);
    if (s)
        return s;
    int32_t n = in->week_count;
    struct calendar_window *list = ARENA_ARRAY(a, struct calendar_window, (size_t)n + 1);
    if (!list)
        return fail_memory(c);
    for (int32_t i = 0; i < n; i++) {
        int32_t at = i;
        for (; at > 0 && comes_before(&in->week[i], &list[at - 1]); at--)
            list[at] = list[at - 1];
        list[at] = in->week[i];
    }
    for (int32_t i = 0, day = 0; i <= n; i++) {
        while (day < (i < n ? list[i].day : WEEKDAYS + 1) && day <= WEEKDAYS)
            out->first[day++] = i;
        if (i > 0 && i < n && list[i].day == list[i - 1].day &&
            list[i].start.minute < list[i - 1].end.minute)
            return fail(c, ST_INVALID, "week", "two windows of weekday %d overlap", list[i].day);
    }
    for (int32_t day = 0; day < WEEKDAYS; day++)
        if (out->first[day + 1] - out->first[day] > out->most)
            out->most = out->first[day + 1] - out->first[day];
    out->list = list;
    return ST_OK;
}

struct expansion {
    const struct calendar_input *in;
    const struct week *week;
    struct calendar *out;
    int32_t segment;     /* the first that can still matter */
    int32_t busy;        /* likewise */
    int32_t exception;   /* likewise */
    int64_t edge;        /* UTC second at which the previous date ended */
    int64_t from, until; /* the window being gathered; none if equal */
};

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Rounds a stretch of UTC seconds inward and appends it. */
static void emit(struct expansion *e, int64_t from, int64_t until)
{
    int32_t first = slot_ceil((struct instant){from * 1000});
    int32_t last = slot_floor((struct instant){until * 1000});
    if (first < last)
        e->out->windows[e->out->window_count++] = (struct plan_span){first, last};
}

/* Appends what busy time leaves of the gathered window. */
static void close_window(struct expansion *e)
{
    const struct calendar_busy *busy = e->in->busy;
    int64_t from = e->from;
    if (from == e->until)
        return;
    while (e->busy < e->in->busy_count && busy[e->busy].until.ms <= from * 1000)
        e->busy++;
    for (int32_t i = e->busy; i < e->in->busy_count && from < e->until; i++) {
        int64_t begins = floor_div(busy[i].from.ms, 1000);
        int64_t ends = -floor_div(-busy[i].until.ms, 1000);
        if (begins >= e->until)
            break;
        if (begins > from)
            emit(e, from, begins);
        from = later(from, ends);
    }
    if (from < e->until)
        emit(e, from, e->until);
    e->from = e->until;
}

static void gather(struct expansion *e, int64_t from, int64_t until)
{
    if (from >= until)
        return;
    if (from != e->until) {
        close_window(e);
        e->from = from;
    }
    e->until = until;
}

/* The windows of a date; dates come in their order. */
static const struct calendar_window *windows_of(struct expansion *e, struct date date,
                                                int32_t *count)
{
    const struct calendar_input *in = e->in;
    while (e->exception < in->exception_count && in->exceptions[e->exception].date.days < date.days)
        e->exception++;
    if (e->exception < in->exception_count && in->exceptions[e->exception].date.days == date.days) {
        *count = in->exceptions[e->exception].count;
        return *count ? &in->windows[in->exceptions[e->exception].first] : NULL;
    }
    int32_t weekday = date_weekday(date);
    *count = e->week->first[weekday] - e->week->first[weekday - 1];
    return &e->week->list[e->week->first[weekday - 1]];
}

static void expand_date(struct expansion *e, struct plan_day *day)
{
    const struct zone_table *z = e->in->zone;
    int64_t midnight = (int64_t)day->date.days * DAY_S;
    int64_t beg = 0, end = 0;
    int32_t count;
    const struct calendar_window *windows = windows_of(e, day->date, &count);
    day->first = e->out->window_count;
    e->from = e->until = INT64_MIN;
    while (segment_at(z, e->segment).until <= midnight - OFFSET_MAX_S)
        e->segment++;
    for (int32_t i = e->segment; i <= z->count; i++) {
        struct segment s = segment_at(z, i);
        if (s.from > midnight + DAY_S + OFFSET_MAX_S)
            break;
        int64_t zero = midnight - s.offset_s; /* this date's 00:00, by this segment's clock */
        int64_t from = later(later(s.from, zero), e->edge);
        int64_t until = sooner(s.until, zero + DAY_S);
        if (from >= until)
            continue;
        if (beg == end)
            beg = from;
        end = until;
        for (int32_t k = 0; k < count; k++)
            gather(e, later(from, zero + (int64_t)windows[k].start.minute * 60),
                   sooner(until, zero + (int64_t)windows[k].end.minute * 60));
    }
    close_window(e);
    if (beg < end)
        e->edge = end;
    day->beg = beg < end ? slot_ceil((struct instant){beg * 1000}) : 0;
    day->end = beg < end ? slot_floor((struct instant){end * 1000}) : 0;
    day->count = e->out->window_count - day->first;
}

/* A date without an instant stands, empty, where the date before it ended. */
static void place_skipped(struct calendar *out)
{
    int32_t at = 0;
    for (int32_t d = out->day_count - 1; d >= 0; d--)
        if (out->days[d].beg < out->days[d].end)
            at = out->days[d].beg;
    for (int32_t d = 0; d < out->day_count; d++) {
        if (out->days[d].beg == out->days[d].end)
            out->days[d].beg = out->days[d].end = at;
        at = out->days[d].end;
    }
}

static enum status check_range(struct ctx *c, const struct calendar_input *in)
{
    if (in->day_count < 0 || in->day_count > PLAN_DAYS_MAX)
        return fail(c, ST_INVALID, "days", "must be at most %d", PLAN_DAYS_MAX);
    if (in->from.days < -DATE_MAX || in->from.days > DATE_MAX)
        return fail(c, ST_INVALID, "from", "is too far away");
    if (in->study < 0 || in->study > PLAN_DAY_SLOTS_MAX || in->rest > PLAN_DAY_SLOTS_MAX ||
        in->rest < (in->study > 0))
        return fail(c, ST_INVALID, "study", "and the rest after it must be parts of a day");
    for (int32_t i = 1; i < in->busy_count; i++)
        if (in->busy[i].from.ms < in->busy[i - 1].from.ms)
            return fail(c, ST_INVALID, "busy", "must be in the order of its beginnings");
    return ST_OK;
}

/* The most windows there can be: each date's, by the week and by exceptions; again for the two
 * dates at each change of offset; one more for each busy time. */
static size_t most_windows(const struct calendar_input *in, const struct week *week)
{
    const struct zone_table *z = in->zone;
    int64_t from = (int64_t)in->from.days * DAY_S - OFFSET_MAX_S;
    int64_t until = from + ((int64_t)in->day_count + 1) * DAY_S + 2 * OFFSET_MAX_S;
    int32_t changes = segment_of(z, until) - segment_of(z, from);
    int32_t weeks = in->day_count / WEEKDAYS + 1;
    size_t excepted = (size_t)week->most * (size_t)in->exception_count;
    return (size_t)weeks * (size_t)in->week_count + excepted +
           2 * (size_t)changes * (size_t)week->most + (size_t)in->busy_count + 1;
}

/* Cuts `w` where there is a break, into `to` (NULL: not wanted); returns how many pieces. */
static int32_t cut_window(struct plan_span w, const struct calendar_input *in, struct plan_span *to)
{
    int32_t n = 0;
    for (; w.from < w.until; w.from += in->study + in->rest, n++)
        if (to)
            to[n] = (struct plan_span){w.from, (int32_t)sooner(w.from + in->study, w.until)};
    return n;
}

/* As much study as windows can hold with at most `study` slots of it without a break of `rest`:
 * whoever studies later in a window only moves the first break back. */
static enum status take_breaks(struct ctx *c, struct arena *a, const struct calendar_input *in,
                               struct calendar *out)
{
    size_t most = 0;
    for (int32_t i = 0; i < out->window_count; i++)
        most += (size_t)cut_window(out->windows[i], in, NULL);
    struct plan_span *windows = ARENA_ARRAY(a, struct plan_span, most + 1);
    if (!windows)
        return fail_memory(c);
    int32_t n = 0;
    for (int32_t d = 0; d < in->day_count; d++) {
        struct plan_day *day = &out->days[d];
        int32_t first = n;
        for (int32_t i = day->first; i < day->first + day->count; i++)
            n += cut_window(out->windows[i], in, windows + n);
        day->first = first;
        day->count = n - first;
    }
    out->windows = windows;
    out->window_count = n;
    return ST_OK;
}

enum status calendar_expand(struct ctx *c, struct arena *a, const struct calendar_input *in,
                            struct calendar *out)
{
    struct week week = {0};
    *out = (struct calendar){.day_count = in->day_count};
    enum status s = check_range(c, in);
    if (!s)
        s = sort_week(c, a, in, &week);
    if (!s)
        s = check_exceptions(c, in, &week.most);
    if (s)
        return s;
    out->days = ARENA_ARRAY(a, struct plan_day, (size_t)in->day_count + 1);
    out->windows = ARENA_ARRAY(a, struct plan_span, most_windows(in, &week));
    if (!out->days || !out->windows)
        return fail_memory(c);
    struct expansion e = {.in = in, .week = &week, .out = out, .edge = INT64_MIN / 2};
    e.segment = segment_of(in->zone, (int64_t)in->from.days * DAY_S - OFFSET_MAX_S);
    for (int32_t d = 0; d < in->day_count; d++) {
        out->days[d].date.days = in->from.days + d;
        expand_date(&e, &out->days[d]);
    }
    place_skipped(out);
    return in->study > 0 ? take_breaks(c, a, in, out) : ST_OK;
}
