/*
 * Fuzzes the lines that `studybunny plan` reads. What is taken and small is planned, and the
 * result, like every refusal, is written as text that can be shown. Run by tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "cli/plan_json.h"
#include "plan/revise.h"

enum { FEW = 30 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static bool is_small(const struct plan_input *in)
{
    return in->task_count <= FEW && in->day_count <= FEW && in->shape.session_min == 0 &&
           in->shape.session_max == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena arena;
    struct plan_instance instance;
    struct plan_result result;
    struct plan_check check;
    struct plan_elsewhere elsewhere;
    struct buf b;
    if (arena.cap == 0)
        arena_init(&arena, (size_t)1 << 25);
    arena_reset(&arena);
    struct ctx c = {.arena = &arena};
    enum status st = plan_instance_read(&c, (struct str){(const char *)bytes, len}, &instance);
    assert(st == ST_OK || st == ST_INVALID || st == ST_TOO_LARGE || st == ST_UNAVAILABLE);
    if (st == ST_OK && !is_small(&instance.input))
        return 0;
    if (st == ST_OK && instance.accepted)
        st = plan_revise(&c, &arena, &instance.input, instance.accepted, instance.accepted_count,
                         PLAN_KEEP_ALL, &check, &result);
    else if (st == ST_OK)
        st = plan_solve(&c, &arena, &instance.input, &result);
    if (st == ST_OK && instance.move.task >= 0) {
        st = plan_elsewhere(&c, &arena, &instance.input, &result, instance.move, &elsewhere);
        result = elsewhere.plan;
    }
    assert((st == ST_OK) == (c.fault_count == 0));
    buf_init(&b, &arena, 1024, (size_t)1 << 20);
    if (st == ST_OK)
        plan_result_write(&b, &instance, &result, &check, &elsewhere);
    else
        plan_error_write(&b, &c, 1);
    assert(b.overflowed || utf8_valid(buf_str(&b)));
    return 0;
}
