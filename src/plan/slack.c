#include "plan/axis.h"

/*
 * Slack with earliest starts. A task can take so much more work as the least, over all stretches
 * of the axis that hold all it may use, of what the stretch can take less what is planned of tasks
 * that may use nothing else (docs/planner.md has the proof). A day at a stretch's end counts every
 * position there, since all of the day with its capacity is a stretch as well. So edges of days
 * are starts and ends beside those of tasks, and what a start and an end add are independent, but
 * where both lie inside one day.
 *
 * Ends are looked at from the last to the first, in a tree over the starts that remembers the least
 * each of them ever was.
 */
struct node {
    int32_t low;  /* the least of its starts now */
    int32_t past; /* the least that any of them ever was */
    int32_t add;  /* what its children still have to be told: the sum, */
    int32_t dip;  /* and the least that this sum ever was */
};

struct rooms {
    const struct axis *x;
    const int32_t *cap;
    const int32_t *work; /* planned, per task */
    int32_t *before;     /* days + 1: capacity of the days before */
    int32_t *inside;     /* 2·days: the starts inside day d are inside[2d] … inside[2d + 1] − 1 */
    int32_t *place;      /* per task: which start is its own */
    struct node *nodes;
    int32_t size; /* leaves are nodes[size …] */
    int32_t end;  /* capacity before the present end */
};

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static void tell(struct node *n, int32_t add, int32_t dip)
{
    n->past = least(n->past, n->low + dip);
    n->dip = least(n->dip, n->add + dip);
    n->low += add;
    n->add += add;
}

/* The least that any of the first `n` starts ever was; then adds to all of them. */
static int32_t add_to_first(struct rooms *r, int32_t n, int32_t what)
{
    int32_t at = 1, past = INT32_MAX;
    for (int32_t width = r->size; width > 1;) {
        struct node *node = &r->nodes[at], *left = &r->nodes[2 * at], *right = left + 1;
        tell(left, node->add, node->dip);
        tell(right, node->add, node->dip);
        node->add = node->dip = 0;
        width /= 2;
        at *= 2;
        if (n >= width) {
            past = least(past, left->past);
            tell(left, what, what);
            n -= width;
            at++;
        }
    }
    while (at > 1) {
        at /= 2;
        const struct node *left = &r->nodes[2 * at], *right = left + 1;
        r->nodes[at].low = least(left->low, right->low);
        r->nodes[at].past = least(left->past, right->past);
    }
    return past;
}

/* Moves the end to where so much capacity lies before it. */
static void move_end(struct rooms *r, int32_t capacity)
{
    tell(&r->nodes[1], capacity - r->end, capacity - r->end);
    r->end = capacity;
}

/* Appends a start, with so much capacity before it. */
static void add_start(struct rooms *r, int32_t *count, int32_t before)
{
    r->nodes[r->size + (*count)++].low = r->end - before;
}

/* The starts in order, each with what a stretch from it to the very end can take besides what is
 * planned of the tasks in it. */
static void lay_out(struct rooms *r)
{
    const struct axis *x = r->x;
    int32_t next = 0, count = 0;
    for (int32_t d = 0; d < x->days; d++) {
        int32_t at = x->edge[d], end = x->edge[d + 1];
        if (end > at)
            add_start(r, &count, r->before[d]);
        r->inside[2 * d] = count;
        for (; next < x->count && x->from[x->arrival[next]] < end; next++) {
            int32_t rank = x->arrival[next];
            if (x->from[rank] > at) {
                at = x->from[rank];
                add_start(r, &count, r->before[d + 1] - (end - at));
            }
            r->place[rank] = count - 1;
            r->nodes[r->size + count - 1].add += r->work[rank];
        }
        r->inside[2 * d + 1] = count;
    }
    int32_t work = 0;
    for (int32_t i = r->size - 1; i >= 0; i--) {
        struct node *leaf = &r->nodes[r->size + i];
        work += leaf->add;
        leaf->low = leaf->past = i < count ? leaf->low - work : INT32_MAX / 2;
        leaf->add = 0;
    }
    for (int32_t i = r->size - 1; i >= 1; i--)
        r->nodes[i].low = r->nodes[i].past = least(r->nodes[2 * i].low, r->nodes[2 * i + 1].low);
}

static enum status prepare(struct ctx *c, struct arena *a, struct rooms *r)
{
    const struct axis *x = r->x;
    size_t days = (size_t)x->days;
    for (r->size = 1; r->size <= x->count + x->days;)
        r->size *= 2;
    r->before = ARENA_ARRAY(a, int32_t, days + 1);
    r->inside = ARENA_ARRAY(a, int32_t, 2 * days + 1);
    r->place = ARENA_ARRAY(a, int32_t, (size_t)x->count + 1);
    r->nodes = ARENA_ARRAY(a, struct node, 2 * (size_t)r->size);
    if (!r->before || !r->inside || !r->place || !r->nodes)
        return fail_memory(c);
    for (int32_t d = 0; d < x->days; d++)
        r->before[d + 1] = r->before[d] + r->cap[d];
    r->end = r->before[x->days];
    lay_out(r);
    return ST_OK;
}

/* Moves the end from behind day d to `at` inside it, by way of the day's own end. A stretch that
 * begins inside the day as well has no more than what lies between, of which what start and end add
 * would make more by what the day cannot use. Taking that off last, and from the starts before the
 * day only what they were given first, nothing ever is less than it should be. */
static void enter_day(struct rooms *r, int32_t d, int32_t at)
{
    int32_t idle = r->x->edge[d + 1] - r->x->edge[d] - r->cap[d];
    move_end(r, r->before[d + 1]);
    move_end(r, r->before[d] + at - r->x->edge[d]);
    if (idle == 0 || r->inside[2 * d] == r->inside[2 * d + 1])
        return;
    add_to_first(r, r->inside[2 * d], idle);
    add_to_first(r, r->inside[2 * d + 1], -idle);
}

enum status later_slack(struct ctx *c, const struct problem *p, const int32_t *planned,
                        int32_t *slack)
{
    const struct axis *x = p->axis;
    int32_t *work = ARENA_ARRAY(p->arena, int32_t, (size_t)p->count + 1);
    if (!work)
        return fail_memory(c);
    for (int32_t i = 0; i < p->count; i++)
        work[i] = planned[p->order[i]];
    struct rooms r = {.x = x, .cap = p->cap, .work = work};
    enum status s = prepare(c, p->arena, &r);
    if (s)
        return s;
    int32_t entered = x->days;
    for (int32_t i = x->count - 1, d = x->days - 1; i >= 0; i--) {
        int32_t j = p->order[i], at = x->until[i];
        if (x->from[i] >= at)
            continue; /* nothing of it is planned */
        while (x->edge[d] >= at)
            d--;
        if (at == x->edge[d + 1])
            move_end(&r, r.before[d + 1]);
        else if (entered == d)
            move_end(&r, r.before[d] + at - x->edge[d]);
        else
            enter_day(&r, d, at);
        entered = at < x->edge[d + 1] ? d : entered;
        int32_t room = add_to_first(&r, r.place[i] + 1, work[i]);
        if (planned[j] == p->in->tasks[j].work)
            slack[j] = room;
    }
    return ST_OK;
}
