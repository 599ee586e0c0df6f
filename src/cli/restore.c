#include "cli/restore.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/files.h"
#include "cli/version.h"
#include "cli/work.h"
#include "client/clock.h"
#include "client/keys.h"
#include "client/secrets.h"
#include "disk/file.h"

enum { PIECE = 64 << 10, OPEN_FOLDERS_MAX = 8, SECRET_MAX = 4096 };

struct restore {
    const char *snapshot;
    const char *folder;
    const char *keys; /* the file named; NULL: that beside the snapshots' folder */
    struct files_options files;
    bool incomplete; /* do without files that are missing or damaged */
    char keys_from[PATH_MAX];
    char secret_from[PATH_MAX]; /* beside the keys */
    char keys_to[PATH_MAX];
    char loading[PATH_MAX];
    char database[PATH_MAX];
    char secret[PATH_MAX];
    char media[PATH_MAX];
    char copies_folder[PATH_MAX];
    bool media_made;
    bool media_ours; /* all that is in it was put there now */
    struct copies copies;
    struct domain domain; /* for its media and spool */
    struct snapshot_content content;
};

void snapshot_print(FILE *out, const char *name, const struct snapshot_content *s)
{
    fprintf(out,
            "%s is whole: %" PRId64 " accounts, %" PRId64 " rows, %" PRId64
            " files, schema %" PRId64 ", made by %s",
            name, s->users, s->rows, s->files - s->files_missing - s->files_damaged, s->schema,
            s->program);
    if (s->erased > 0)
        fprintf(out, "; %" PRId64 " accounts were erased since", s->erased);
    fputc('\n', out);
}

/* ---- the new folder ---- */

/* Makes the folder, or sees that nothing is in it. */
static enum status claim_folder(struct ctx *c, const char *folder, bool *made)
{
    *made = mkdir(folder, 0700) == 0;
    if (*made)
        return ST_OK;
    DIR *dir = errno == EEXIST ? opendir(folder) : NULL;
    if (!dir)
        return file_fail(c, "make", folder);
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
            return file_fail(c, "write", to);
    explicit_bzero(piece, sizeof piece);
    if (ferror(in))
        return file_fail(c, "read", from);
    return fflush(out) == 0 && fsync(fileno(out)) == 0 ? ST_OK : file_fail(c, "write", to);
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
    enum status st = out ? copy_bytes(c, from, in, to, out) : file_fail(c, "make", to);
    if (out)
        fclose(out);
    fclose(in);
    return st;
}

/* Without it another is made: what was derived from it, such as links to plans, is no longer good.
 */
static enum status copy_secret(struct ctx *c, const char *from, const char *to)
{
    struct str bytes;
    enum status st = file_read(c, from, SECRET_MAX, &bytes);
    if (st != ST_OK || bytes.len == 0)
        return st;
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_fail(c, "make", to);
    st = file_write(c, fd, to, bytes, 0);
    close(fd);
    return st;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)info;
    (void)kind;
    return at->level > 0 ? remove(path) : 0;
}

static void clean_up(const struct restore *r, bool made)
{
    if (r->media_ours)
        nftw(r->media, remove_entry, OPEN_FOLDERS_MAX, FTW_DEPTH | FTW_PHYS);
    if (r->media_made)
        rmdir(r->media);
    unlink(r->loading);
    unlink(r->database);
    unlink(r->keys_to);
    unlink(r->secret);
    if (made)
        rmdir(r->folder);
}

/* ---- files ---- */

struct arriving {
    const struct spool *spool;
    struct spool_file *file;
};

static enum status take_bytes(void *self, struct ctx *c, struct str bytes)
{
    const struct arriving *a = self;
    return a->spool->append(a->spool->self, c, a->file, bytes);
}

/* By the way that an upload takes: beside, then whole into the media. */
static enum status put_back(struct ctx *c, const struct restore *r, const struct copied_file *file,
                            enum copy_state *state)
{
    const struct spool *spool = &r->domain.spool;
    const struct media *media = &r->domain.media;
    struct arriving a = {.spool = spool};
    const struct copy_sink sink = {take_bytes, &a};
    struct sealed_file sealed;
    struct digest key = file->object.key;
    int64_t there;
    enum status st = spool->open(spool->self, c, key, file->object.size, true, &a.file, &there);
    if (st != ST_OK)
        return st;
    st = copies_read(c, &r->copies, file, &sink, state);
    bool whole = st == ST_OK && *state == COPY_WHOLE;
    if (whole)
        st = spool->seal(spool->self, c, a.file, &sealed);
    if (whole && st == ST_OK)
        st = media->put(media->self, c, key, sealed.path);
    else
        (void)!spool->remove(spool->self, c, key);
    spool->close(spool->self, a.file);
    return st;
}

static enum status visit(void *self, struct ctx *c, const struct copied_file *file)
{
    struct restore *r = self;
    enum copy_state state = COPY_MISSING;
    enum status st = put_back(c, r, file, &state);
    if (st != ST_OK)
        return st;
    r->content.files += state != COPY_ERASED;
    r->content.files_missing += state == COPY_MISSING;
    r->content.files_damaged += state == COPY_DAMAGED;
    return ST_OK;
}

static enum status check_files(struct ctx *c, const struct restore *r)
{
    const struct snapshot_content *s = &r->content;
    if (r->incomplete || s->files_missing + s->files_damaged == 0)
        return ST_OK;
    return fail(
        c, ST_INTERNAL, "",
        "of the %" PRId64 " files that the snapshot names %" PRId64 " are missing in %s and "
        "%" PRId64 " are damaged there, so nothing was restored; bring that folder back, or "
        "do without them by --incomplete",
        s->files, s->files_missing, r->copies_folder, s->files_damaged);
}

/* ---- all of it ---- */

static enum status read_all(struct ctx *c, struct restore *r, struct keys *keys)
{
    const struct snapshot_tools tools = {.cipher = keys_cipher(keys),
                                         .digester = secrets_digester(NULL),
                                         .clock = system_clock(),
                                         .program = STUDYBUNNY_VERSION};
    const struct snapshot_visitor visitor = {visit, r};
    r->copies = (struct copies){
        .folder = r->copies_folder, .cipher = tools.cipher, .digester = tools.digester};
    enum status st = snapshot_read(c, &tools, r->snapshot, r->loading, &visitor, &r->content);
    return st == ST_OK ? check_files(c, r) : st;
}

static enum status open_files(struct ctx *c, struct restore *r, struct secrets **secrets,
                              struct files **files)
{
    enum status st = secrets_open(c, r->folder, secrets);
    if (st == ST_OK)
        st = claim_folder(c, r->media, &r->media_made);
    r->media_ours = st == ST_OK;
    if (st != ST_OK)
        return st;
    r->domain.digester = secrets_digester(*secrets);
    return files_open(c, &r->files, &r->domain, files);
}

/* The database gets its name last: a folder with keys and no database is refused by `serve`. */
static enum status load(struct ctx *c, struct restore *r)
{
    struct keys *keys = NULL;
    struct secrets *secrets = NULL;
    struct files *files = NULL;
    umask(077);
    enum status st = copy_keys(c, r->keys_from, r->keys_to);
    if (st == ST_OK)
        st = copy_secret(c, r->secret_from, r->secret);
    if (st == ST_OK)
        st = keys_open(c, r->folder, &keys);
    if (st == ST_OK)
        st = open_files(c, r, &secrets, &files);
    if (st == ST_OK)
        st = read_all(c, r, keys);
    if (st == ST_OK && rename(r->loading, r->database) != 0)
        st = file_fail(c, "name", r->database);
    if (st == ST_OK)
        st = file_sync_folder(c, r->folder);
    files_close(files);
    secrets_close(secrets);
    keys_close(keys);
    return st;
}

static enum status name_files(struct ctx *c, struct restore *r)
{
    const char *slash = strrchr(r->snapshot, '/');
    int folder = slash ? (int)(slash - r->snapshot) : 1;
    int n = r->keys ? snprintf(r->keys_from, PATH_MAX, "%s", r->keys)
                    : snprintf(r->keys_from, PATH_MAX, "%.*s/../keys", folder,
                               slash ? r->snapshot : ".");
    int m = snprintf(r->loading, PATH_MAX, "%s/studybunny.db.restoring", r->folder);
    const char *name = strrchr(r->keys_from, '/');
    int l = snprintf(r->secret_from, PATH_MAX, "%.*ssecret",
                     name ? (int)(name + 1 - r->keys_from) : 0, r->keys_from);
    if (n >= PATH_MAX || m >= PATH_MAX || l >= PATH_MAX)
        return fail(c, ST_INVALID, "", "a path is too long");
    snprintf(r->keys_to, PATH_MAX, "%s/keys", r->folder);
    snprintf(r->secret, PATH_MAX, "%s/secret", r->folder);
    snprintf(r->database, PATH_MAX, "%s/studybunny.db", r->folder);
    enum status st = snapshots_copies_of(c, r->snapshot, r->copies_folder, PATH_MAX);
    return st == ST_OK ? files_folder(c, &r->files, r->media, PATH_MAX) : st;
}

static enum status restore(struct ctx *c, struct restore *r)
{
    bool made = false;
    enum status st = name_files(c, r);
    if (st == ST_OK && access(r->snapshot, R_OK) != 0)
        st = file_fail(c, "open", r->snapshot);
    if (st == ST_OK)
        st = claim_folder(c, r->folder, &made);
    if (st != ST_OK)
        return st;
    st = load(c, r);
    if (st != ST_OK)
        clean_up(r, made);
    return st;
}

static bool read_words(struct restore *r, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--keys") == 0 && i + 1 < argc)
            r->keys = argv[++i];
        else if (strcmp(argv[i], "--incomplete") == 0)
            r->incomplete = true;
        else if (argv[i][0] != '-' && !r->snapshot)
            r->snapshot = argv[i];
        else
            return false;
    }
    return r->snapshot;
}

int restore_command(struct ctx *c, const struct config *config, int argc, char **argv)
{
    struct restore *r = ARENA_NEW(c->arena, struct restore);
    if (!r)
        return work_report(stderr, "backup", c, fail_memory(c));
    if (config_origin(config, SET_DATA) == FROM_DEFAULT || !read_words(r, argc, argv))
        return -1;
    r->folder = config_text(config, SET_DATA);
    r->files = (struct files_options){.media = config_text(config, SET_MEDIA),
                                      .data = r->folder,
                                      .spool_bytes = config_number(config, SET_SPOOL_BYTES)};
    enum status st = restore(c, r);
    if (st != ST_OK)
        return work_report(stderr, "backup", c, st) + (st == ST_CONFLICT);
    snapshot_print(stdout, r->snapshot, &r->content);
    int64_t without = r->content.files_missing + r->content.files_damaged;
    if (without > 0)
        printf("without %" PRId64 " files that were missing or damaged\n", without);
    if (r->content.schema < r->content.newest)
        printf("it is of schema %" PRId64 ": this program brings it to %" PRId64
               " when it starts, after a snapshot; the program that made it can use it as it is\n",
               r->content.schema, r->content.newest);
    printf("restored into %s\n", r->folder);
    return 0;
}
