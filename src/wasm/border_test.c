#include "wasm/border.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "plan/revise.h"
#include "wasm/layout.h"

static void every_word_has_one_row(void **state)
{
    (void)state;
    for (int r = 0; border_records[r]; r++) {
        const struct border_record *record = border_records[r];
        assert_int_equal(record->count, record->words);
        for (int32_t i = 0; i < record->count; i++)
            assert_int_equal(record->rows[i].place, i);
    }
}

static void the_layout_names_them(void **state)
{
    (void)state;
    const char *text = border_layout();
    assert_true(strlen(text) + 1 < BORDER_LAYOUT_MAX);
    assert_true(strncmp(text, "question 21\n now 0\n in_slot 1\n", 30) == 0);
    assert_non_null(strstr(text, "\nday 7\n date 0\n beg 1\n"));
    assert_string_equal(border_layout(), text);
}

#define WORD_OF(member) (offsetof(struct border_question, member) / sizeof(int32_t))

/* The head, then days, windows, tasks, blocks. */
static const int32_t head[] = {50, 0, 1, 1, 1, 2, PLAN_TASKS, 0, 0, 0, 0,
                               0,  0, 2, 3, 2, 0, 0,          0, 3, 0};
static const struct plan_day days[] = {{{0}, 0, 288, 0, 2, 0, 0}, {{1}, 288, 576, 2, 1, 0, 0}};
static const struct plan_span windows[] = {{100, 110}, {200, 210}, {400, 420}};
static const struct plan_task tasks[] = {{.work = 12, .due = 288, .weight = 3},
                                         {.work = 6, .due = 576, .weight = 5}};
static const struct plan_block blocks[] = {{0, 100, 110}, {0, 200, 202}, {1, 400, 406}};

enum {
    WORDS = (sizeof head + sizeof days + sizeof windows + sizeof tasks + sizeof blocks) /
            sizeof(int32_t)
};

static void ask_in(int32_t now, int32_t in_slot)
{
    int32_t *room = border_room(WORDS);
    assert_non_null(room);
    const void *parts[] = {head, days, windows, tasks, blocks};
    const size_t sizes[] = {sizeof head, sizeof days, sizeof windows, sizeof tasks, sizeof blocks};
    int32_t *at = room;
    for (size_t i = 0; i < 5; i++) {
        memcpy(at, parts[i], sizes[i]);
        at += sizes[i] / sizeof(int32_t);
    }
    room[WORD_OF(now)] = now;
    room[WORD_OF(in_slot)] = in_slot;
}

static void ask(int32_t now)
{
    ask_in(now, 0);
}

static void a_plan_comes_back_whole(void **state)
{
    (void)state;
    ask(50);
    const struct border_answer *a = (const void *)border_solve();
    assert_int_equal(a->status, ST_OK);
    assert_int_equal(a->flaw, PLAN_SOUND);
    assert_true(a->feasible);
    assert_int_equal(a->total, 18);
    assert_int_equal(a->wontime_low, 12 * 3 + 6 * 5);
    assert_int_equal(a->wontime_high, 0);
    assert_int_equal(a->blocks, 3);
    assert_int_equal(a->reasons, 3);
    assert_int_equal(a->loads, 2);
    assert_int_equal(a->planned, 2);
    assert_int_equal(a->repairs, 0);
    const int32_t *at = (const int32_t *)(a + 1);
    assert_memory_equal(at, blocks, sizeof blocks);
    const struct plan_reason *why = (const void *)(at + 9);
    assert_int_equal(why[2].day, 1);
    const struct plan_day_load *loads = (const void *)(why + 3);
    assert_int_equal(loads[0].load, 12);
    const int32_t *planned = (const int32_t *)(loads + 2);
    assert_int_equal(planned[0], 12);
    assert_int_equal(planned[1], 6);
    assert_string_equal(border_problem(), "");
}

static void a_block_that_began_is_credited(void **state)
{
    (void)state;
    ask(104);
    const struct border_answer *a = (const void *)border_solve();
    assert_int_equal(a->status, ST_OK);
    assert_int_equal(a->total, 14);
}

/* Its last slot has begun: it is not missed. */
static void a_block_that_ends_is_under_way(void **state)
{
    (void)state;
    ask(110);
    const struct border_answer *a = (const void *)border_solve();
    assert_int_equal(a->missed, 1);
    ask_in(110, 1);
    a = (const void *)border_solve();
    assert_int_equal(a->missed, 0);
    assert_int_equal(a->ahead, 0);
}

static void a_block_that_was_missed_is_named(void **state)
{
    (void)state;
    ask(150);
    const struct border_answer *a = (const void *)border_solve();
    assert_int_equal(a->missed, 1);
    const int32_t *missed = (const int32_t *)(a + 1) + a->blocks * 3 + a->reasons * 5 +
                            a->loads * 6 + a->planned + a->slack + a->overdue;
    assert_int_equal(missed[0], 0);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    ask(50);
    border_room(WORDS)[(sizeof head + sizeof days + sizeof windows) / sizeof(int32_t)] =
        -1; /* the first task's work */
    assert_int_equal(((const struct border_answer *)(const void *)border_solve())->status,
                     ST_INVALID);
    assert_string_equal(border_problem(), "/tasks/0/work: is out of range");
}

/* As good as the plan from nothing, so it stays when all is to be kept. */
static void a_plan_that_holds_is_kept(void **state)
{
    (void)state;
    const struct plan_block later[] = {{0, 100, 110}, {0, 208, 210}, {1, 414, 420}};
    for (int32_t keep = 0; keep <= PLAN_KEEP_ALL + 1; keep += PLAN_KEEP_ALL + 1) {
        ask(50);
        memcpy(border_room(WORDS) + WORDS - 9, later, sizeof later);
        border_room(WORDS)[WORD_OF(keep)] = keep;
        const struct border_answer *a = (const void *)border_solve();
        assert_int_equal(a->flaw, PLAN_SOUND);
        assert_int_equal(a->blocks, 3);
        assert_memory_equal(a + 1, keep ? later : blocks, sizeof later);
    }
}

static void a_question_cut_short_is_refused(void **state)
{
    (void)state;
    for (int32_t words = 0; words < WORDS; words++) {
        ask(50);
        border_room(words);
        assert_int_equal(((const struct border_answer *)(const void *)border_solve())->status,
                         ST_INVALID);
    }
    ask(50);
    border_room(WORDS)[WORD_OF(days)] = -1;
    assert_int_equal(((const struct border_answer *)(const void *)border_solve())->status,
                     ST_INVALID);
    border_room(WORDS)[WORD_OF(blocks)] = INT32_MAX;
    assert_int_equal(((const struct border_answer *)(const void *)border_solve())->status,
                     ST_INVALID);
    assert_null(border_room(-1));
    assert_null(border_room(BORDER_WORDS_MAX + 1));
}

/* 2026-10-25 in Berlin has 25 hours: 02:00–04:00 lasts three of them, less half an hour that is
 * taken. Seconds and milliseconds need both words. */
static void free_hours_are_expanded(void **state)
{
    (void)state;
    const int64_t change_s = 1792890000, busy_ms = 1792890000000;
    const int32_t question[] = {
        20751, /* 2026-10-25 */
        2,
        7200,
        0,
        0,
        1,
        2,
        1,
        1,
        1,
        (int32_t)(uint32_t)change_s,
        (int32_t)(change_s >> 32),
        3600,
        7,
        120,
        240,
        1,
        600,
        720,
        (int32_t)(uint32_t)busy_ms,
        (int32_t)(busy_ms >> 32),
        (int32_t)(uint32_t)(busy_ms + 1800000),
        (int32_t)((busy_ms + 1800000) >> 32),
        20752, /* a Monday with another hour */
        0,
        1,
        0,
        900,
        960,
    };
    memcpy(border_room(sizeof question / sizeof(int32_t)), question, sizeof question);
    const struct border_calendar *c = (const void *)border_expand();
    assert_int_equal(c->status, ST_OK);
    assert_int_equal(c->days, 2);
    assert_int_equal(c->windows, 3);
    const struct plan_day *day = (const void *)(c + 1);
    assert_int_equal(day[0].end - day[0].beg, 300);
    assert_int_equal(day[0].count, 2);
    assert_int_equal(day[1].first, 2);
    const struct plan_span *window = (const void *)(day + 2);
    assert_int_equal(window[0].until - window[0].from, 12);
    assert_int_equal(window[1].until - window[1].from, 18);
    assert_int_equal(window[1].from - window[0].until, 6);
    assert_int_equal(window[2].until - window[2].from, 12);
    assert_int_equal(window[2].from - day[1].beg, 180);

    border_room(sizeof question / sizeof(int32_t))[13] = 8;
    assert_int_equal(((const struct border_calendar *)(const void *)border_expand())->status,
                     ST_INVALID);
    assert_string_equal(border_problem(), "/week/0: has no weekday from 1 to 7");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_has_one_row),
        cmocka_unit_test(the_layout_names_them),
        cmocka_unit_test(a_plan_comes_back_whole),
        cmocka_unit_test(a_block_that_began_is_credited),
        cmocka_unit_test(a_block_that_ends_is_under_way),
        cmocka_unit_test(a_block_that_was_missed_is_named),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(a_plan_that_holds_is_kept),
        cmocka_unit_test(a_question_cut_short_is_refused),
        cmocka_unit_test(free_hours_are_expanded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
