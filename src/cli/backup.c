#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/snapshots.h"
#include "cli/commands.h"
#include "cli/settings.h"
#include "cli/version.h"
#include "cli/work.h"
#include "client/clock.h"
#include "client/keys.h"
#include "client/secrets.h"

enum { MEMORY_MAX = 16 << 20, PIECE = 64 << 10 };

static int usage(FILE *to)
{
    fputs(
        "usage: studybunny backup now [--data DIR]\n"
        "       studybunny backup list [--data DIR]\n"
        "       studybunny backup verify [NAME | PATH] [--data DIR]\n"
        "       studybunny backup restore PATH --data NEW-DIR [--keys FILE]\n"
        "A snapshot holds the database of one moment, sealed under the keys in DIR/keys, which no\n"
        "snapshot contains: keep a copy of that file, newer than any account, somewhere else.\n"
        "verify reads the newest if none is named. restore makes NEW-DIR, which must be absent or\n"
        "empty; the keys are those beside the snapshots' folder unless a file is named.\n",
        to);
    return to == stdout ? 0 : 2;
}

/* ---- in the data folder ---- */

static void print_content(FILE *out, const char *name, const struct snapshot_content *s)
{
    fprintf(out,
            "%s is whole: %" PRId64 " accounts, %" PRId64 " rows, schema %" PRId64 ", made by %s",
            name, s->users, s->rows, s->schema, s->program);
    if (s->erased > 0)
        fprintf(out, "; %" PRId64 " accounts were erased since", s->erased);
    fputc('\n', out);
}

static enum status take_now(struct work *w, const char *name)
{
    struct snapshot_entry entry;
    struct snapshot_content content;
    (void)name;
    enum status st = snapshots_take(w->c, wire_snapshots(w->place->wire), NULL, &entry, &content);
    if (st == ST_OK)
        print_content(w->out, entry.name, &content);
    return st;
}

static enum status list(struct work *w, const char *name)
{
    struct snapshot_entry *entries;
    int32_t count;
    (void)name;
    enum status st = snapshots_list(w->c, wire_snapshots(w->place->wire), &entries, &count);
    for (int32_t i = 0; st == ST_OK && i < count; i++)
        fprintf(w->out, "%s\t%" PRId64 "\n", entries[i].name, entries[i].bytes);
    return st;
}

static enum status verify(struct work *w, const char *name)
{
    struct snapshots *s = wire_snapshots(w->place->wire);
    struct snapshot_content content;
    enum status st = ST_OK;
    if (!name) {
        struct snapshot_entry *entries;
        int32_t count;
        st = snapshots_list(w->c, s, &entries, &count);
        if (st == ST_OK && count == 0)
            return fail(w->c, ST_NOT_FOUND, "", "there is no snapshot yet: studybunny backup now");
        name = st == ST_OK ? entries[count - 1].name : NULL;
    }
    if (st == ST_OK)
        st = snapshots_verify(w->c, s, name, &content);
    if (st == ST_OK)
        print_content(w->out, name, &content);
    return st;
}

static const struct action {
    const char *name;
    enum status (*run)(struct work *w, const char *name);
    bool names_one;
} actions[] = {{"now", take_now, false}, {"list", list, false}, {"verify", verify, true}};

static const struct action *find_action(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(argv[1], actions[i].name) == 0 && argc <= 2 + actions[i].names_one)
            return &actions[i];
    return NULL;
}

int backup_work(struct work *w, int argc, char **argv)
{
    const struct action *a = find_action(argc, argv);
    if (!a)
        return usage(w->err);
    enum status st = a->run(w, argc > 2 ? argv[2] : NULL);
    return st == ST_OK ? 0 : work_report(w->err, "backup", w->c, st);
}

/* ---- restoring: makes a data folder ---- */

static enum status fail_errno(struct ctx *c, const char *what, const char *path)
{
    return fail(c, ST_INTERNAL, "", "cannot %s %s: %s", what, path, strerror(errno));
}

/* Makes the folder, or sees that nothing is in it. */
static enum status claim_folder(struct ctx *c, const char *folder, bool *made)
{
    *made = mkdir(folder, 0700) == 0;
    if (*made)
        return ST_OK;
    DIR *dir = errno == EEXIST ? opendir(folder) : NULL;
    if (!dir)
        return fail_errno(c, "make", folder);
    enum status st = ST_OK;
    for (struct dirent *e = readdir(dir); st == ST_OK && e; e = readdir(dir))
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
            strcmp(e->d_name, "lost+found") != 0)
            st = fail(c, ST_CONFLICT, "",
                      "%s is not empty (it has %s): name a folder that is absent or empty", folder,
                      e->d_name);
    closedir(dir);
    return st;
}

static enum status copy_bytes(struct ctx *c, const char *from, FILE *in, const char *to, FILE *out)
{
    char piece[PIECE];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, in)) > 0)
        if (fwrite(piece, 1, n, out) != n)
            return fail_errno(c, "write", to);
    explicit_bzero(piece, sizeof piece);
    if (ferror(in))
        return fail_errno(c, "read", from);
    return fflush(out) == 0 && fsync(fileno(out)) == 0 ? ST_OK : fail_errno(c, "write", to);
}

static enum status copy_keys(struct ctx *c, const char *from, const char *to)
{
    FILE *in = fopen(from, "re");
    if (!in)
        return fail(c, ST_NOT_FOUND, "",
                    "cannot open %s: %s; without the keys a snapshot cannot be read; name their "
                    "file by --keys",
                    from, strerror(errno));
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    enum status st = out ? copy_bytes(c, from, in, to, out) : fail_errno(c, "make", to);
    if (out)
        fclose(out);
    fclose(in);
    return st;
}

struct restore {
    const char *snapshot;
    const char *folder;
    char keys_from[PATH_MAX];
    char keys_to[PATH_MAX];
    char loading[PATH_MAX];
    char database[PATH_MAX];
};

/* The database gets its name last: a folder with keys and no database is refused by `serve`. */
static enum status load(struct ctx *c, const struct restore *r, struct snapshot_content *out)
{
    struct keys *keys = NULL;
    enum status st = copy_keys(c, r->keys_from, r->keys_to);
    if (st == ST_OK)
        st = keys_open(c, r->folder, &keys);
    if (st != ST_OK)
        return st;
    const struct snapshot_tools tools = {.cipher = keys_cipher(keys),
                                         .digester = secrets_digester(NULL),
                                         .clock = system_clock(),
                                         .program = STUDYBUNNY_VERSION};
    umask(077);
    st = snapshot_read(c, &tools, r->snapshot, r->loading, out);
    if (st == ST_OK && rename(r->loading, r->database) != 0)
        st = fail_errno(c, "name", r->database);
    keys_close(keys);
    return st;
}

static enum status name_files(struct ctx *c, struct restore *r, const char *keys)
{
    const char *slash = strrchr(r->snapshot, '/');
    int folder = slash ? (int)(slash - r->snapshot) : 1;
    int n = keys ? snprintf(r->keys_from, sizeof r->keys_from, "%s", keys)
                 : snprintf(r->keys_from, sizeof r->keys_from, "%.*s/../keys", folder,
                            slash ? r->snapshot : ".");
    int m = snprintf(r->loading, sizeof r->loading, "%s/studybunny.db.restoring", r->folder);
    snprintf(r->keys_to, sizeof r->keys_to, "%s/keys", r->folder);
    snprintf(r->database, sizeof r->database, "%s/studybunny.db", r->folder);
    return n < (int)sizeof r->keys_from && m < (int)sizeof r->loading
               ? ST_OK
               : fail(c, ST_INVALID, "", "a path is too long");
}

static enum status restore(struct ctx *c, struct restore *r, const char *keys,
                           struct snapshot_content *out)
{
    bool made = false;
    enum status st = name_files(c, r, keys);
    if (st == ST_OK && access(r->snapshot, R_OK) != 0)
        st = fail_errno(c, "open", r->snapshot);
    if (st == ST_OK)
        st = claim_folder(c, r->folder, &made);
    if (st != ST_OK)
        return st;
    st = load(c, r, out);
    if (st != ST_OK) {
        unlink(r->loading);
        unlink(r->keys_to);
        if (made)
            rmdir(r->folder);
    }
    return st;
}

static int restore_command(struct ctx *c, const struct config *config, int argc, char **argv)
{
    const char *keys = NULL;
    struct restore *r = ARENA_NEW(c->arena, struct restore);
    struct snapshot_content content;
    bool wrong = !r || config_origin(config, SET_DATA) == FROM_DEFAULT;
    for (int i = 2; !wrong && i < argc; i++) {
        if (strcmp(argv[i], "--keys") == 0 && i + 1 < argc)
            keys = argv[++i];
        else if (argv[i][0] != '-' && !r->snapshot)
            r->snapshot = argv[i];
        else
            wrong = true;
    }
    if (wrong || !r->snapshot)
        return usage(stderr);
    r->folder = config_text(config, SET_DATA);
    enum status st = restore(c, r, keys, &content);
    if (st != ST_OK)
        return work_report(stderr, "backup", c, st) + (st == ST_CONFLICT);
    print_content(stdout, r->snapshot, &content);
    printf("restored into %s\n", r->folder);
    return 0;
}

/* ---- */

static int carry_out(struct ctx *c, int argc, char **argv)
{
    struct config *config = NULL;
    enum status st = settings_read(c, &argc, argv, &config);
    int outcome;
    if (st != ST_OK)
        outcome = work_report(stderr, "backup", c, st) + 1;
    else if (argc > 1 && strcmp(argv[1], "restore") == 0)
        outcome = restore_command(c, config, argc, argv);
    else if (find_action(argc, argv))
        outcome = work_do(c, config, false, STR_NONE, argc, argv);
    else
        outcome = usage(stderr);
    config_close(config);
    return outcome;
}

int cli_backup(int argc, char **argv)
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
