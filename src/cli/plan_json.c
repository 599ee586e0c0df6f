#include "cli/plan_json.h"

#include <stdlib.h>
#include <string.h>
#include <yyjson.h>

#include "plan/revise.h"
#include "plan/sessions.h"

/* Where in the document we are, for messages: "/tasks/3". */
struct place {
    const char *list; /* NULL: the instance itself */
    size_t index;
};

static enum status bad(struct ctx *c, struct place at, const char *name, const char *why)
{
    char pointer[128];
    if (at.list)
        snprintf(pointer, sizeof pointer, "/%s/%zu%s%s", at.list, at.index, *name ? "/" : "", name);
    else
        snprintf(pointer, sizeof pointer, "%s%s", *name ? "/" : "", name);
    return fail(c, ST_INVALID, pointer, "%s", why);
}

/* The members an object may have, in any order: names[i] goes to values[i]. The first `required` of
 * them must be there. */
static enum status members(struct ctx *c, yyjson_val *object, struct place at,
                           const char *const *names, size_t count, size_t required,
                           yyjson_val **values)
{
    if (!yyjson_is_obj(object))
        return bad(c, at, "", "must be an object");
    memset(values, 0, count * sizeof values[0]);
    size_t i, n;
    yyjson_val *key, *value;
    yyjson_obj_foreach(object, i, n, key, value)
    {
        size_t k = 0;
        while (k < count && !yyjson_equals_str(key, names[k]))
            k++;
        if (k == count)
            return bad(c, at, yyjson_get_str(key), "is not a known member");
        if (values[k])
            return bad(c, at, names[k], "stands there twice");
        values[k] = value;
    }
    for (size_t k = 0; k < required; k++)
        if (!values[k])
            return bad(c, at, names[k], "is missing");
    return ST_OK;
}

static bool integer(yyjson_val *value, int64_t least, int64_t most, int64_t *out)
{
    if (!yyjson_is_int(value))
        return false;
    if (yyjson_is_uint(value) && yyjson_get_uint(value) > (uint64_t)INT64_MAX)
        return false;
    *out = yyjson_get_sint(value);
    return *out >= least && *out <= most;
}

static enum status read_int(struct ctx *c, yyjson_val *value, struct place at, const char *name,
                            int32_t least, int32_t most, int32_t *out)
{
    int64_t wide;
    if (!integer(value, least, most, &wide))
        return bad(c, at, name, "must be an integer in its range");
    *out = (int32_t)wide;
    return ST_OK;
}

static enum status read_pair(struct ctx *c, yyjson_val *value, struct place at, const char *name,
                             int32_t out[2])
{
    int64_t a, b;
    if (!yyjson_is_arr(value) || yyjson_arr_size(value) != 2 ||
        !integer(yyjson_arr_get(value, 0), -PLAN_SLOT_LAST, PLAN_SLOT_LAST, &a) ||
        !integer(yyjson_arr_get(value, 1), -PLAN_SLOT_LAST, PLAN_SLOT_LAST, &b))
        return bad(c, at, name, "must be two integers in their range");
    out[0] = (int32_t)a;
    out[1] = (int32_t)b;
    return ST_OK;
}

static enum status read_ratio(struct ctx *c, yyjson_val *value, const char *name,
                              struct plan_ratio *out)
{
    int32_t pair[2];
    enum status s = read_pair(c, value, (struct place){0}, name, pair);
    *out = (struct plan_ratio){s ? 0 : pair[0], s ? 0 : pair[1]};
    return s;
}

static enum status read_windows(struct ctx *c, yyjson_val *list, struct place at,
                                struct plan_span *out, int32_t *count)
{
    size_t i, n;
    yyjson_val *value;
    yyjson_arr_foreach(list, i, n, value)
    {
        int32_t pair[2];
        enum status s = read_pair(c, value, at, "free", pair);
        if (s)
            return s;
        out[(*count)++] = (struct plan_span){pair[0], pair[1]};
    }
    return ST_OK;
}

static enum status read_day(struct ctx *c, yyjson_val *object, struct place at,
                            struct plan_span *windows, int32_t *used, struct plan_day *out)
{
    enum { DATE, BEG, END, FREE, DONE, COUNT };
    static const char *const names[COUNT] = {"date", "beg", "end", "free", "done"};
    yyjson_val *v[COUNT];
    enum status s = members(c, object, at, names, COUNT, COUNT, v);
    if (s)
        return s;
    struct str date = {yyjson_get_str(v[DATE]), yyjson_get_len(v[DATE])};
    if (!yyjson_is_str(v[DATE]) || !date_parse(date, &out->date))
        return bad(c, at, names[DATE], "must be a date such as 2026-11-26");
    if (at.index > 0 && out->date.days <= out[-1].date.days)
        return bad(c, at, names[DATE], "must be later than the day before it");
    s = read_int(c, v[BEG], at, names[BEG], -PLAN_SLOT_LAST, PLAN_SLOT_LAST, &out->beg);
    if (!s)
        s = read_int(c, v[END], at, names[END], -PLAN_SLOT_LAST, PLAN_SLOT_LAST, &out->end);
    if (!s)
        s = read_int(c, v[DONE], at, names[DONE], 0, PLAN_WORK_MAX, &out->done);
    if (s)
        return s;
    if (!yyjson_is_arr(v[FREE]))
        return bad(c, at, names[FREE], "must be a list of windows");
    out->first = *used;
    out->count = (int32_t)yyjson_arr_size(v[FREE]);
    return read_windows(c, v[FREE], at, windows, used);
}

static enum status read_days(struct ctx *c, yyjson_val *list, struct plan_input *in)
{
    if (!yyjson_is_arr(list))
        return fail(c, ST_INVALID, "days", "must be a list");
    size_t n = yyjson_arr_size(list), i, most = 0;
    if (n > PLAN_DAYS_MAX)
        return fail(c, ST_TOO_LARGE, "days", "must be at most %d", PLAN_DAYS_MAX);
    yyjson_val *value;
    yyjson_arr_foreach(list, i, n, value) most += yyjson_arr_size(yyjson_obj_get(value, "free"));
    struct plan_day *days = ARENA_ARRAY(c->arena, struct plan_day, n + 1);
    struct plan_span *windows = ARENA_ARRAY(c->arena, struct plan_span, most + 1);
    if (!days || !windows)
        return fail_memory(c);
    yyjson_arr_foreach(list, i, n, value)
    {
        enum status s =
            read_day(c, value, (struct place){"days", i}, windows, &in->window_count, &days[i]);
        if (s)
            return s;
    }
    in->days = days;
    in->windows = windows;
    in->day_count = (int32_t)n;
    return ST_OK;
}

/* `pre` is left to read_prerequisites, when all ids are known. */
static enum status read_task(struct ctx *c, yyjson_val *object, struct place at, int64_t *id,
                             struct plan_task *out, yyjson_val **pre)
{
    enum { ID, P, DUE, W, REL, PRE, MIN, COUNT };
    static const char *const names[COUNT] = {"id", "p", "due", "w", "rel", "pre", "min"};
    yyjson_val *v[COUNT];
    enum status s = members(c, object, at, names, COUNT, REL, v);
    if (s)
        return s;
    if (!integer(v[ID], INT64_MIN, INT64_MAX, id))
        return bad(c, at, names[ID], "must be an integer");
    s = read_int(c, v[P], at, names[P], 0, PLAN_WORK_MAX, &out->work);
    if (!s)
        s = read_int(c, v[DUE], at, names[DUE], -PLAN_SLOT_LAST, PLAN_SLOT_LAST, &out->due);
    if (!s)
        s = read_int(c, v[W], at, names[W], 1, PLAN_WEIGHT_MAX, &out->weight);
    out->release = -PLAN_SLOT_LAST;
    if (!s && v[REL])
        s = read_int(c, v[REL], at, names[REL], -PLAN_SLOT_LAST, PLAN_SLOT_LAST, &out->release);
    if (!s && v[MIN])
        s = read_int(c, v[MIN], at, names[MIN], 0, PLAN_DAY_SLOTS_MAX, &out->session_min);
    if (!s && v[PRE] && !yyjson_is_arr(v[PRE]))
        s = bad(c, at, names[PRE], "must be a list of ids");
    *pre = v[PRE];
    out->count = (int32_t)yyjson_arr_size(v[PRE]);
    return s;
}

struct named {
    int64_t id;
    int32_t task;
};

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct named *)a)->id, y = ((const struct named *)b)->id;
    return (x > y) - (x < y);
}

static enum status sort_ids(struct ctx *c, const int64_t *ids, size_t n, struct named *sorted)
{
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct named){ids[i], (int32_t)i};
    qsort(sorted, n, sizeof sorted[0], by_id);
    for (size_t i = 1; i < n; i++)
        if (sorted[i].id == sorted[i - 1].id)
            return fail(c, ST_INVALID, "tasks", "two have the id %lld", (long long)sorted[i].id);
    return ST_OK;
}

/* The lists of ids, one after the other, as indexes of tasks. */
static enum status read_prerequisites(struct ctx *c, yyjson_val *const *pre,
                                      struct plan_task *tasks, const struct named *names,
                                      struct plan_input *in)
{
    size_t n = (size_t)in->task_count, most = 0, used = 0;
    for (size_t j = 0; j < n; j++)
        most += yyjson_arr_size(pre[j]);
    if (most > PLAN_PREREQUISITES_MAX)
        return fail(c, ST_TOO_LARGE, "tasks", "may have %d prerequisites", PLAN_PREREQUISITES_MAX);
    int32_t *list = ARENA_ARRAY(c->arena, int32_t, most + 1);
    if (!list)
        return fail_memory(c);
    for (size_t j = 0; j < n; j++) {
        size_t i, count;
        yyjson_val *value;
        tasks[j].first = (int32_t)used;
        yyjson_arr_foreach(pre[j], i, count, value)
        {
            struct named key = {0};
            const struct named *found = NULL;
            if (integer(value, INT64_MIN, INT64_MAX, &key.id))
                found = bsearch(&key, names, n, sizeof names[0], by_id);
            if (!found)
                return bad(c, (struct place){"tasks", j}, "pre", "must be ids of other tasks");
            list[used++] = found->task;
        }
    }
    in->prerequisites = list;
    in->prerequisite_count = (int32_t)used;
    return ST_OK;
}

static enum status read_tasks(struct ctx *c, yyjson_val *list, struct plan_instance *out)
{
    if (!yyjson_is_arr(list))
        return fail(c, ST_INVALID, "tasks", "must be a list");
    size_t n = yyjson_arr_size(list), i;
    if (n > PLAN_TASKS_MAX)
        return fail(c, ST_TOO_LARGE, "tasks", "must be at most %d", PLAN_TASKS_MAX);
    struct plan_task *tasks = ARENA_ARRAY(c->arena, struct plan_task, n + 1);
    struct named *names = ARENA_ARRAY(c->arena, struct named, n + 1);
    yyjson_val **pre = ARENA_ARRAY(c->arena, yyjson_val *, n + 1);
    out->ids = ARENA_ARRAY(c->arena, int64_t, n + 1);
    if (!tasks || !names || !pre || !out->ids)
        return fail_memory(c);
    yyjson_val *value;
    yyjson_arr_foreach(list, i, n, value)
    {
        enum status s =
            read_task(c, value, (struct place){"tasks", i}, &out->ids[i], &tasks[i], &pre[i]);
        if (s)
            return s;
    }
    out->input.tasks = tasks;
    out->input.task_count = (int32_t)n;
    enum status s = sort_ids(c, out->ids, n, names);
    return s ? s : read_prerequisites(c, pre, tasks, names, &out->input);
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static enum status read_objective(struct ctx *c, yyjson_val *value, enum plan_objective *out)
{
    if (yyjson_equals_str(value, "minutes"))
        *out = PLAN_MINUTES;
    else if (yyjson_equals_str(value, "tasks"))
        *out = PLAN_TASKS;
    else
        return fail(c, ST_INVALID, "objective", "must be minutes or tasks");
    return ST_OK;
}

/* {"min"?,"max"?,"day"?,"pause"?,"preferred"?}: how the student likes to work. */
static enum status read_shape(struct ctx *c, yyjson_val *object, struct plan_shape *out)
{
    enum { MIN, MAX, DAY, PAUSE, PREFERRED, COUNT };
    static const char *const names[COUNT] = {"min", "max", "day", "pause", "preferred"};
    const struct place at = {"shape", 0};
    yyjson_val *v[COUNT];
    int32_t *const values[] = {&out->session_min, &out->session_max, &out->day_max, &out->pause};
    enum status s = members(c, object, at, names, COUNT, 0, v);
    for (size_t i = 0; !s && i < PREFERRED; i++)
        if (v[i])
            s = read_int(c, v[i], at, names[i], 0, PLAN_DAY_SLOTS_MAX, values[i]);
    if (s || !v[PREFERRED])
        return s;
    if (!yyjson_is_arr(v[PREFERRED]))
        return bad(c, at, names[PREFERRED], "must be a list of windows");
    struct plan_span *spans =
        ARENA_ARRAY(c->arena, struct plan_span, yyjson_arr_size(v[PREFERRED]) + 1);
    if (!spans)
        return fail_memory(c);
    out->preferred = spans;
    return read_windows(c, v[PREFERRED], at, spans, &out->preferred_count);
}

/* [task, from, until] */
static bool read_block(yyjson_val *value, const struct plan_instance *of, struct plan_block *out)
{
    int64_t v[3];
    bool good = yyjson_is_arr(value) && yyjson_arr_size(value) == 3;
    for (size_t k = 0; good && k < 3; k++)
        good = integer(yyjson_arr_get(value, k), k ? -PLAN_SLOT_LAST : INT64_MIN,
                       k ? PLAN_SLOT_LAST : INT64_MAX, &v[k]);
    *out = (struct plan_block){.task = -1};
    for (int32_t j = 0; good && j < of->input.task_count; j++)
        if (of->ids[j] == v[0])
            *out = (struct plan_block){j, (int32_t)v[1], (int32_t)v[2]};
    return out->task >= 0;
}

/* [[task, from, until], …] */
static enum status read_blocks(struct ctx *c, yyjson_val *list, const char *name,
                               const struct plan_instance *of, struct plan_block **out,
                               int32_t *count)
{
    size_t i, n = yyjson_arr_size(list);
    struct plan_block *blocks = ARENA_ARRAY(c->arena, struct plan_block, n + 1);
    yyjson_val *value;
    if (!blocks)
        return fail_memory(c);
    if (!yyjson_is_arr(list))
        return bad(c, (struct place){0}, name, "must be a list");
    yyjson_arr_foreach(list, i, n, value)
    {
        if (!read_block(value, of, &blocks[i]))
            return bad(c, (struct place){name, i}, "", "must be [task, from, until]");
    }
    *out = blocks;
    *count = (int32_t)n;
    return ST_OK;
}

static enum status read_instance(struct ctx *c, yyjson_val *root, struct plan_instance *out)
{
    enum { TZ, EPOCH, NOW, X, DAYS, TASKS, PACE, AIM, SHAPE, PINS, OLD, MOVE, BUFFER, COUNT };
    static const char *const names[COUNT] = {"tz",       "epoch", "now",       "X",     "days",
                                             "tasks",    "pace",  "objective", "shape", "pins",
                                             "accepted", "move",  "buffer"};
    const struct place top = {0};
    yyjson_val *v[COUNT];
    int64_t epoch;
    enum status s = members(c, root, top, names, COUNT, PACE, v);
    if (s)
        return s;
    if (!yyjson_is_str(v[TZ]))
        return bad(c, top, names[TZ], "must be a zone's name");
    if (!integer(v[EPOCH], INT64_MIN, INT64_MAX, &epoch))
        return bad(c, top, names[EPOCH], "must be an integer");
    out->input.pace = (struct plan_ratio){0, 1};
    s = read_int(c, v[NOW], top, names[NOW], -PLAN_SLOT_LAST, PLAN_SLOT_LAST, &out->input.now);
    if (!s)
        s = read_ratio(c, v[X], names[X], &out->input.limit);
    if (!s && v[PACE])
        s = read_ratio(c, v[PACE], names[PACE], &out->input.pace);
    if (!s && v[AIM])
        s = read_objective(c, v[AIM], &out->input.objective);
    if (!s && v[BUFFER])
        s = read_int(c, v[BUFFER], top, names[BUFFER], 0, PLAN_BUFFER_MAX, &out->input.buffer);
    if (!s && v[SHAPE])
        s = read_shape(c, v[SHAPE], &out->input.shape);
    if (!s)
        s = read_days(c, v[DAYS], &out->input);
    if (!s)
        s = read_tasks(c, v[TASKS], out);
    struct plan_block *pins = NULL;
    if (!s && v[PINS]) {
        s = read_blocks(c, v[PINS], names[PINS], out, &pins, &out->input.pin_count);
        out->input.pins = s ? NULL : pins;
    }
    out->move.task = -1;
    if (!s && v[MOVE] && !read_block(v[MOVE], out, &out->move))
        s = bad(c, top, names[MOVE], "must be [task, from, until]");
    if (!s && v[OLD])
        s = read_blocks(c, v[OLD], names[OLD], out, &out->accepted, &out->accepted_count);
    return s;
}

/* yyjson's memory comes from the arena of the line, and goes with it. */
static void *json_alloc(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void *json_grow(void *arena, void *old, size_t old_size, size_t size)
{
    void *new = size > old_size ? arena_alloc(arena, size) : old;
    if (new && new != old)
        memcpy(new, old, old_size);
    return new;
}

static void json_free(void *arena, void *old)
{
    (void)arena;
    (void)old;
}

enum status plan_instance_read(struct ctx *c, struct str line, struct plan_instance *out)
{
    yyjson_alc memory = {json_alloc, json_grow, json_free, c->arena};
    yyjson_read_err err;
    *out = (struct plan_instance){0};
    yyjson_doc *doc =
        yyjson_read_opts((char *)(uintptr_t)line.data, line.len, YYJSON_READ_NOFLAG, &memory, &err);
    if (!doc && err.code == YYJSON_READ_ERROR_MEMORY_ALLOCATION)
        return fail_memory(c);
    if (!doc)
        return fail(c, ST_INVALID, "", "not JSON: %s at byte %zu", err.msg, err.pos);
    return read_instance(c, yyjson_doc_get_root(doc), out);
}

static void add_pair(struct buf *b, const char *name, struct plan_ratio r)
{
    if (r.den)
        buf_addf(b, "\"%s\":[%d,%d]", name, r.num, r.den);
    else
        buf_addf(b, "\"%s\":null", name);
}

static void add_plan(struct buf *b, const struct plan_instance *of, const struct plan_result *r)
{
    buf_add_text(b, ",\"plan\":[");
    for (int32_t i = 0; i < r->block_count; i++) {
        if (i)
            buf_add_char(b, ',');
        buf_add_char(b, '[');
        buf_add_int(b, of->ids[r->blocks[i].task]);
        buf_add_char(b, ',');
        buf_add_int(b, r->blocks[i].from);
        buf_add_char(b, ',');
        buf_add_int(b, r->blocks[i].until);
        buf_add_char(b, ']');
    }
    buf_add_char(b, ']');
}

static void add_overdue(struct buf *b, const struct plan_instance *of, const struct plan_result *r)
{
    size_t n = (size_t)r->overdue_count;
    int64_t *ids = ARENA_ARRAY(b->arena, int64_t, n + 1);
    buf_add_text(b, ",\"overdue\":[");
    if (!ids) {
        b->overflowed = true;
        return;
    }
    for (size_t i = 0; i < n; i++)
        ids[i] = of->ids[r->overdue[i]];
    qsort(ids, n, sizeof ids[0], by_value);
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_add_char(b, ',');
        buf_add_int(b, ids[i]);
    }
    buf_add_char(b, ']');
}

static void add_repair(struct buf *b, const struct plan_instance *of, const struct plan_repair *r)
{
    static const char *const kinds[] = {[PLAN_RAISE] = "raise",
                                        [PLAN_FREE] = "free",
                                        [PLAN_DROP] = "drop",
                                        [PLAN_SHORTEN] = "shorten",
                                        [PLAN_EXTEND] = "extend"};
    buf_addf(b, "{\"kind\":\"%s\"", kinds[r->kind]);
    if (r->task >= 0)
        buf_addf(b, ",\"task\":%lld", (long long)of->ids[r->task]);
    if (r->day >= 0) {
        char date[DATE_TEXT_LEN];
        date_format(of->input.days[r->day].date, date);
        buf_addf(b, ",\"day\":\"%.*s\"", DATE_TEXT_LEN, date);
    }
    if (r->slots >= 0)
        buf_addf(b, ",\"slots\":%d", r->slots);
    if (r->kind == PLAN_RAISE) {
        buf_add_char(b, ',');
        add_pair(b, "to", r->to);
    }
    if (r->kind == PLAN_EXTEND)
        buf_addf(b, ",\"to\":%d", r->until);
    buf_add_char(b, '}');
}

static void add_elsewhere(struct buf *b, const struct plan_instance *of,
                          const struct plan_elsewhere *e)
{
    buf_addf(b, ",\"elsewhere\":{\"past\":%d,\"taken\":%d,\"outside\":%d,\"early\":%d,\"late\":%d",
             e->misfit.past, e->misfit.taken, e->misfit.outside, e->misfit.early, e->misfit.late);
    buf_addf(b, ",\"over\":%d,\"waits\":%d,\"missed\":%d,\"lacks\":[", e->over, e->waits,
             e->missed);
    for (int32_t i = 0; i < e->lack_count; i++)
        buf_addf(b, "%s[%lld,%d]", i ? "," : "", (long long)of->ids[e->lacks[i].task],
                 e->lacks[i].slots);
    buf_add_text(b, "]}");
}

/* By when what is planned of each task is done at the latest: [[task, slot], …]. */
static void add_buffers(struct buf *b, const struct plan_instance *of, const struct plan_result *r)
{
    const char *comma = "";
    buf_add_text(b, ",\"by\":[");
    for (int32_t j = 0; j < of->input.task_count; j++) {
        const struct plan_task *t = &of->input.tasks[j];
        if (t->work == 0 || t->due <= of->input.now)
            continue;
        buf_addf(b, "%s[%lld,%d]", comma, (long long)of->ids[j], r->by[j]);
        comma = ",";
    }
    buf_add_char(b, ']');
}

void plan_result_write(struct buf *b, const struct plan_instance *of, const struct plan_result *r,
                       const struct plan_check *check, const struct plan_elsewhere *e)
{
    buf_add_char(b, '{');
    add_pair(b, "xmin", r->xmin);
    buf_addf(b, ",\"total\":%d,\"feasible\":%s,\"ontime\":%d,\"wontime\":%lld,\"maxload\":%d",
             r->total, r->feasible ? "true" : "false", r->ontime, (long long)r->wontime,
             r->maxload);
    buf_add_text(b, ",\"loads\":[");
    for (int32_t d = 0; d < of->input.day_count; d++) {
        if (d)
            buf_add_char(b, ',');
        buf_add_int(b, r->days[d].load);
    }
    buf_add_char(b, ']');
    add_overdue(b, of, r);
    add_plan(b, of, r);
    if (r->critical.work > 0)
        buf_addf(b, ",\"critical\":{\"from\":%d,\"until\":%d,\"work\":%d,\"free\":%d}",
                 r->critical.from, r->critical.until, r->critical.work, r->critical.free);
    else
        buf_add_text(b, ",\"critical\":null");
    buf_addf(b, ",\"deficit\":%d,\"deficit_full\":%d,\"repairs\":[", r->deficit, r->deficit_full);
    for (int32_t i = 0; i < r->repair_count; i++) {
        if (i)
            buf_add_char(b, ',');
        add_repair(b, of, &r->repairs[i]);
    }
    buf_addf(b, "],\"gap\":%lld", (long long)r->gap);
    if (of->input.pin_count > 0 || of->move.task >= 0)
        buf_addf(b,
                 ",\"pinned\":{\"slots\":%d,\"late\":%d,\"early\":%d,\"over\":%d,\"outside\":%d,"
                 "\"surplus\":%d}",
                 r->pinned.slots, r->pinned.late, r->pinned.early, r->pinned.over,
                 r->pinned.outside, r->pinned.surplus);
    if (of->accepted)
        buf_addf(b, ",\"holds\":%s,\"moved\":%lld", plan_holds(check) ? "true" : "false",
                 (long long)plan_moved(of->accepted, of->accepted_count, r->blocks, r->block_count,
                                       of->input.now));
    if (sessions_wanted(&of->input))
        buf_addf(b, ",\"friction\":%lld,\"friction_bound\":%lld", (long long)r->friction,
                 (long long)r->friction_bound);
    if (r->by)
        add_buffers(b, of, r);
    if (of->move.task >= 0)
        add_elsewhere(b, of, e);
    buf_add_char(b, '}');
}

void plan_error_write(struct buf *b, const struct ctx *c, int64_t line)
{
    const struct fault *f = &c->faults[0];
    buf_add_text(b, "{\"error\":\"");
    const char *parts[] = {f->pointer, f->pointer[0] ? " " : "", f->detail};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        for (const char *ch = parts[i]; *ch; ch++) {
            if (*ch == '"' || *ch == '\\')
                buf_addf(b, "\\%c", *ch);
            else if ((unsigned char)*ch < 0x20)
                buf_addf(b, "\\u%04x", (unsigned)*ch);
            else
                buf_add_char(b, *ch);
        }
    buf_addf(b, "\",\"line\":%lld}", (long long)line);
}
