#include "api/plan_ics.h"

#include "codec/ics.h"

/* "Due: Sheet 5": other calendars show nothing but the words. */
static struct str due_words(struct buf *b, const struct desk *desk, struct str title)
{
    struct buf words;
    buf_init(&words, b->arena, title.len + 16, title.len + 16);
    buf_add_text(&words, desk->settings.language == LANGUAGE_DE ? "Fällig: " : "Due: ");
    buf_add_str(&words, title);
    b->overflowed |= words.overflowed;
    return words.overflowed ? title : buf_str(&words);
}

void plan_ics_write(struct buf *b, const struct desk *desk, struct instant now)
{
    const struct study_block *blocks = desk->plan.blocks.items;
    ics_begin(b);
    for (int32_t i = 0; i < desk->plan.blocks.count; i++) {
        const struct task *task = desk_task(desk, blocks[i].task_id);
        if (!task)
            continue;
        const struct ics_event event = {task->id,        blocks[i].start.ms / 1000,
                                        blocks[i].start, blocks[i].end,
                                        task->title,     "STUDY"};
        ics_write(b, &event, now);
    }
    for (int32_t i = 0; i < desk->task_count; i++) {
        const struct task *task = &desk->tasks[i];
        if (task->state != TASK_OPEN)
            continue;
        const struct ics_event event = {
            task->id, 0, task->due, INSTANT_NONE, due_words(b, desk, task->title), "DUE"};
        ics_write(b, &event, now);
    }
    ics_end(b);
}
