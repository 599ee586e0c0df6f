#include "cli/regular.h"

#include "base/pool.h"
#include "domain/attachments.h"
#include "jobs/feeds.h"
#include "jobs/guests.h"
#include "jobs/jobs.h"

enum {
    SNAPSHOT_LOOK_MS = MINUTE_MS,
    FIRST_LOOK_MS = 5000,
    GUESTS_LOOK_MS = 10 * MINUTE_MS,
    MEDIA_LOOK_MS = 60 * MINUTE_MS,
    FEEDS_LOOK_MS = 1000
};

struct regular {
    struct wire *wire;
    const struct config *config;
    struct log *log;
    struct guest_sweep guests;
    struct feed_round feeds;
    struct jobs *jobs;
    struct jobs *links; /* apart: others may take long to answer */
};

/* Takes a snapshot when the newest is old enough; looks often, so that a machine that sleeps at
 * night has one soon after it wakes. */
static enum status take_snapshot(void *self, struct ctx *c)
{
    struct regular *r = self;
    struct snapshots *s = wire_snapshots(r->wire);
    int64_t hours = config_number(r->config, SET_SNAPSHOT_HOURS);
    int64_t age;
    int32_t removed;
    struct snapshot_entry entry;
    struct snapshot_content content;
    enum status st = snapshots_age(c, s, &age);
    if (st != ST_OK || hours == 0 || (age >= 0 && age < hours * 60 * MINUTE_MS))
        return st;
    st = snapshots_take(c, s, NULL, &entry, &content);
    if (st == ST_OK)
        st = snapshots_thin(c, s, (int32_t)config_number(r->config, SET_SNAPSHOT_DAYS), &removed);
    if (st == ST_OK)
        log_event(r->log, LOG_INFO, "snapshot", LOG_TEXT("name", entry.name),
                  LOG_INT("bytes", entry.bytes), LOG_INT("accounts", content.users),
                  LOG_INT("files", content.files), LOG_INT("file_bytes", content.file_bytes),
                  LOG_INT("removed", removed));
    if (st == ST_OK && content.files_missing + content.files_damaged > 0)
        log_event(r->log, LOG_WARN, "snapshot_without_files", LOG_TEXT("name", entry.name),
                  LOG_INT("missing", content.files_missing),
                  LOG_INT("damaged", content.files_damaged));
    return st;
}

/* Old trash, uploads given up, files without a record. */
static enum status sweep_media(void *self, struct ctx *c)
{
    struct regular *r = self;
    struct sweep_report report;
    enum status st = attachments_sweep(c, wire_domain(r->wire), &report);
    if (report.spent > 0 || report.orphans > 0)
        log_event(r->log, LOG_INFO, "media_swept", LOG_INT("spent", report.spent),
                  LOG_INT("orphans", report.orphans));
    return st;
}

static enum status open_links(struct ctx *c, struct regular *r)
{
    const struct job job = {"feeds", FEEDS_LOOK_MS, 0, read_feeds, &r->feeds};
    return jobs_open(c, &job, 1, r->log, &r->links);
}

enum status regular_open(struct ctx *c, struct wire *wire, const struct config *config,
                         struct log *log, const atomic_bool *stopping, struct regular **out)
{
    struct regular *r = process_alloc(sizeof *r);
    if (!r)
        return fail_memory(c);
    *r = (struct regular){
        .wire = wire, .config = config, .log = log, .guests = {wire_domain(wire), log}};
    r->feeds = (struct feed_round){.domain = wire_domain(wire),
                                   .log = log,
                                   .every_ms = config_number(config, SET_FEED_MINUTES) * MINUTE_MS,
                                   .stopping = stopping};
    const struct job table[] = {
        {"snapshot", SNAPSHOT_LOOK_MS, FIRST_LOOK_MS, take_snapshot, r},
        {"guests", GUESTS_LOOK_MS, FIRST_LOOK_MS, sweep_guests, &r->guests},
        {"media", MEDIA_LOOK_MS, 0, sweep_media, r},
    };
    enum status st = jobs_open(c, table, sizeof table / sizeof table[0], log, &r->jobs);
    if (st == ST_OK && r->feeds.every_ms > 0)
        st = open_links(c, r);
    if (st == ST_OK)
        *out = r;
    else
        regular_close(r);
    return st;
}

void regular_close(struct regular *r)
{
    if (!r)
        return;
    jobs_close(r->links);
    jobs_close(r->jobs);
    process_free(r);
}
