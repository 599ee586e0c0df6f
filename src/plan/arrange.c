#include "plan/arrange.h"

#include <stdlib.h>
#include <string.h>

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t count_positions(const struct sessions *s, int32_t days)
{
    int32_t n = 0;
    for (int32_t i = 0; i < s->fixed_count; i++)
        n += s->fixed[i].until - s->fixed[i].from;
    for (int32_t d = 0; d < days; d++)
        for (int32_t i = s->in->days[d].first; i < s->in->days[d].first + s->in->days[d].count; i++)
            n += later(0, s->in->windows[i].until - later(s->in->windows[i].from, s->in->now));
    return n;
}

/* How many days a task would take that has its day's maximum on each. */
static int32_t days_spread(const struct sessions *s)
{
    int32_t most = s->in->shape.day_max, days = 1;
    for (int32_t j = 0; j < s->in->task_count && most > 0; j++)
        days = later(days, (s->planned[j] + most - 1) / most);
    return days;
}

static bool reaches(const struct sessions *s, int32_t days)
{
    int64_t held = s->in->shape.day_max > 0 ? (int64_t)s->in->task_count * days : 0;
    return count_positions(s, days) <= ARRANGE_POSITIONS_MAX && held <= ARRANGE_HELD_MAX;
}

/* Slots lie on the axis as far as a day behind the last block, since later ones would not be used;
 * but where tasks are to be spread, as far as that may take, if that is not too far. None lies
 * beyond the days of work. */
static int32_t days_needed(const struct sessions *s)
{
    int32_t last = s->count > 0 ? s->blocks[s->count - 1].until : s->in->now;
    if (s->fixed_count > 0)
        last = later(last, s->fixed[s->fixed_count - 1].until);
    int32_t d = 0;
    while (d < s->reach && s->in->days[d].beg < last)
        d++;
    int32_t near = least(d + 1, s->reach), far = least(d + days_spread(s), s->reach);
    return reaches(s, far) ? far : near;
}

static enum status allocate(struct ctx *c, struct arena *a, struct arrangement *x, size_t n,
                            size_t days, size_t tasks)
{
    x->slot = ARENA_ARRAY(a, int32_t, n + 1);
    x->day = ARENA_ARRAY(a, int32_t, n + 1);
    x->sitting = ARENA_ARRAY(a, int32_t, n + 1);
    x->sitting_end = ARENA_ARRAY(a, int32_t, n + 1);
    x->price = ARENA_ARRAY(a, int64_t, n + 1);
    x->task = ARENA_ARRAY(a, int32_t, n + 1);
    x->begin = ARENA_ARRAY(a, int32_t, n + 1);
    x->end = ARENA_ARRAY(a, int32_t, n + 1);
    x->fixed = ARENA_ARRAY(a, bool, n + 1);
    x->fixed_before = ARENA_ARRAY(a, int32_t, n + 1);
    x->opens = ARENA_ARRAY(a, bool, n + 1);
    x->low = ARENA_ARRAY(a, int32_t, tasks + 1);
    x->high = ARENA_ARRAY(a, int32_t, tasks + 1);
    x->least = ARENA_ARRAY(a, int32_t, tasks + 1);
    x->spare = ARENA_ARRAY(a, int32_t, days + 1);
    x->day_from = ARENA_ARRAY(a, int32_t, days + 2);
    bool all = x->slot && x->day && x->sitting && x->sitting_end && x->price && x->task &&
               x->begin && x->end && x->fixed && x->fixed_before && x->opens && x->low && x->high &&
               x->least && x->spare && x->day_from;
    return all ? ST_OK : fail_memory(c);
}

/* Appends [from, until) of day `d`. */
static void append(struct arrangement *x, int32_t d, int32_t from, int32_t until, int32_t task)
{
    for (int32_t slot = from; slot < until; slot++) {
        int32_t i = x->n++;
        bool joined = i > 0 && slot - x->slot[i - 1] - 1 <= x->of->in->shape.pause;
        x->slot[i] = slot;
        x->day[i] = d;
        x->sitting[i] = i == 0 ? 0 : x->sitting[i - 1] + !joined;
        x->task[i] = task;
        x->fixed[i] = task != ARRANGE_IDLE;
        x->fixed_before[i + 1] = x->fixed_before[i] + x->fixed[i];
        x->opens[i] = slot == from;
    }
}

/* The days' windows from now on, with the fixed blocks between them. */
static void lay_out(struct arrangement *x, int32_t days)
{
    const struct sessions *s = x->of;
    int32_t f = 0;
    for (int32_t d = 0; d < days; d++) {
        const struct plan_day *day = &s->in->days[d];
        x->day_from[d] = x->n;
        for (int32_t i = day->first; i <= day->first + day->count; i++) {
            bool end = i == day->first + day->count;
            int32_t from = end ? day->end : later(s->in->windows[i].from, s->in->now);
            for (; f < s->fixed_count && s->fixed[f].from < from; f++)
                append(x, d, s->fixed[f].from, s->fixed[f].until, s->fixed[f].task);
            if (!end)
                append(x, d, from, s->in->windows[i].until, ARRANGE_IDLE);
        }
    }
    for (int32_t d = days; d <= s->in->day_count; d++)
        x->day_from[d] = x->n;
    for (int32_t i = x->n - 1; i >= 0; i--)
        x->sitting_end[i] =
            i + 1 < x->n && x->sitting[i] == x->sitting[i + 1] ? x->sitting_end[i + 1] : i + 1;
}

/* The first position whose slot is at least `slot`. */
static int32_t position(const struct arrangement *x, int32_t slot)
{
    int32_t low = 0, high = x->n;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (x->slot[middle] < slot)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void set_prices(struct arrangement *x)
{
    const struct plan_shape *shape = &x->of->in->shape;
    int32_t p = 0;
    for (int32_t i = 0; i < x->n; i++) {
        while (p < shape->preferred_count && shape->preferred[p].until <= x->slot[i])
            p++;
        bool outside = shape->preferred_count > 0 &&
                       (p == shape->preferred_count || x->slot[i] < shape->preferred[p].from);
        x->price[i + 1] = x->price[i] + (outside ? SESSION_HOURS : 0) +
                          (int64_t)SESSION_LATER * (x->day[i] - x->day[0]);
    }
}

static void set_tasks(struct arrangement *x)
{
    const struct sessions *s = x->of;
    for (int32_t j = 0; j < s->in->task_count; j++) {
        int32_t wish = s->in->tasks[j].session_min;
        x->least[j] = least(s->planned[j], wish > 0 ? wish : s->in->shape.session_min);
        if (s->planned[j] == 0)
            continue;
        x->low[j] = position(x, s->earliest[j]);
        x->high[j] = position(x, s->due[j]);
    }
    for (int32_t i = 0; i < s->count; i++) {
        int32_t at = position(x, s->blocks[i].from);
        for (int32_t slot = s->blocks[i].from; slot < s->blocks[i].until; slot++)
            x->task[at++] = s->blocks[i].task;
    }
    for (int32_t d = 0; d < s->in->day_count; d++)
        x->spare[d] = s->days[d].level - s->days[d].load;
}

static int64_t session_cost(const struct arrangement *x, int32_t task, int32_t length)
{
    int32_t most = x->of->in->shape.session_max;
    int64_t cost = SESSION_EACH;
    if (length < x->least[task])
        cost += (int64_t)SESSION_SHORT * (x->least[task] - length);
    if (most > 0 && length > most)
        cost += (int64_t)SESSION_LONG * (length - most);
    return cost;
}

/* Where the session, or the idle stretch, that begins at `i` ends by what is there now. */
static int32_t find_end(const struct arrangement *x, int32_t i, int32_t until)
{
    int32_t task = x->task[i];
    until = least(until, x->sitting_end[i]);
    do
        i++;
    while (i < until && x->task[i] == task);
    return i;
}

/* Sessions and prices of [from, until), which cuts no session, by what is there now. */
static int64_t stretch_cost(const struct arrangement *x, int32_t from, int32_t until)
{
    int64_t cost = 0;
    for (int32_t i = from, end; i < until; i = end) {
        end = find_end(x, i, until);
        if (x->task[i] != ARRANGE_IDLE)
            cost += session_cost(x, x->task[i], end - i) + x->price[end] - x->price[i];
    }
    return cost;
}

/* The same by the sessions as they are known. */
static int64_t known_cost(const struct arrangement *x, int32_t from, int32_t until)
{
    int64_t cost = 0;
    for (int32_t i = from; i < until; i = x->end[i])
        if (x->task[i] != ARRANGE_IDLE)
            cost += session_cost(x, x->task[i], x->end[i] - i) + x->price[x->end[i]] - x->price[i];
    return cost;
}

/* Gets to know the sessions of [from, until), which cuts none. */
static void know(struct arrangement *x, int32_t from, int32_t until)
{
    for (int32_t i = from, end; i < until; i = end) {
        end = find_end(x, i, until);
        for (int32_t k = i; k < end; k++) {
            x->begin[k] = i;
            x->end[k] = end;
        }
    }
}

/* Counts one slot more, or one less, of a task on the day of `at`. */
static void hold(struct arrangement *x, int32_t task, int32_t at)
{
    x->crowded += task != ARRANGE_IDLE && ++*arrange_held(x, task, at) > x->of->in->shape.day_max;
}

static void drop(struct arrangement *x, int32_t task, int32_t at)
{
    x->crowded -= task != ARRANGE_IDLE && (*arrange_held(x, task, at))-- > x->of->in->shape.day_max;
}

/* What it costs that `to` comes where `from` was. */
static int64_t crowd(struct arrangement *x, const int32_t *from, const int32_t *to, int32_t n)
{
    int32_t before = x->crowded;
    if (x->held)
        for (int32_t i = 0; i < n; i++)
            if (from[i] != to[i]) {
                drop(x, from[i], x->place[i]);
                hold(x, to[i], x->place[i]);
            }
    return (int64_t)SESSION_CROWD * (x->crowded - before);
}

bool arrange_fits(const struct sessions *s)
{
    return reaches(s, days_needed(s));
}

enum status arrange_init(struct ctx *c, struct arena *a, const struct sessions *s,
                         struct arrangement *x)
{
    int32_t days = days_needed(s);
    *x = (struct arrangement){.of = s};
    enum status st = allocate(c, a, x, (size_t)count_positions(s, days), (size_t)s->in->day_count,
                              (size_t)s->in->task_count);
    if (st)
        return st;
    lay_out(x, days);
    set_prices(x);
    set_tasks(x);
    know(x, 0, x->n);
    x->friction = known_cost(x, 0, x->n);
    x->days = x->n > 0 ? x->day[x->n - 1] - x->day[0] + 1 : 0;
    if (s->in->shape.day_max == 0)
        return ST_OK;
    x->held = ARENA_ARRAY(a, uint16_t, (size_t)s->in->task_count *(size_t)x->days + 1);
    if (!x->held)
        return fail_memory(c);
    for (int32_t i = 0; i < x->n; i++)
        hold(x, x->task[i], i);
    x->friction += (int64_t)SESSION_CROWD * x->crowded;
    return ST_OK;
}

/* Positions around some that change, with whole sessions. */
struct around {
    int32_t from, until;
};

static struct around widen(struct arrangement *x, int32_t from, int32_t until)
{
    struct around r = {x->begin[from > 0 ? from - 1 : 0], x->end[until < x->n ? until : x->n - 1]};
    x->looks -= 2 * (r.until - r.from);
    return r;
}

/* Adds to the days' spare slots what moves from `from` to `to`; false when a day has too many. */
static bool spend(struct arrangement *x, const int32_t *from, const int32_t *to, int32_t n)
{
    bool fits = true;
    for (int32_t i = 0; i < n; i++)
        x->spare[x->day[x->place[i]]] += (from[i] != ARRANGE_IDLE) - (to[i] != ARRANGE_IDLE);
    for (int32_t i = 0; i < n; i++)
        fits &= x->spare[x->day[x->place[i]]] >= 0;
    return fits;
}

/* Whether all of [from, from + k) may be `shift` positions further on. */
static bool may_move(const struct arrangement *x, int32_t from, int32_t k, int32_t shift)
{
    for (int32_t i = from; i < from + k; i = x->end[i]) {
        int32_t task = x->task[i], end = least(x->end[i], from + k);
        if (task != ARRANGE_IDLE && (i + shift < x->low[task] || end + shift > x->high[task]))
            return false;
    }
    return true;
}

/* Whether every task may be where will[] has it. */
static bool allowed(const struct arrangement *x, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        int32_t task = x->will[i];
        if (task != ARRANGE_IDLE && (x->place[i] < x->low[task] || x->place[i] >= x->high[task]))
            return false;
    }
    return true;
}

/* What [p, p + k) and [q, q + k) hold changes places. */
static void exchange(struct arrangement *x, int32_t p, int32_t q, int32_t k)
{
    int32_t held[ARRANGE_MOVE_MAX / 2];
    size_t bytes = (size_t)k * sizeof held[0];
    memcpy(held, x->task + p, bytes);
    memcpy(x->task + p, x->task + q, bytes);
    memcpy(x->task + q, held, bytes);
}

/* Counts what days hold as will[] has it; false, and nothing is counted, when a day has too many.
 * A move within a day changes none of it. */
static bool count(struct arrangement *x, int32_t n, int64_t *change)
{
    if (x->one_day)
        return true;
    if (!spend(x, x->was, x->will, n)) {
        spend(x, x->will, x->was, n);
        return false;
    }
    *change += crowd(x, x->was, x->will, n);
    return true;
}

static void discount(struct arrangement *x, int32_t n)
{
    if (x->one_day)
        return;
    crowd(x, x->will, x->was, n);
    spend(x, x->will, x->was, n);
}

static int64_t cost_known(const struct arrangement *x, const struct around *r, int32_t parts)
{
    int64_t cost = 0;
    for (int32_t i = 0; i < parts; i++)
        cost += known_cost(x, r[i].from, r[i].until);
    return cost;
}

/* Whether to keep what is now in these stretches: if what they cost and `change` together are less
 * than `under`. */
static bool keep(struct arrangement *x, const struct around *r, int32_t parts, int64_t change,
                 int64_t under)
{
    for (int32_t i = 0; i < parts; i++)
        change += stretch_cost(x, r[i].from, r[i].until);
    if (change >= under)
        return false;
    for (int32_t i = 0; i < parts; i++)
        know(x, r[i].from, r[i].until);
    x->friction += change;
    return true;
}

/* Whether positions i − 1 and i would hold one session when `left` and `right` are their tasks. */
static bool meets(const struct arrangement *x, int32_t i, int32_t left, int32_t right)
{
    return left == right && left != ARRANGE_IDLE && x->sitting[i - 1] == x->sitting[i];
}

static int64_t price_of(const struct arrangement *x, int32_t i)
{
    return x->price[i + 1] - x->price[i];
}

/* Whether exchanging [p, p + k) and [q, q + k) can lower friction at all: only where tasks meet
 * again, a sitting ends, a cheaper slot is used, or a day has too much of a task. */
static bool hopeful(const struct arrangement *x, int32_t p, int32_t q, int32_t k)
{
    const int32_t *task = x->task;
    if ((p > 0 && meets(x, p, task[p - 1], task[q])) ||
        (p + k < q && meets(x, p + k, task[q + k - 1], task[p + k])) ||
        (p + k < q && meets(x, q, task[q - 1], task[p])) ||
        (q + k < x->n && meets(x, q + k, task[p + k - 1], task[q + k])))
        return true;
    if (x->sitting[p] != x->sitting[p + k - 1] || x->sitting[q] != x->sitting[q + k - 1])
        return true;
    if (x->crowded > 0 && x->day[p] != x->day[q + k - 1])
        return true;
    int64_t price = 0;
    for (int32_t i = 0; i < k; i++) {
        int32_t used = (task[p + i] != ARRANGE_IDLE) - (task[q + i] != ARRANGE_IDLE);
        price += used * (price_of(x, q + i) - price_of(x, p + i));
    }
    return price < 0;
}

bool arrange_swap(struct arrangement *x, int32_t p, int32_t q, int32_t k, int64_t under)
{
    if (p > q) {
        int32_t swap = p;
        p = q;
        q = swap;
    }
    if (k <= 0 || p < 0 || q + k > x->n || p + k > q || 2 * k > ARRANGE_MOVE_MAX ||
        x->fixed_before[p] < x->fixed_before[p + k] || x->fixed_before[q] < x->fixed_before[q + k])
        return false;
    x->looks -= ARRANGE_MOVE_LOOKS + k;
    if ((under <= 0 && !hopeful(x, p, q, k)) || !may_move(x, p, k, q - p) ||
        !may_move(x, q, k, p - q))
        return false;
    if (memcmp(x->task + p, x->task + q, (size_t)k * sizeof *x->task) == 0)
        return false;
    x->one_day = x->day[p] == x->day[q + k - 1];
    for (int32_t i = 0; i < k && !x->one_day; i++) {
        x->place[i] = p + i;
        x->place[k + i] = q + i;
        x->was[i] = x->will[k + i] = x->task[p + i];
        x->was[k + i] = x->will[i] = x->task[q + i];
    }
    struct around r[2] = {widen(x, p, p + k), widen(x, q, q + k)};
    int32_t parts = r[1].from < r[0].until ? 1 : 2;
    r[0].until = parts == 1 ? later(r[0].until, r[1].until) : r[0].until;
    int64_t change = 0;
    x->looks -= 2 * k;
    if (!count(x, 2 * k, &change))
        return false;
    int64_t known = cost_known(x, r, parts);
    exchange(x, p, q, k);
    if (keep(x, r, parts, change - known, under))
        return true;
    exchange(x, p, q, k);
    discount(x, 2 * k);
    return false;
}

bool arrange_turn(struct arrangement *x, int32_t p, int32_t a, int32_t b, int64_t under)
{
    int32_t n = a + b, found = 0;
    if (a <= 0 || b <= 0 || n > ARRANGE_MOVE_MAX)
        return false;
    for (int32_t i = p; i < x->n && found < n; i++)
        if (x->task[i] != ARRANGE_IDLE && !x->fixed[i])
            x->place[found++] = i;
    x->looks -= n;
    if (found < n)
        return false;
    for (int32_t i = 0; i < n; i++) {
        x->was[i] = x->task[x->place[i]];
        x->will[i] = x->task[x->place[i < b ? i + a : i - b]];
    }
    x->looks -= n / 2;
    if (!allowed(x, n))
        return false;
    struct around r = widen(x, x->place[0], x->place[n - 1] + 1);
    int64_t change = 0;
    x->looks -= n;
    x->one_day = x->day[x->place[0]] == x->day[x->place[n - 1]];
    if (!count(x, n, &change))
        return false;
    int64_t known = cost_known(x, &r, 1);
    for (int32_t i = 0; i < n; i++)
        x->task[x->place[i]] = x->will[i];
    if (keep(x, &r, 1, change - known, under))
        return true;
    for (int32_t i = 0; i < n; i++)
        x->task[x->place[i]] = x->was[i];
    discount(x, n);
    return false;
}

void arrange_restore(struct arrangement *x, const int32_t *task, const int32_t *spare,
                     int64_t friction)
{
    for (int32_t i = 0; i < x->n; i++) {
        if (x->task[i] == task[i])
            continue;
        if (x->held) {
            drop(x, x->task[i], i);
            hold(x, task[i], i);
        }
        x->task[i] = task[i];
    }
    memcpy(x->spare, spare, (size_t)x->of->in->day_count * sizeof *spare);
    know(x, 0, x->n);
    x->friction = friction;
}

/* The least cost of `task` alone: k sessions, as many as the longest stretch demands. */
static int64_t bound_alone(const struct arrangement *x, int32_t task, int32_t longest, int32_t days)
{
    const struct plan_shape *shape = &x->of->in->shape;
    int32_t work = x->of->planned[task];
    int64_t best = INT64_MAX;
    for (int32_t k = longest > 0 ? (work + longest - 1) / longest : 1;; k++) {
        int64_t cost = (int64_t)SESSION_EACH * k;
        int64_t room = (int64_t)k * shape->session_max;
        if (shape->session_max > 0 && work > room)
            cost += SESSION_LONG * (work - room);
        if ((int64_t)k * x->least[task] > work)
            cost += SESSION_SHORT * ((int64_t)k * x->least[task] - work);
        if (cost >= best)
            break;
        best = cost;
    }
    if (shape->day_max > 0 && work > (int64_t)days * shape->day_max)
        best += SESSION_CROWD * (work - (int64_t)days * shape->day_max);
    return best;
}

/* The `count` cheapest positions of one day into prices, which has a place for each amount. */
static void tally_day(const struct arrangement *x, int32_t d, int32_t most, int32_t *seen)
{
    int32_t from = x->day_from[d], until = x->day_from[d + 1], cheap = 0;
    for (int32_t i = from; i < until; i++)
        cheap +=
            !x->fixed[i] && x->price[i + 1] - x->price[i] <
                                SESSION_HOURS + (int64_t)SESSION_LATER * (x->day[i] - x->day[0]);
    bool split = x->of->in->shape.preferred_count > 0;
    seen[0] = split ? least(cheap, most) : most;
    seen[1] = split ? most - seen[0] : 0;
}

/* The least price of as many slots as are used, with no day above its level: in the order of price,
 * which is the day's distance, and SESSION_HOURS more outside the preferred hours. */
static enum status bound_prices(struct ctx *c, struct arena *a, const struct arrangement *x,
                                int64_t *out)
{
    int32_t days = x->days;
    int64_t used = 0;
    int32_t *at = ARENA_ARRAY(a, int32_t, (size_t)(days + SESSION_HOURS) + 1);
    if (!at)
        return fail_memory(c);
    for (int32_t i = 0; i < x->n; i++) {
        used += x->task[i] != ARRANGE_IDLE && !x->fixed[i];
        *out += x->fixed[i] ? x->price[i + 1] - x->price[i] : 0;
    }
    for (int32_t d = 0; d < days; d++) {
        int32_t seen[2];
        tally_day(x, x->day[0] + d, x->of->days[x->day[0] + d].level, seen);
        at[d * SESSION_LATER] += seen[0];
        at[d * SESSION_LATER + SESSION_HOURS] += seen[1];
    }
    for (int32_t price = 0; price < days + SESSION_HOURS && used > 0; price++) {
        int64_t some = used < at[price] ? used : at[price];
        *out += some * price;
        used -= some;
    }
    return ST_OK;
}

enum status arrange_bound(struct ctx *c, struct arena *a, const struct arrangement *x,
                          int64_t *bound)
{
    *bound = 0;
    enum status st = bound_prices(c, a, x, bound);
    int32_t sittings = x->n > 0 ? x->sitting[x->n - 1] + 1 : 0;
    int32_t *first = ARENA_ARRAY(a, int32_t, (size_t)sittings + 1);
    if (!first)
        return fail_memory(c);
    int32_t longest = 0;
    for (int32_t i = 0; i < x->n; i++) {
        if (i == 0 || x->sitting[i] != x->sitting[i - 1])
            first[x->sitting[i]] = i;
        longest = later(longest, i + 1 - first[x->sitting[i]]);
    }
    for (int32_t j = 0; j < x->of->in->task_count; j++)
        if (x->of->planned[j] > 0) {
            bool all = x->of->fixed_count > 0; /* which may lie anywhere */
            int32_t low = all ? 0 : x->low[j], high = all ? x->n : x->high[j];
            int32_t days = high > low ? x->day[high - 1] - x->day[low] + 1 : 0;
            *bound += bound_alone(x, j, least(longest, high - low), days);
        }
    return st;
}
