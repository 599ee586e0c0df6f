#include "backup/snapshots.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/pool.h"
#include "base/str.h"
#include "disk/file.h"

enum { PATH_ROOM = 4096, STAMP_LEN = 20 }; /* 20261126T060000.000Z */

static const char ending[] = ".snapshot";
static const char unfinished[] = ".unfinished-";
static const char copies_folder[] = "media"; /* beside the snapshots */

struct snapshots {
    struct snapshots_config config;
    pthread_mutex_t lock;
};

static enum status path_of(struct ctx *c, const struct snapshots *s, const char *name,
                           char out[PATH_ROOM])
{
    return file_path(c, s->config.folder, name, out, PATH_ROOM);
}

/* ---- names ---- */

static void write_stamp(struct instant t, char out[STAMP_LEN + 1])
{
    int year, month, day;
    date_split(instant_date(t), &year, &month, &day);
    int64_t ms = t.ms - instant_at(instant_date(t), 0).ms;
    snprintf(out, STAMP_LEN + 1, "%04u%02u%02uT%02u%02u%02u.%03uZ", (unsigned)year % 10000,
             (unsigned)month % 100, (unsigned)day % 100, (unsigned)(ms / 3600000) % 100,
             (unsigned)(ms / 60000) % 60, (unsigned)(ms / 1000) % 60, (unsigned)ms % 1000);
}

/* The instant that a name begins with: as RFC 3339 has it, with its marks put in. */
static bool read_stamp(const char *name, struct instant *out)
{
    char text[INSTANT_TEXT_MAX + 1];
    if (strlen(name) < STAMP_LEN)
        return false;
    snprintf(text, sizeof text, "%.4s-%.2s-%.5s:%.2s:%.7s", name, name + 4, name + 6, name + 11,
             name + 13);
    return instant_parse(str_of(text), out);
}

static bool is_snapshot(const char *name, struct instant *made)
{
    size_t len = strlen(name);
    return len < SNAPSHOT_NAME_MAX && len >= STAMP_LEN + sizeof ending - 1 &&
           strcmp(name + len - (sizeof ending - 1), ending) == 0 && read_stamp(name, made);
}

/* ---- taking ---- */

static enum status name_it(struct ctx *c, struct snapshots *s, const char *beside,
                           const char *label, struct snapshot_entry *entry)
{
    char path[PATH_ROOM], stamp[STAMP_LEN + 1];
    struct stat info;
    write_stamp(entry->made, stamp);
    snprintf(entry->name, sizeof entry->name, "%s%s%.20s%s", stamp, label ? "-" : "",
             label ? label : "", ending);
    enum status st = path_of(c, s, entry->name, path);
    if (st == ST_OK && stat(beside, &info) != 0)
        st = file_fail(c, "look at", beside);
    if (st == ST_OK && rename(beside, path) != 0)
        st = file_fail(c, "name", path);
    if (st != ST_OK)
        return st;
    entry->bytes = info.st_size;
    return file_sync_folder(c, s->config.folder);
}

/* Who looks at the files that a snapshot names. */
struct visit {
    struct copies copies;
    struct instant made; /* of the snapshot */
    struct snapshot_content *content;
    char folder[PATH_ROOM];
};

static struct copies copies_in(const struct snapshots *s, const char *folder)
{
    const struct snapshot_tools *tools = &s->config.tools;
    return (struct copies){.folder = folder,
                           .cipher = tools->cipher,
                           .digester = tools->digester,
                           .media = tools->media,
                           .stopping = tools->stopping};
}

static void count_file(struct snapshot_content *content, const struct copied_file *file,
                       enum copy_state state)
{
    content->files += state != COPY_ERASED;
    content->file_bytes += state == COPY_WHOLE ? file->object.size : 0;
    content->files_missing += state == COPY_MISSING;
    content->files_damaged += state == COPY_DAMAGED;
}

static enum status keep_file(void *self, struct ctx *c, const struct copied_file *file)
{
    struct visit *v = self;
    enum copy_state state;
    enum status st = copies_keep(c, &v->copies, file, v->made, &state);
    if (st == ST_OK)
        count_file(v->content, file, state);
    return st;
}

static enum status check_file(void *self, struct ctx *c, const struct copied_file *file)
{
    struct visit *v = self;
    enum copy_state state;
    enum status st = copies_read(c, &v->copies, file, NULL, &state);
    if (st == ST_OK)
        count_file(v->content, file, state);
    return st;
}

static enum status take_once(struct ctx *c, struct snapshots *s, const char *beside,
                             struct snapshot_entry *entry, struct snapshot_content *content)
{
    struct visit v = {.content = content};
    const struct snapshot_visitor visitor = {keep_file, &v};
    unlink(beside);
    enum status st = snapshot_write(c, &s->config.tools, s->config.data, beside, content);
    if (st == ST_OK)
        st = path_of(c, s, copies_folder, v.folder);
    if (st != ST_OK)
        return st;
    v.copies = copies_in(s, v.folder);
    v.made = entry->made = content->made;
    return snapshot_read(c, &s->config.tools, beside, NULL, &visitor, content);
}

static enum status take(struct ctx *c, struct snapshots *s, const char *label,
                        struct snapshot_entry *entry, struct snapshot_content *content)
{
    char beside[PATH_ROOM], name[64];
    snprintf(name, sizeof name, "%s%ld", unfinished, (long)getpid());
    enum status st = path_of(c, s, name, beside);
    if (st == ST_OK && mkdir(s->config.folder, 0700) != 0 && errno != EEXIST)
        st = file_fail(c, "make", s->config.folder);
    if (st != ST_OK)
        return st;
    st = take_once(c, s, beside, entry, content);
    /* A file may have been cleared away since the rows were read: once more, of a later moment. */
    if (st == ST_OK && content->files_missing > 0)
        st = take_once(c, s, beside, entry, content);
    if (st == ST_OK)
        st = name_it(c, s, beside, label, entry);
    if (st != ST_OK)
        unlink(beside);
    return st;
}

enum status snapshots_take(struct ctx *c, struct snapshots *s, const char *label,
                           struct snapshot_entry *entry, struct snapshot_content *content)
{
    pthread_mutex_lock(&s->lock);
    enum status st = take(c, s, label, entry, content);
    pthread_mutex_unlock(&s->lock);
    return st;
}

/* ---- looking ---- */

static int compare_entries(const void *a, const void *b)
{
    return strcmp(((const struct snapshot_entry *)a)->name,
                  ((const struct snapshot_entry *)b)->name);
}

enum status snapshots_list(struct ctx *c, struct snapshots *s, struct snapshot_entry **entries,
                           int32_t *count)
{
    *count = 0;
    *entries = ARENA_ARRAY(c->arena, struct snapshot_entry, SNAPSHOTS_MAX);
    if (!*entries)
        return fail_memory(c);
    DIR *dir = opendir(s->config.folder);
    if (!dir)
        return errno == ENOENT ? ST_OK : file_fail(c, "read", s->config.folder);
    int folder = dirfd(dir);
    assert(folder >= 0);
    for (struct dirent *e = readdir(dir); e && *count < SNAPSHOTS_MAX; e = readdir(dir)) {
        struct snapshot_entry *entry = &(*entries)[*count];
        struct stat info;
        if (!is_snapshot(e->d_name, &entry->made) || fstatat(folder, e->d_name, &info, 0) != 0 ||
            !S_ISREG(info.st_mode))
            continue;
        snprintf(entry->name, sizeof entry->name, "%.*s", SNAPSHOT_NAME_MAX - 1, e->d_name);
        entry->bytes = info.st_size;
        ++*count;
    }
    closedir(dir);
    qsort(*entries, (size_t)*count, sizeof **entries, compare_entries);
    return ST_OK;
}

enum status snapshots_copies_of(struct ctx *c, const char *path, char *out, size_t size)
{
    const char *slash = strrchr(path, '/');
    int len = slash ? (int)(slash - path) : 1;
    int n = snprintf(out, size, "%.*s/%s", len, slash ? path : ".", copies_folder);
    return n > 0 && (size_t)n < size
               ? ST_OK
               : fail(c, ST_INVALID, "", "the path of the snapshots is too long");
}

enum status snapshots_verify(struct ctx *c, struct snapshots *s, const char *name,
                             struct snapshot_content *content)
{
    char path[PATH_ROOM];
    struct visit v = {.content = content};
    const struct snapshot_visitor visitor = {check_file, &v};
    enum status st = ST_OK;
    if (!strchr(name, '/')) {
        st = path_of(c, s, name, path);
        name = path;
    }
    if (st == ST_OK)
        st = snapshots_copies_of(c, name, v.folder, sizeof v.folder);
    v.copies = copies_in(s, v.folder);
    return st == ST_OK ? snapshot_read(c, &s->config.tools, name, NULL, &visitor, content) : st;
}

enum status snapshots_age(struct ctx *c, struct snapshots *s, int64_t *ms)
{
    struct snapshot_entry *entries;
    int32_t count;
    enum status st = snapshots_list(c, s, &entries, &count);
    int64_t now = clock_now(&s->config.tools.clock).ms;
    *ms = -1;
    while (st == ST_OK && count > 0 && entries[count - 1].made.ms > now)
        count--;
    if (st == ST_OK && count > 0)
        *ms = now - entries[count - 1].made.ms;
    return st;
}

/* ---- thinning ---- */

static void remove_unfinished(struct snapshots *s)
{
    DIR *dir = opendir(s->config.folder);
    if (!dir)
        return;
    int folder = dirfd(dir);
    assert(folder >= 0);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        if (strncmp(e->d_name, unfinished, sizeof unfinished - 1) == 0)
            unlinkat(folder, e->d_name, 0);
    closedir(dir);
}

/* Copies that none of the snapshots needs that are left. */
static enum status thin_copies(struct ctx *c, struct snapshots *s,
                               const struct snapshot_entry *entries, int32_t count)
{
    char path[PATH_ROOM];
    int64_t removed;
    struct instant oldest = entries[0].made;
    for (int32_t i = 1; i < count; i++)
        if (entries[i].made.ms < oldest.ms)
            oldest = entries[i].made;
    enum status st = path_of(c, s, copies_folder, path);
    return st == ST_OK ? copies_thin(c, path, oldest, &removed) : st;
}

static enum status thin(struct ctx *c, struct snapshots *s, int32_t days, int32_t *removed)
{
    struct snapshot_entry *entries;
    int32_t count;
    int64_t oldest = clock_now(&s->config.tools.clock).ms - (int64_t)days * DAY_MINUTES * MINUTE_MS;
    char path[PATH_ROOM];
    int32_t i = 0;
    remove_unfinished(s);
    enum status st = snapshots_list(c, s, &entries, &count);
    for (; st == ST_OK && i < count - SNAPSHOTS_KEPT && entries[i].made.ms < oldest; i++) {
        st = path_of(c, s, entries[i].name, path);
        if (st == ST_OK && unlink(path) != 0)
            st = file_fail(c, "remove", path);
        *removed += st == ST_OK;
    }
    return st == ST_OK && count > i ? thin_copies(c, s, entries + i, count - i) : st;
}

enum status snapshots_thin(struct ctx *c, struct snapshots *s, int32_t days, int32_t *removed)
{
    *removed = 0;
    pthread_mutex_lock(&s->lock);
    enum status st = thin(c, s, days, removed);
    pthread_mutex_unlock(&s->lock);
    return st;
}

/* ---- */

enum status snapshots_open(struct ctx *c, const struct snapshots_config *config,
                           struct snapshots **out)
{
    struct snapshots *s = process_alloc(sizeof *s);
    if (!s)
        return fail_memory(c);
    s->config = *config;
    pthread_mutex_init(&s->lock, NULL);
    *out = s;
    return ST_OK;
}

void snapshots_close(struct snapshots *s)
{
    if (!s)
        return;
    pthread_mutex_destroy(&s->lock);
    process_free(s);
}
