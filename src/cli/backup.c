#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "backup/snapshots.h"
#include "cli/commands.h"
#include "cli/restore.h"
#include "cli/settings.h"
#include "cli/work.h"

enum { MEMORY_MAX = 16 << 20 };

static int usage(FILE *to)
{
    fputs(
        "usage: studybunny backup now [--data DIR]\n"
        "       studybunny backup list [--data DIR]\n"
        "       studybunny backup verify [NAME | PATH] [--data DIR]\n"
        "       studybunny backup restore PATH --data NEW-DIR [--keys FILE] [--incomplete]\n"
        "A snapshot holds the database of one moment; copies of the files that people attached "
        "lie\n"
        "in the folder media beside the snapshots, each once for all of them. Both are sealed "
        "under\n"
        "the keys in DIR/keys, which no snapshot contains: keep a copy of it and of DIR/secret,\n"
        "newer than any account, somewhere else.\n"
        "verify reads a snapshot and its files, those of the newest if none is named. restore "
        "makes\n"
        "NEW-DIR, which must be absent or empty; the keys are those beside the snapshots' folder\n"
        "unless a file is named. It refuses when files are missing or damaged, unless it is told\n"
        "to do without them by --incomplete.\n",
        to);
    return to == stdout ? 0 : 2;
}

/* ---- in the data folder ---- */

static enum status check_files(struct ctx *c, const char *name, const struct snapshot_content *s)
{
    if (s->files_missing + s->files_damaged == 0)
        return ST_OK;
    return fail(c, ST_INTERNAL, "",
                "the database of %s is whole, but of the %" PRId64 " files it names %" PRId64
                " are missing in the folder media beside it and %" PRId64
                " are damaged there; a copy that is removed is made again by the next snapshot, if "
                "the media folder has the file",
                name, s->files, s->files_missing, s->files_damaged);
}

static enum status take_now(struct work *w, const char *name)
{
    struct snapshot_entry entry;
    struct snapshot_content content;
    (void)name;
    enum status st = snapshots_take(w->c, wire_snapshots(w->place->wire), NULL, &entry, &content);
    if (st == ST_OK)
        snapshot_print(w->out, entry.name, &content);
    if (st == ST_OK && content.files_missing + content.files_damaged > 0)
        fprintf(w->out,
                "%" PRId64 " files are not in it: they are missing or damaged in the media folder "
                "(studybunny doctor --files)\n",
                content.files_missing + content.files_damaged);
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
        st = check_files(w->c, name, &content);
    if (st == ST_OK)
        snapshot_print(w->out, name, &content);
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
        outcome = -1;
    config_close(config);
    return outcome < 0 ? usage(stderr) : outcome;
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
