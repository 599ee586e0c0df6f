#include "model/schedule.h"

#include "model/plan.h"

enum {
    MANY = 1000000 /* no list of a schedule is longer: slots of a century */
};

static const char *const reasons[] = {"unfinished", "tight", "deadline", "pace", "kept", NULL};
static const char *const repairs[] = {"raise", "free", "drop", "shorten", "extend", NULL};

#define ENTITY struct schedule_reason
static const struct field reason_rows[] = {
    F(code, .choices = reasons,
      .doc = "unfinished: the task cannot be finished on time. tight: moved later, something is "
             "late. deadline: due dates demand more than the pace on that day. pace: the day works "
             "at its pace, earliest due first. kept: a block that had begun."),
    F(until, .flags = F_NULLABLE, .doc = "When its task is due."),
    F(minutes, .flags = F_NULLABLE, .min = 0, .max = INT32_MAX,
      .doc = "Slack: so much later, and nothing more is late."),
    F(capacity_min, .max = INT32_MAX, .doc = "What that day may hold at the limit."),
    F(load_min, .max = INT32_MAX, .doc = "What the plan puts on that day."),
};
static const struct table reason_table =
    TABLE("schedule_reason", reason_rows, .doc = "Why a block is where it is.");
#undef ENTITY

#define ENTITY struct schedule_block
static const struct field block_rows[] = {
    F(task_id, .doc = "What is worked on."),
    F(start, .doc = "From."),
    F(end, .doc = "Until."),
    F(unfinished, .doc = "Its task will not be finished on time."),
    F(reason, .of = &reason_table, .doc = "Why here."),
};
static const struct table block_table =
    TABLE("schedule_block", block_rows, .doc = "A stretch of work on one task.");
#undef ENTITY

#define ENTITY struct schedule_window
static const struct field window_rows[] = {
    F(start, .doc = "From."),
    F(end, .doc = "Until."),
};
static const struct table window_table =
    TABLE("schedule_window", window_rows, .doc = "A stretch of free time.");
#undef ENTITY

#define ENTITY struct schedule_day
static const struct field day_rows[] = {
    F(date, .doc = "The local date."),
    F(free_min, .max = INT32_MAX, .doc = "Free time of the whole day."),
    F(capacity_min, .max = INT32_MAX, .doc = "What may still be used of it at the limit."),
    F(load_min, .max = INT32_MAX, .doc = "What the plan uses."),
    F(windows, .max = MANY, .of = &window_table, .doc = "The free time."),
    F(done_min, .max = DAY_MINUTES * 2,
      .doc = "Logged on this day in whole five minutes; capacity_min is less by that."),
};
static const struct table day_table = TABLE("schedule_day", day_rows, .doc = "One local date.");
#undef ENTITY

#define ENTITY struct schedule_intensity
static const struct field intensity_rows[] = {
    F(num, .max = INT32_MAX, .doc = "Numerator, in lowest terms."),
    F(den, .max = INT32_MAX, .doc = "Denominator."),
    F(percent, .max = 100, .doc = "The same, rounded up."),
};
static const struct table intensity_table = TABLE(
    "schedule_intensity", intensity_rows, .doc = "The least share of free time that suffices.");
#undef ENTITY

#define ENTITY struct schedule_critical
static const struct field critical_rows[] = {
    F(from, .doc = "Beginning of the stretch."),
    F(until, .doc = "The due time that decides."),
    F(work_min, .max = INT32_MAX, .doc = "Work due in it."),
    F(free_min, .max = INT32_MAX, .doc = "Time that can be used in it at that intensity."),
};
static const struct table critical_table =
    TABLE("schedule_critical", critical_rows, .doc = "The stretch that decides.");
#undef ENTITY

#define ENTITY struct schedule_task
static const struct field task_rows[] = {
    F(task_id, .doc = "The task."),
    F(remaining_min, .max = INT32_MAX,
      .doc = "Work left; where the plan counts with more or less "
             "than typed (`factors`), what it counts."),
    F(planned_min, .max = INT32_MAX, .doc = "How much of it the plan holds."),
    F(due, .doc = "When it is due."),
};
static const struct table task_row_table =
    TABLE("schedule_task", task_rows, .doc = "A task that is not finished on time.");
#undef ENTITY

#define ENTITY struct schedule_buffer
static const struct field buffer_rows[] = {
    F(task_id, .doc = "The task."),
    F(end, .doc = "When its last block ends."),
    F(due, .doc = "When it is due; that is kept."),
    F(broken_min, .max = INT32_MAX, .doc = "So much less before it than `buffer_min` asks for."),
};
static const struct table buffer_table =
    TABLE("schedule_buffer", buffer_rows,
          .doc = "A task that is finished on time, and later than its buffer.");
#undef ENTITY

#define ENTITY struct schedule_repair
static const struct field repair_rows[] = {
    F(kind, .choices = repairs, .doc = "What to do."),
    F(task_id, .flags = F_NULLABLE, .doc = "drop, shorten, extend: the task."),
    F(date, .flags = F_NULLABLE, .doc = "free: the day."),
    F(minutes, .flags = F_NULLABLE, .max = INT32_MAX,
      .doc = "free: how much more; drop: how much less; shorten: how much less remains, as typed."),
    F(to, .flags = F_NULLABLE, .min = 0, .max = 1, .doc = "raise: the limit that suffices."),
    F(until, .flags = F_NULLABLE,
      .doc = "extend: the new due time; free: the time must lie before it."),
};
static const struct table repair_table =
    TABLE("schedule_repair", repair_rows,
          .doc = "One change with which everything fits; one slot less and it does not.");
#undef ENTITY

#define ENTITY struct schedule_proposal
static const struct field proposal_rows[] = {
    F(blocks, .max = MANY, .of = &block_table, .doc = "The plan made anew."),
    F(moved_min, .max = INT32_MAX, .doc = "Minutes that lie elsewhere than in the accepted plan."),
};
static const struct table proposal_table =
    TABLE("schedule_proposal", proposal_rows, .doc = "A new plan to accept.");
#undef ENTITY

#define ENTITY struct schedule_timed
static const struct field timed_rows[] = {
    F(task_id, .doc = "What the timer runs on."),
    F(minutes, .max = INT32_MAX, .doc = "Of its blocks that ended meanwhile."),
};
static const struct table timed_table =
    TABLE("schedule_timed", timed_rows,
          .doc = "Work under way that is not logged yet and counts as done in the plan.");
#undef ENTITY

#define ENTITY struct schedule_factor
static const struct field factor_rows[] = {
    F(course_id, .flags = F_NULLABLE, .doc = "The course; null: tasks without one."),
    F(percent, .max = INT32_MAX, .doc = "Of the estimate."),
};
static const struct table factor_table =
    TABLE("schedule_factor", factor_rows,
          .doc = "What the plan takes a course's tasks to need, where that is not as typed.");
#undef ENTITY

#define ENTITY struct schedule_certificate
static const struct field certificate_rows[] = {
    F(feasible, .doc = "Every task that is not overdue can be on time."),
    F(work_min, .max = INT32_MAX, .doc = "Work that is not overdue."),
    F(ontime_min, .max = INT32_MAX, .doc = "How much of it is planned before it is due."),
    F(bound_min, .max = INT32_MAX, .doc = "No plan can have more on time."),
    F(gap_min, .max = INT32_MAX, .doc = "bound − ontime; 0: proved best."),
    F(capacity_min, .max = INT32_MAX, .doc = "Time of all days at the limit."),
    F(until, .flags = F_NULLABLE, .doc = "The last due time considered."),
};
static const struct table certificate_table =
    TABLE("schedule_certificate", certificate_rows, .doc = "How good the plan is, and the proof.");
#undef ENTITY

#define ENTITY struct schedule
static const struct field rows[] = {
    F(now, .doc = "The time it is judged at."),
    F(zone, .min = 1, .max = 64, .doc = "The zone of dates."),
    F(rev, .max = INT64_MAX, .doc = "The desk's revision."),
    F(accepted, .doc = "The blocks are those of the accepted plan, and it still holds."),
    F(blocks, .max = MANY, .of = &block_table, .doc = "By start; they do not overlap."),
    F(days, .max = MANY, .of = &day_table, .doc = "From today on."),
    F(minimum_intensity, .flags = F_NULLABLE, .of = &intensity_table,
      .doc = "Null when it does not fit even with all free time."),
    F(pace, .min = 0, .max = 1, .doc = "The pace planned with."),
    F(limit, .min = 0, .max = 1, .doc = "The limit planned with."),
    F(score, .flags = F_NULLABLE, .min = 0, .max = 100, .doc = "100 · (1 − minimum intensity)."),
    F(critical, .flags = F_NULLABLE, .of = &critical_table, .doc = "Why not less, or why not."),
    F(short_min, .max = INT32_MAX, .doc = "Minutes that do not fit at the limit."),
    F(unfinished, .max = MANY, .of = &task_row_table, .doc = "Tasks that will not be finished."),
    F(overdue, .max = MANY, .of = &task_row_table, .doc = "Tasks whose due time has passed."),
    F(buffers, .max = MANY, .of = &buffer_table,
      .doc =
          "Tasks for which the buffer of the settings could not be kept, though the due time is."),
    F(repairs, .max = MANY, .of = &repair_table, .doc = "Each is enough by itself."),
    F(missed, .max = MANY, .of = &study_block_table, .doc = "Accepted blocks that passed undone."),
    F(proposal, .flags = F_NULLABLE, .of = &proposal_table,
      .doc = "A new plan, when the accepted one no longer holds."),
    F(certificate, .of = &certificate_table, .doc = "How good the plan is."),
    F(timed, .flags = F_NULLABLE, .of = &timed_table, .doc = "What the running timer did."),
    F(factors, .max = MANY, .of = &factor_table,
      .doc = "What is counted otherwise than typed, by the setting `estimates`: a task takes so "
             "much of its estimate, less what was worked. Courses that are not listed: as typed."),
};
const struct table schedule_table = TABLE("schedule", rows, .doc = "The plan, judged now.");
#undef ENTITY

#define ENTITY struct tidy
static const struct field tidy_rows[] = {
    F(blocks, .max = MANY, .doc = "How many blocks the accepted plan has ahead."),
    F(then, .max = MANY, .doc = "How many a plan from nothing would have."),
    F(moved_min, .max = INT32_MAX, .doc = "Minutes that would lie elsewhere."),
    F(schedule, .flags = F_NULLABLE, .of = &schedule_table,
      .doc = "That plan, a preview; null when it has not clearly fewer: four, and a fifth."),
};
const struct table tidy_table =
    TABLE("tidy", tidy_rows, .doc = "Whether there could be fewer, longer blocks.");
#undef ENTITY
