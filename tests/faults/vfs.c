#include "vfs.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 8, PATH_SIZE = 512, SECTOR = 512, WRITES_MAX = 1 << 16 };

/* A file as the running system sees it; shared by all that have it open. */
struct image {
    char path[PATH_SIZE];
    unsigned char *bytes;
    int64_t size;
    int64_t room;
    struct {
        int64_t at;
        int64_t len;
    } unsynced[WRITES_MAX];
    int unsynced_count;
    bool size_unsynced;
};

struct file {
    sqlite3_file base;
    struct image *image;
    sqlite3_file real[]; /* of the system's VFS */
};

static sqlite3_vfs vfs;
static sqlite3_vfs *system_vfs;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct image *images[FILES_MAX];
static bool power_lost;
static int64_t power_countdown;
static uint64_t random_state;
static enum vfs_fault fault_kind;
static int64_t fault_countdown;
static bool failing;
static bool struck;

static uint64_t random_next(void)
{
    random_state += 0x9E3779B97F4A7C15U;
    uint64_t z = random_state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

/* ---- images, under the lock ---- */

static void grow(struct image *i, int64_t size)
{
    if (size > i->room) {
        int64_t room = size * 2;
        unsigned char *bytes = realloc(i->bytes, (size_t)room);
        if (!bytes)
            abort();
        memset(bytes + i->room, 0, (size_t)(room - i->room));
        i->bytes = bytes;
        i->room = room;
    }
    if (size > i->size)
        i->size = size;
}

static void read_real(struct image *i)
{
    struct stat info;
    int fd = open(i->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) != 0 || info.st_size == 0) {
        if (fd >= 0)
            close(fd);
        return;
    }
    grow(i, info.st_size);
    if (pread(fd, i->bytes, (size_t)info.st_size, 0) != info.st_size)
        abort();
    close(fd);
}

static struct image *image_of(const char *path)
{
    int spare = -1;
    for (int k = 0; k < FILES_MAX; k++) {
        if (images[k] && strcmp(images[k]->path, path) == 0)
            return images[k];
        if (!images[k])
            spare = k;
    }
    struct image *i = spare >= 0 ? calloc(1, sizeof *i) : NULL;
    if (!i)
        abort();
    snprintf(i->path, sizeof i->path, "%s", path);
    read_real(i);
    images[spare] = i;
    return i;
}

static void forget(struct image *i)
{
    for (int k = 0; k < FILES_MAX; k++)
        if (images[k] == i)
            images[k] = NULL;
    free(i->bytes);
    free(i);
}

static void note(struct image *i, int64_t at, int64_t len)
{
    if (i->unsynced_count == WRITES_MAX)
        abort();
    i->unsynced[i->unsynced_count].at = at;
    i->unsynced[i->unsynced_count++].len = len;
}

static void write_real(const struct image *i, int fd, int64_t at, int64_t len)
{
    if (at + len > i->size)
        len = i->size - at;
    if (len > 0 && pwrite(fd, i->bytes + at, (size_t)len, at) != len)
        abort();
}

/* Brings to the real file what was not synced: all, or the sectors that chance chooses. */
static void settle(struct image *i, bool all)
{
    if (i->unsynced_count == 0 && !i->size_unsynced)
        return;
    int fd = open(i->path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return;
    for (int k = 0; k < i->unsynced_count; k++) {
        int64_t at = i->unsynced[k].at;
        int64_t end = at + i->unsynced[k].len;
        for (; at < end; at = (at / SECTOR + 1) * SECTOR) {
            int64_t next = (at / SECTOR + 1) * SECTOR;
            if (all || random_next() % 2)
                write_real(i, fd, at, (next < end ? next : end) - at);
        }
    }
    if (all && ftruncate(fd, i->size) != 0)
        abort();
    close(fd);
    i->unsynced_count = 0;
    i->size_unsynced = false;
}

static void lose_power(void)
{
    power_lost = true;
    if (random_next() % 2)
        for (int k = 0; k < FILES_MAX; k++)
            if (images[k])
                settle(images[k], false);
}

/* Counts an access; SQLite's code for what becomes of it. */
static int access_disk(enum vfs_fault kind, int code)
{
    if (!power_lost && power_countdown && --power_countdown == 0)
        lose_power();
    if (power_lost)
        return SQLITE_IOERR;
    if (fault_countdown && fault_kind == kind && --fault_countdown == 0)
        failing = true;
    if (!failing || fault_kind != kind)
        return SQLITE_OK;
    struck = true;
    return code;
}

/* ---- files ---- */

static int file_close(sqlite3_file *f)
{
    struct file *file = (struct file *)f;
    return file->real->pMethods ? file->real->pMethods->xClose(file->real) : SQLITE_OK;
}

static int file_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
    struct file *file = (struct file *)f;
    struct image *i = file->image;
    pthread_mutex_lock(&lock);
    int64_t there = i->size - at;
    int64_t len = there < 0 ? 0 : there < n ? there : n;
    if (len)
        memcpy(to, i->bytes + at, (size_t)len);
    memset((char *)to + len, 0, (size_t)(n - len));
    int code = power_lost ? SQLITE_IOERR : len < n ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    struct image *i = ((struct file *)f)->image;
    pthread_mutex_lock(&lock);
    int code = access_disk(VFS_NO_ROOM, SQLITE_FULL);
    if (code == SQLITE_OK) {
        grow(i, at + n);
        memcpy(i->bytes + at, from, (size_t)n);
        note(i, at, n);
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    struct image *i = ((struct file *)f)->image;
    pthread_mutex_lock(&lock);
    int code = access_disk(VFS_NO_ROOM, SQLITE_IOERR_TRUNCATE);
    if (code == SQLITE_OK && size < i->size) {
        memset(i->bytes + size, 0, (size_t)(i->size - size));
        i->size = size;
        i->size_unsynced = true;
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_sync(sqlite3_file *f, int flags)
{
    struct image *i = ((struct file *)f)->image;
    (void)flags;
    pthread_mutex_lock(&lock);
    int code = access_disk(VFS_SYNC_FAILS, SQLITE_IOERR_FSYNC);
    if (code == SQLITE_OK)
        settle(i, true);
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size)
{
    pthread_mutex_lock(&lock);
    *size = ((struct file *)f)->image->size;
    pthread_mutex_unlock(&lock);
    return SQLITE_OK;
}

/* What is passed on as it is: locks, the log's index. */
static sqlite3_file *real_of(sqlite3_file *f)
{
    return ((struct file *)f)->real;
}

static int file_lock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int file_unlock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int file_reserved(sqlite3_file *f, int *out)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int file_control(sqlite3_file *f, int what, void *arg)
{
    if (what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_CHUNK_SIZE)
        return SQLITE_OK;
    return real_of(f)->pMethods->xFileControl(real_of(f), what, arg);
}

static int file_sector(sqlite3_file *f)
{
    (void)f;
    return SECTOR;
}

static int file_traits(sqlite3_file *f)
{
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int shm_map(sqlite3_file *f, int region, int size, int extend, void volatile **out)
{
    return real_of(f)->pMethods->xShmMap(real_of(f), region, size, extend, out);
}

static int shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}

static void shm_barrier(sqlite3_file *f)
{
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int shm_unmap(sqlite3_file *f, int delete)
{
    return real_of(f)->pMethods->xShmUnmap(real_of(f), delete);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

/* ---- the VFS ---- */

static int disk_open(sqlite3_vfs *self, sqlite3_filename name, sqlite3_file *f, int flags,
                     int *out_flags)
{
    (void)self;
    struct file *file = (struct file *)f;
    *file = (struct file){0};
    if (vfs_power_lost())
        return SQLITE_CANTOPEN;
    int code = system_vfs->xOpen(system_vfs, name, file->real, flags, out_flags);
    if (code != SQLITE_OK)
        return code;
    if (!name)
        abort(); /* the store makes no temporary files */
    pthread_mutex_lock(&lock);
    file->image = image_of(name);
    pthread_mutex_unlock(&lock);
    file->base.pMethods = &methods;
    return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *self, const char *name, int sync)
{
    (void)self;
    if (vfs_power_lost())
        return SQLITE_IOERR_DELETE;
    pthread_mutex_lock(&lock);
    for (int k = 0; k < FILES_MAX; k++)
        if (images[k] && strcmp(images[k]->path, name) == 0)
            forget(images[k]);
    pthread_mutex_unlock(&lock);
    return system_vfs->xDelete(system_vfs, name, sync);
}

void vfs_install(void)
{
    if (system_vfs)
        return;
    sqlite3_initialize();
    system_vfs = sqlite3_vfs_find(NULL);
    vfs = *system_vfs;
    vfs.szOsFile = (int)sizeof(struct file) + system_vfs->szOsFile;
    vfs.zName = VFS_NAME;
    vfs.pNext = NULL;
    vfs.xOpen = disk_open;
    vfs.xDelete = disk_delete;
    sqlite3_vfs_register(&vfs, 0);
}

/* ---- arrangements ---- */

void vfs_lose_power_after(int64_t nth, uint64_t seed)
{
    pthread_mutex_lock(&lock);
    power_countdown = nth;
    random_state = seed;
    pthread_mutex_unlock(&lock);
}

bool vfs_power_lost(void)
{
    pthread_mutex_lock(&lock);
    bool lost = power_lost;
    pthread_mutex_unlock(&lock);
    return lost;
}

void vfs_restore_power(void)
{
    pthread_mutex_lock(&lock);
    for (int k = 0; k < FILES_MAX; k++)
        if (images[k])
            forget(images[k]);
    power_lost = false;
    power_countdown = 0;
    pthread_mutex_unlock(&lock);
}

void vfs_fail_after(enum vfs_fault fault, int64_t nth)
{
    pthread_mutex_lock(&lock);
    fault_kind = fault;
    fault_countdown = nth;
    struck = false;
    pthread_mutex_unlock(&lock);
}

void vfs_heal(void)
{
    pthread_mutex_lock(&lock);
    failing = false;
    fault_countdown = 0;
    pthread_mutex_unlock(&lock);
}

bool vfs_struck(void)
{
    pthread_mutex_lock(&lock);
    bool was = struck;
    pthread_mutex_unlock(&lock);
    return was;
}
