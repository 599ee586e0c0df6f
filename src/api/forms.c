#include "api/forms.h"

#include "domain/admins.h"
#include "domain/feeds.h"
#include "domain/tasks.h"
#include "model/attachment.h"
#include "model/task.h"
#include "model/work.h"

static const char *const kinds[] = {"guest", "user", NULL};
static const char *const registrations[] = {"open", "invited", "closed", NULL};
static const char *const fates[] = {"keep", "merge", "discard", NULL};
static const char *const states[] = {"open", "done", NULL};

const struct table empty_table = {
    .name = "empty", .size = sizeof(struct empty), .doc = "An object without fields."};

#define ENTITY struct undelete_form
static const struct field undelete_rows[] = {
    F(deletion, .flags = F_REQUIRED, .doc = "The Idempotency-Key of the request that deleted it."),
};
const struct table undelete_table =
    TABLE("undelete", undelete_rows, .doc = "A deletion to be taken back.");
#undef ENTITY

#define ENTITY struct seen_task
static const struct field seen_task_rows[] = {
    F(id, .flags = F_REQUIRED, .doc = "A task."),
    F(version, .flags = F_REQUIRED, .max = INT64_MAX,
      .doc = "The version of it that was seen; 0: whichever it is."),
};
static const struct table seen_task_table =
    TABLE("seen_task", seen_task_rows, .doc = "A task, as it was seen.");
#undef ENTITY

#define ENTITY struct task_deletion_form
static const struct field task_deletion_rows[] = {
    F(tasks, .flags = F_REQUIRED, .min = 1, .max = TASKS_DELETED_MAX, .of = &seen_task_table,
      .doc = "The tasks."),
};
const struct table task_deletion_table =
    TABLE("task_deletion", task_deletion_rows, .doc = "Tasks to delete at once.");
#undef ENTITY

#define ENTITY struct credentials
static const struct field credentials_rows[] = {
    F(email, .flags = F_REQUIRED, .min = 3, .max = 254, .format = "email", .doc = "The address."),
    F(password, .flags = F_REQUIRED, .min = 8, .max = 128, .doc = "8 to 128 characters."),
    F(invitation, .max = 64, .doc = "The token of an invitation, if one has one."),
};
const struct table credentials_table =
    TABLE("credentials", credentials_rows, .doc = "What one signs up with.");
#undef ENTITY

#define ENTITY struct registration_reply
static const struct field registration_rows[] = {
    F(registration, .choices = registrations,
      .doc = "Who may make an account: anyone, who has an invitation, nobody."),
    F(guests, .doc = "Whether one may begin as a guest."),
};
const struct table registration_table =
    TABLE("registration", registration_rows, .doc = "Who may sign up here.");
#undef ENTITY

#define ENTITY struct invitation_form
static const struct field invitation_form_rows[] = {
    F(note, .max = INVITATION_NOTE_MAX, .doc = "For whom; only administrators see it."),
    F(admin, .doc = "Who uses it becomes an administrator."),
    F(days, .min = 1, .max = INVITATION_DAYS_MAX, .fallback = INVITATION_DAYS,
      .doc = "How long it is good."),
};
const struct table invitation_form_table =
    TABLE("invitation_form", invitation_form_rows, .doc = "An invitation to make.");
#undef ENTITY

#define ENTITY struct invitation_made
static const struct field invitation_made_rows[] = {
    F(id, .doc = "To end it."),
    F(token, .max = 64, .doc = "Told this once: the link is /join#TOKEN."),
    F(note, .max = INVITATION_NOTE_MAX, .doc = "For whom."),
    F(admin, .doc = "Who uses it becomes an administrator."),
    F(expires, .doc = "When it ends if nobody uses it."),
};
const struct table invitation_made_table =
    TABLE("invitation_made", invitation_made_rows, .doc = "An invitation that was made.");
#undef ENTITY

#define ENTITY struct sign_in_form
static const struct field sign_in_rows[] = {
    F(email, .flags = F_REQUIRED, .min = 3, .max = 254, .format = "email", .doc = "The address."),
    F(password, .flags = F_REQUIRED, .min = 8, .max = 128, .doc = "8 to 128 characters."),
    F(guest, .choices = fates,
      .doc = "What becomes of the guest who signs in: keep leaves it, merge brings all it has into "
             "the account, discard erases it."),
};
const struct table sign_in_table =
    TABLE("sign_in", sign_in_rows, .doc = "Signing into an account.");
#undef ENTITY

#define ENTITY struct import_count
static const struct field import_count_rows[] = {
    F(added, .max = INT32_MAX, .doc = "Taken."),
    F(there, .max = INT32_MAX, .doc = "Here already: left as they are."),
    F(deleted, .max = INT32_MAX, .doc = "Deleted here before: not brought back."),
};
static const struct table import_count_table =
    TABLE("import_count", import_count_rows, .doc = "What became of what an archive has.");
#undef ENTITY

#define ENTITY struct import_report
static const struct field import_report_rows[] = {
    F(courses, .of = &import_count_table, .doc = "Courses."),
    F(tasks, .of = &import_count_table, .doc = "Tasks."),
    F(events, .of = &import_count_table, .doc = "Events."),
    F(work, .of = &import_count_table, .doc = "Entries of the work log."),
    F(calendars, .of = &import_count_table, .doc = "Calendars of others, with what is in them."),
    F(files, .of = &import_count_table, .doc = "Files of tasks."),
    F(files_missing, .max = INT32_MAX,
      .doc = "Files that the archive speaks of and does not hold."),
    F(settings, .doc = "Whether the settings were taken: only by an account that was empty."),
    F(availability, .doc = "Whether the free hours were taken: the same."),
};
const struct table import_report_table =
    TABLE("import_report", import_report_rows, .doc = "What an import took.");
#undef ENTITY

#define ENTITY struct lost_file
static const struct field lost_file_rows[] = {
    F(id, .doc = "The attachment."),
    F(task_id, .doc = "The task it belongs to."),
    F(name, .max = 200, .doc = "Its name."),
};
static const struct table lost_file_table =
    TABLE("lost_file", lost_file_rows, .doc = "A file that is missing or damaged.");
#undef ENTITY

#define ENTITY struct export_check
static const struct field export_check_rows[] = {
    F(files, .max = INT32_MAX, .doc = "Files that can be read."),
    F(bytes, .max = INT64_MAX, .doc = "Of these, together."),
    F(missing, .max = ATTACHMENTS_MAX, .of = &lost_file_table,
      .doc = "Files that are missing or damaged: an export goes without them."),
};
const struct table export_check_table =
    TABLE("export_check", export_check_rows, .doc = "What an export will have of files.");
#undef ENTITY

#define ENTITY struct me_patch
static const struct field me_patch_rows[] = {
    F(email, .min = 3, .max = 254, .format = "email", .doc = "A new address."),
    F(password, .min = 8, .max = 128, .doc = "A new password; ends all other sessions."),
    F(current_password, .flags = F_REQUIRED, .min = 1, .max = 128, .doc = "The present password."),
};
const struct table me_patch_table =
    TABLE("me_patch", me_patch_rows, .doc = "A change of address or password.");
#undef ENTITY

#define ENTITY struct usage
static const struct field usage_rows[] = {
    F(used, .max = INT64_MAX, .doc = "How many there are."),
    F(limit, .max = INT64_MAX, .doc = "How many there may be."),
};
static const struct table usage_table = TABLE("usage", usage_rows, .doc = "Use of a quota.");
#undef ENTITY

#define ENTITY struct quota
static const struct field quota_rows[] = {
    F(tasks, .of = &usage_table, .doc = "Tasks, in all states."),
    F(events, .of = &usage_table, .doc = "Events; a repetition is one."),
    F(attachments, .of = &usage_table, .doc = "Attachments, without the trash."),
    F(bytes, .of = &usage_table, .doc = "Bytes of all attachments, without the trash."),
};
static const struct table quota_table = TABLE("quota", quota_rows, .doc = "Limits of an account.");
#undef ENTITY

#define ENTITY struct me
static const struct field me_rows[] = {
    F(id, .doc = "The account's id."),
    F(kind, .choices = kinds, .doc = "guest: lives with this browser's session; user: signs in."),
    F(email, .flags = F_NULLABLE, .max = 254, .doc = "Null for a guest."),
    F(created, .doc = "When the account was made."),
    F(expires, .flags = F_NULLABLE, .doc = "When a guest that is not used is removed."),
    F(admin, .doc = "Whether this is an administrator."),
    F(rev, .max = INT64_MAX, .doc = "The desk's revision."),
    F(quota, .of = &quota_table, .doc = "What may be stored."),
};
const struct table me_table = TABLE("me", me_rows, .doc = "Who is signed in.");
#undef ENTITY

#define ENTITY struct completion_form
static const struct field completion_rows[] = {
    F(ids, .flags = F_REQUIRED, .min = 1, .max = 200, .doc = "The tasks."),
    F(state, .choices = states, .fallback = TASK_DONE, .doc = "done, or open to take it back."),
};
const struct table completion_table =
    TABLE("completion", completion_rows, .doc = "Tasks to complete at once.");
#undef ENTITY

#define ENTITY struct marking_form
static const struct field marking_rows[] = {
    F(ids, .flags = F_REQUIRED, .min = 1, .max = NOTIFICATION_MARKED_MAX,
      .doc = "The notifications."),
    F(state, .flags = F_REQUIRED, .choices = notification_states,
      .doc = "read, dismissed (it is not shown any more), or unread to take either back."),
};
const struct table marking_table =
    TABLE("marking", marking_rows, .doc = "What was done with notifications.");
#undef ENTITY

#define ENTITY struct split_form
static const struct field split_rows[] = {
    F(date, .flags = F_REQUIRED, .doc = "The occurrence with which the new event begins."),
};
const struct table split_table = TABLE("split", split_rows, .doc = "A repetition to cut in two.");
#undef ENTITY

#define ENTITY struct calendar_link_reply
static const struct field calendar_link_reply_rows[] = {
    F(id, .doc = "Its id."),
    F(path, .max = 100, .doc = "Where the calendar is, on this server: a secret."),
    F(created, .doc = "When it was made."),
    F(version, .max = INT64_MAX, .doc = "Its ETag."),
};
const struct table calendar_link_reply_table =
    TABLE("calendar_address", calendar_link_reply_rows, .doc = "A secret link to the plan.");
#undef ENTITY

#define ENTITY struct link_form
static const struct field link_rows[] = {
    F(url, .flags = F_REQUIRED, .min = 1, .max = FEED_URL_MAX,
      .doc = "https, http or webcal; it is kept secret and never shown again."),
    F(name, .max = 80, .doc = "What it is called; as the calendar names itself if not given."),
};
const struct table link_table = TABLE("link", link_rows, .doc = "A link to a calendar.");
#undef ENTITY

#define ENTITY struct feed_choice
static const struct field feed_choice_rows[] = {
    F(id, .flags = F_REQUIRED, .doc = "An item."),
    F(estimate_min, .flags = F_NULLABLE, .min = 1, .max = TASK_MINUTES_MAX, .fallback = I32_NONE,
      .doc = "Minutes of work of a new task; as suggested when null or not given."),
    F(course_id, .flags = F_NULLABLE,
      .doc = "Its course; null or not given: the one that the calendar names, which is made if "
             "there is none."),
};
static const struct table feed_choice_table =
    TABLE("feed_choice", feed_choice_rows, .doc = "An item to take.");
#undef ENTITY

#define ENTITY struct feed_review_form
static const struct field feed_review_rows[] = {
    F(take, .max = FEED_TAKEN_AT_ONCE, .of = &feed_choice_table,
      .doc = "New ones become tasks and events, changed ones are followed, those removed or "
             "cancelled go here too."),
    F(leave, .max = FEED_TAKEN_AT_ONCE,
      .doc = "New ones are not asked about again; what was taken stays as it is."),
    F(reopen, .max = FEED_TAKEN_AT_ONCE,
      .doc = "What was taken or left is new again, to be decided anew. The task or event goes, and "
             "a course that was made for it and has nothing else."),
};
const struct table feed_review_table =
    TABLE("feed_review", feed_review_rows, .doc = "What becomes of things in a calendar.");
#undef ENTITY

#define ENTITY struct feed_undo_form
static const struct field feed_undo_rows[] = {
    F(review, .flags = F_REQUIRED, .doc = "The Idempotency-Key of the request that decided."),
};
const struct table feed_undo_table =
    TABLE("feed_undo", feed_undo_rows, .doc = "A review to be taken back.");
#undef ENTITY

#define ENTITY struct acceptance_form
static const struct field acceptance_rows[] = {
    F(pace, .min = 0, .max = 1, .doc = "Becomes the settings' pace."),
    F(limit, .min = 0, .max = 1, .doc = "Becomes the settings' limit."),
    F(tidy, .doc = "Takes the plan of fewer, longer blocks that `/schedule/tidy` tells; not with "
                   "another pace or limit, which make a plan from nothing anyhow."),
};
const struct table acceptance_table =
    TABLE("acceptance", acceptance_rows, .doc = "Accepts a new plan.");
#undef ENTITY

#define ENTITY struct timer_start_form
static const struct field timer_start_rows[] = {
    F(task_id, .flags = F_REQUIRED, .doc = "An open task."),
    F(focus_min, .max = WORK_FOCUS_MAX, .doc = "Minutes to focus; 0: no focus timer."),
    F(break_min, .max = WORK_BREAK_MAX, .doc = "Minutes of the break after it."),
};
const struct table timer_start_table =
    TABLE("timer_start", timer_start_rows, .doc = "Starts the timer.");
#undef ENTITY

#define ENTITY struct timer_stop_form
static const struct field timer_stop_rows[] = {
    F(minutes, .flags = F_NULLABLE, .max = WORK_MINUTES_MAX,
      .doc = "So much of the stretch was work; all of it when null or not given."),
};
const struct table timer_stop_table =
    TABLE("timer_stop", timer_stop_rows, .doc = "Ends a stretch of the timer.");
#undef ENTITY

#define ENTITY struct timer_state
static const struct field timer_state_rows[] = {
    F(now, .doc = "The server's time."),
    F(forgotten_min, .flags = F_NULLABLE, .max = WORK_MINUTES_MAX,
      .doc = "A stretch longer than so many minutes is not logged without saying how many."),
    F(work, .flags = F_NULLABLE, .of = &work_entry_table, .doc = "The timer; null: none."),
};
const struct table timer_state_table = TABLE("timer", timer_state_rows, .doc = "The timer, now.");
