#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include "backup/snapshots.h"
#include "cli/commands.h"
#include "cli/control.h"
#include "cli/files.h"
#include "cli/settings.h"
#include "cli/work.h"
#include "client/clock.h"
#include "client/keys.h"
#include "client/media_disk.h"
#include "client/zone.h"
#include "store_sqlite/examine.h"

enum {
    MEMORY_MAX = 512 << 20, /* the keys and ids of very many users */
    CLOCK_AHEAD_MS = 10 * MINUTE_MS,
    FIRST_SENSIBLE_YEAR = 2026
};

static const uint64_t ROOM_NEEDED = 64 << 20;  /* bytes: below, writing will soon fail */
static const uint64_t ROOM_WANTED = 512 << 20; /* below, somebody should look */

/* One run: what was found so far, and where it is told. */
struct doctor {
    struct ctx *c;
    const struct config *config;
    const char *folder;
    FILE *out;
    bool read_files; /* of attachments, to compare their bytes */
    int warnings;
    int errors;
};

/* ---- telling ---- */

static void well(struct doctor *d, const char *subject, const char *format, ...) PRINTF_LIKE(3, 4);
static void well(struct doctor *d, const char *subject, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(d->out, "ok       %s: ", subject);
    vfprintf(d->out, format, args);
    fputc('\n', d->out);
    va_end(args);
}

static void say(struct doctor *d, const char *level, const char *subject, const char *remedy,
                const char *format, va_list args)
{
    fprintf(d->out, "%-8s %s: ", level, subject);
    vfprintf(d->out, format, args);
    fprintf(d->out, "\n         → %s\n", remedy);
}

static void warn(struct doctor *d, const char *subject, const char *remedy, const char *format, ...)
    PRINTF_LIKE(4, 5);
static void warn(struct doctor *d, const char *subject, const char *remedy, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(d, "warning", subject, remedy, format, args);
    va_end(args);
    d->warnings++;
}

static void bad(struct doctor *d, const char *subject, const char *remedy, const char *format, ...)
    PRINTF_LIKE(4, 5);
static void bad(struct doctor *d, const char *subject, const char *remedy, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(d, "ERROR", subject, remedy, format, args);
    va_end(args);
    d->errors++;
}

static const char *reason(const struct doctor *d)
{
    return d->c->fault_count > 0 ? d->c->faults[0].detail : "it cannot be read";
}

/* ---- the examinations ---- */

static void examine_clock(struct doctor *d, const struct examination *e)
{
    struct clock clock = system_clock();
    struct instant now = clock_now(&clock);
    struct timex state = {0};
    int year, month, day;
    date_split(instant_date(now), &year, &month, &day);
    if (year < FIRST_SENSIBLE_YEAR)
        bad(d, "clock", "set the machine's clock", "it says the year %d", year);
    else if (!instant_is_none(e->last_commit) && e->last_commit.ms > now.ms + CLOCK_AHEAD_MS)
        bad(d, "clock", "set the machine's clock, or wait: sessions and due times depend on it",
            "the last change was made %lld minutes in the future",
            (long long)((e->last_commit.ms - now.ms) / MINUTE_MS));
    else if (adjtimex(&state) == TIME_ERROR && (state.status & STA_UNSYNC))
        warn(d, "clock", "switch time synchronisation on (timedatectl set-ntp true)",
             "nobody keeps it right");
    else
        well(d, "clock", "right, as far as can be told");
}

static void examine_database(struct doctor *d, const struct examination *e)
{
    if (e->schema == 0) {
        bad(d, "database",
            "name the right folder by --data, or restore a snapshot (studybunny backup)",
            "there is none in %s", d->folder);
        return;
    }
    if (e->schema > e->newest)
        bad(d, "schema", "use the newer program", "number %lld, this program knows %lld",
            (long long)e->schema, (long long)e->newest);
    else if (e->schema < e->newest)
        warn(d, "schema", "start the server: it takes a snapshot first, then brings it up to date",
             "number %lld, this program's is %lld; desks were not looked at", (long long)e->schema,
             (long long)e->newest);
    else
        well(d, "schema", "number %lld", (long long)e->schema);
    for (int i = 0; i < e->damaged && i < EXAMINE_PROBLEMS_MAX; i++)
        bad(d, "database",
            "keep a copy of the folder, then restore the newest snapshot into a new one", "%s",
            e->problems[i]);
    if (e->damaged == 0)
        well(d, "database", "sound, %lld accounts", (long long)e->accounts);
    if (e->pending_erasures > 0)
        warn(d, "erasure", "start the server: it finishes them",
             "%lld accounts were deleted whose keys are not yet destroyed",
             (long long)e->pending_erasures);
}

static int compare_ids(const void *a, const void *b)
{
    return id_cmp(*(const struct id *)a, *(const struct id *)b);
}

static void examine_keys(struct doctor *d, const struct examination *e)
{
    struct id *users;
    int64_t count;
    int64_t missing = 0;
    ctx_forgive(d->c);
    if (keys_examine(d->c, d->folder, &users, &count) != ST_OK) {
        bad(d, "keys", "put back the copy of this file that you keep elsewhere", "%s", reason(d));
        return;
    }
    if (count > 0)
        qsort(users, (size_t)count, sizeof *users, compare_ids);
    for (int64_t i = 0; i < e->accounts; i++)
        missing +=
            count == 0 || !bsearch(&e->ids[i], users, (size_t)count, sizeof *users, compare_ids);
    if (missing > 0)
        bad(d, "keys",
            "put back the copy of this file that you keep elsewhere, with the server stopped",
            "%lld accounts have none: their part of snapshots and journal cannot be read",
            (long long)missing);
    else
        well(d, "keys", "every account has one");
}

/* ---- files of attachments ---- */

struct file_findings {
    int64_t missing;
    int64_t wrong;
    int64_t orphans;
    int64_t bytes;
    char first[COPY_NAME_MAX]; /* below the media folder */
};

static void note_file(struct file_findings *f, int64_t *count, struct digest key)
{
    char name[MEDIA_KEY_TEXT + 1];
    media_key_text(key, name);
    if (f->missing + f->wrong == 0)
        snprintf(f->first, sizeof f->first, "%.2s/%s", name, name);
    ++*count;
}

static void compare_file(struct doctor *d, const char *folder, const struct examined_file *file,
                         const struct media_seen *seen, struct file_findings *f)
{
    struct digest hash;
    struct ctx quiet = {.arena = d->c->arena};
    if (!file->ready)
        return;
    if (!seen) {
        note_file(f, &f->missing, file->object.key);
        return;
    }
    f->bytes += seen->size;
    if (seen->size != file->object.size ||
        (d->read_files && (media_disk_hash(&quiet, folder, file->object.key, &hash) != ST_OK ||
                           memcmp(&hash, &file->object.sha256, sizeof hash) != 0)))
        note_file(f, &f->wrong, file->object.key);
}

/* Both lists are in the order of their keys. */
static void compare_files(struct doctor *d, const char *folder, const struct examination *e,
                          const struct media_seen *seen, int64_t count, struct file_findings *f)
{
    int64_t at = 0;
    for (int64_t i = 0; i < e->file_count; i++) {
        const struct digest *key = &e->files[i].object.key;
        for (; at < count && memcmp(&seen[at].key, key, sizeof *key) < 0; at++)
            f->orphans++;
        bool there = at < count && memcmp(&seen[at].key, key, sizeof *key) == 0;
        compare_file(d, folder, &e->files[i], there ? &seen[at] : NULL, f);
        /* Two records may name one file while a guest's things go over to an account. */
        bool again =
            i + 1 < e->file_count && memcmp(&e->files[i + 1].object.key, key, sizeof *key) == 0;
        at += there && !again;
    }
    f->orphans += count - at;
}

static void tell_files(struct doctor *d, const char *folder, const struct file_findings *f,
                       int64_t count)
{
    if (f->missing + f->wrong > 0)
        bad(d, "media",
            "restore a snapshot into a new folder (studybunny backup restore), move away what is "
            "damaged, and copy what is missing from the new folder's media (cp -rn)",
            "of %lld files %lld are missing and %lld are not what was stored; the first is %s/%s",
            (long long)count, (long long)f->missing, (long long)f->wrong, folder, f->first);
    else
        well(d, "media", "%lld files, %lld MiB%s", (long long)count, (long long)(f->bytes >> 20),
             d->read_files ? ", read and compared" : "; their bytes are compared by --files");
    if (f->orphans > 0)
        warn(d, "media", "start the server: within an hour it clears them away",
             "%lld files in %s belong to nothing", (long long)f->orphans, folder);
}

static void examine_media(struct doctor *d, const struct examination *e)
{
    const struct files_options options = {.media = config_text(d->config, SET_MEDIA),
                                          .data = d->folder};
    struct file_findings f = {0};
    struct media_seen *seen;
    int64_t count, ready = 0;
    char folder[4096];
    if (!e->files)
        return;
    ctx_forgive(d->c);
    enum status st = files_folder(d->c, &options, folder, sizeof folder);
    if (st == ST_OK)
        st = media_disk_examine(d->c, folder, &seen, &count);
    if (st != ST_OK) {
        bad(d, "media", "see who owns that folder", "%s", reason(d));
        return;
    }
    for (int64_t i = 0; i < e->file_count; i++)
        ready += e->files[i].ready;
    compare_files(d, folder, e, seen, count, &f);
    tell_files(d, folder, &f, ready);
}

static void examine_mode(struct doctor *d, const char *name, bool secret)
{
    char path[4096];
    struct stat info;
    snprintf(path, sizeof path, "%s%s%s", d->folder, *name ? "/" : "", name);
    if (stat(path, &info) != 0)
        return;
    if (info.st_uid != geteuid() && geteuid() != 0)
        bad(d, "permissions", "chown it to the user that the server runs as",
            "%s is another user's", path);
    else if (info.st_mode & 077 && secret)
        bad(d, "permissions", "chmod go= it", "%s can be used by others (mode %03o)", path,
            (unsigned)info.st_mode & 0777);
    else if (info.st_mode & 077)
        warn(d, "permissions", "chmod go= it", "%s can be read by others (mode %03o)", path,
             (unsigned)info.st_mode & 0777);
}

static void examine_permissions(struct doctor *d)
{
    int before = d->warnings + d->errors;
    examine_mode(d, "", false);
    examine_mode(d, "studybunny.db", false);
    examine_mode(d, "keys", true);
    examine_mode(d, "secret", true);
    examine_mode(d, "socket", true);
    examine_mode(d, "media", false);
    examine_mode(d, "snapshots", false);
    if (d->warnings + d->errors == before)
        well(d, "permissions", "all is its owner's alone");
}

static void examine_room(struct doctor *d)
{
    struct statvfs disk;
    if (statvfs(d->folder, &disk) != 0) {
        bad(d, "disk", "see whether the folder is mounted", "%s cannot be looked at", d->folder);
        return;
    }
    uint64_t room = (uint64_t)disk.f_bavail * disk.f_frsize;
    unsigned long long mebibytes = room >> 20;
    if (room < ROOM_NEEDED)
        bad(d, "disk", "make room, or move the folder", "%llu MiB are free", mebibytes);
    else if (room < ROOM_WANTED)
        warn(d, "disk", "make room, or move the folder", "%llu MiB are free", mebibytes);
    else
        well(d, "disk", "%llu MiB are free", mebibytes);
}

static bool is_local(const char *listen)
{
    return strncmp(listen, "127.", 4) == 0 || strncmp(listen, "localhost:", 10) == 0 ||
           strncmp(listen, "[::1]:", 6) == 0;
}

static void examine_exposure(struct doctor *d)
{
    const char *listen = config_text(d->config, SET_LISTEN);
    bool local = is_local(listen);
    if (!local && config_number(d->config, SET_HTTP_TRUSTED_HOPS) == 0)
        warn(d, "address",
             "listen on 127.0.0.1 behind a proxy that does TLS, and set http_trusted_hops",
             "%s can be reached by others, without TLS", listen);
    else
        well(d, "address", "%s", listen);
    if (!local && !*config_text(d->config, SET_METRICS_TOKEN))
        warn(d, "metrics", "set metrics_token, or keep /metrics from the outside in the proxy",
             "anyone who reaches the server may read /metrics");
    if (!config_switch(d->config, SET_RATE_LIMITS))
        warn(d, "limits", "remove the setting: it is for load tests", "rate_limits is off");
}

static void examine_zones(struct doctor *d)
{
    static const char *const names[] = {"Europe/Berlin", "America/New_York", "Asia/Kolkata"};
    struct zone_port port = zone_files(zone_files_folder());
    const struct zone_table *table;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ctx_forgive(d->c);
        if (zone_load(d->c, &port, str_of(names[i]), d->c->arena, &table) != ST_OK) {
            bad(d, "zones", "install the package tzdata", "%s of %s: %s", names[i],
                zone_files_folder(), reason(d));
            return;
        }
    }
    well(d, "zones", "the rules of %s can be read", zone_files_folder());
}

static void examine_snapshots(struct doctor *d)
{
    const char *set = config_text(d->config, SET_SNAPSHOTS);
    char folder[4096];
    snprintf(folder, sizeof folder, "%s%s", *set ? set : d->folder, *set ? "" : "/snapshots");
    const struct snapshots_config config = {
        .data = d->folder, .folder = folder, .tools = {.clock = system_clock()}};
    struct snapshots *s = NULL;
    int64_t age;
    int64_t hours = config_number(d->config, SET_SNAPSHOT_HOURS);
    ctx_forgive(d->c);
    enum status st = snapshots_open(d->c, &config, &s);
    if (st == ST_OK)
        st = snapshots_age(d->c, s, &age);
    snapshots_close(s);
    if (st != ST_OK)
        bad(d, "snapshots", "see who owns that folder", "%s", reason(d));
    else if (hours == 0)
        warn(d, "snapshots", "set snapshot_hours, or run `studybunny backup now` regularly",
             "they are switched off");
    else if (age < 0)
        warn(d, "snapshots", "start the server, or run `studybunny backup now`",
             "there is none in %s", folder);
    else if (age > 2 * hours * 60 * MINUTE_MS)
        warn(d, "snapshots", "start the server; its log says why a snapshot failed",
             "the newest is %lld hours old", (long long)(age / (60 * MINUTE_MS)));
    else
        well(d, "snapshots",
             "the newest is %lld minutes old; keep a copy of them, and of keys and secret, "
             "elsewhere",
             (long long)(age / MINUTE_MS));
}

/* ---- */

static int examine(struct ctx *c, const struct config *config, FILE *out, bool read_files)
{
    struct doctor d = {.c = c,
                       .config = config,
                       .folder = config_text(config, SET_DATA),
                       .out = out,
                       .read_files = read_files};
    struct examination e;
    if (store_sqlite_examine(c, d.folder, &e) != ST_OK)
        bad(&d, "database", "keep a copy of the folder, then restore the newest snapshot", "%s",
            reason(&d));
    else
        examine_database(&d, &e);
    examine_keys(&d, &e);
    examine_media(&d, &e);
    examine_snapshots(&d);
    examine_permissions(&d);
    examine_room(&d);
    examine_clock(&d, &e);
    examine_zones(&d);
    examine_exposure(&d);
    fprintf(out, "%d errors, %d warnings\n", d.errors, d.warnings);
    return d.errors > 0;
}

static bool asks_for_files(int argc, char **argv)
{
    return argc == 2 && strcmp(argv[1], "--files") == 0;
}

int doctor_work(struct work *w, int argc, char **argv)
{
    struct arena arena;
    bool read_files = asks_for_files(argc, argv);
    arena_init(&arena, MEMORY_MAX);
    struct ctx c = {.arena = &arena};
    int outcome = examine(&c, w->place->config, w->out, read_files);
    arena_release(&arena);
    return outcome;
}

static int usage(FILE *to)
{
    fputs("usage: studybunny doctor [--files] [--data DIR] [--config FILE]\n"
          "Looks at database, schema, keys, media, snapshots, permissions, disk, clock, zones and\n"
          "address, and says what to do about each finding; with --files it reads every file that\n"
          "people attached and compares its bytes. Changes nothing. Exit status 1 if there are "
          "errors.\n",
          to);
    return to == stdout ? 0 : 2;
}

/* Without a server it looks by itself, and does not even take the folder's lock. */
static int carry_out(struct ctx *c, int argc, char **argv)
{
    struct config *config = NULL;
    int outcome;
    enum status st = settings_read(c, &argc, argv, &config);
    if (st != ST_OK) {
        outcome = work_report(stderr, "doctor", c, st) + 1;
    } else if (argc > 1 && !asks_for_files(argc, argv)) {
        outcome = usage(stderr);
    } else {
        st = control_ask(c, config_text(config, SET_DATA), STR_NONE, argc, argv, &outcome);
        if (st == ST_NOT_FOUND)
            outcome = examine(c, config, stdout, asks_for_files(argc, argv));
        else if (st != ST_OK)
            outcome = work_report(stderr, "doctor", c, st);
    }
    config_close(config);
    return outcome;
}

int cli_doctor(int argc, char **argv)
{
    struct arena arena;
    if (argc > 1 && strcmp(argv[1], "--help") == 0)
        return usage(stdout);
    arena_init(&arena, MEMORY_MAX);
    struct ctx c = {.arena = &arena};
    int outcome = carry_out(&c, argc, argv);
    arena_release(&arena);
    return outcome;
}
