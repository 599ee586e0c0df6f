#include "client/spool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

#include <cmocka.h>

enum { LIMIT = 1 << 20 };

struct fixture {
    char folder[64];
    struct arena arena;
    struct ctx c;
    struct spool_disk *disk;
    struct spool spool;
};

static struct fixture fixture;
static const struct digest key = {{7, 8, 9}};

static void open_again(struct fixture *f)
{
    spool_disk_close(f->disk);
    assert_int_equal(spool_disk_open(&f->c, f->folder, LIMIT, &f->disk), ST_OK);
    f->spool = spool_disk_port(f->disk);
}

static int setup(void **state)
{
    struct fixture *f = &fixture;
    *f = (struct fixture){.folder = "/tmp/spool-XXXXXX"};
    assert_non_null(mkdtemp(f->folder));
    arena_init(&f->arena, 1 << 22);
    f->c.arena = &f->arena;
    open_again(f);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    char command[96];
    spool_disk_close(f->disk);
    arena_release(&f->arena);
    snprintf(command, sizeof command, "rm -r %s", f->folder);
    return system(command);
}

static struct spool_file *begin(struct fixture *f, int64_t size, bool afresh, int64_t expected)
{
    struct spool_file *file = NULL;
    int64_t len = -1;
    enum status st = f->spool.open(f->spool.self, &f->c, key, size, afresh, &file, &len);
    if (st != ST_OK)
        fail_msg("%s", f->c.faults[0].detail);
    assert_int_equal(len, expected);
    return file;
}

static enum status add(struct fixture *f, struct spool_file *file, const char *text)
{
    return f->spool.append(f->spool.self, &f->c, file, str_of(text));
}

static void assert_sealed(struct fixture *f, struct spool_file *file, const char *text)
{
    struct sealed_file sealed;
    struct digest expected;
    assert_int_equal(f->spool.seal(f->spool.self, &f->c, file, &sealed), ST_OK);
    crypto_hash_sha256(expected.bytes, (const unsigned char *)text, strlen(text));
    assert_memory_equal(&sealed.sha256, &expected, sizeof expected);
    assert_true(str_eq(sealed.head, str_of(text)));
    struct stat info;
    assert_int_equal(stat(sealed.path.data, &info), 0);
    assert_int_equal(info.st_size, strlen(text));
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void arrives_in_pieces(void **state)
{
    struct fixture *f = *state;
    struct spool_file *file = begin(f, 7, false, 0);
    assert_int_equal(add(f, file, "car"), ST_OK);
    assert_int_equal(f->spool.length(f->spool.self, key), 3);
    struct sealed_file sealed;
    assert_int_equal(f->spool.seal(f->spool.self, &f->c, file, &sealed), ST_INVALID);
    assert_string_equal(f->c.faults[0].code, "incomplete");
    assert_int_equal(add(f, file, "rots"), ST_OK);
    assert_int_equal(add(f, file, "!"), ST_TOO_LARGE);
    assert_sealed(f, file, "carrots");
    f->spool.close(f->spool.self, file);
}

/* Between seal and its name in the media nobody else may write into it. */
static void what_is_sealed_is_left_alone(void **state)
{
    struct fixture *f = *state;
    struct spool_file *file = begin(f, 7, false, 0);
    struct spool_file *other = NULL;
    int64_t len;
    assert_int_equal(add(f, file, "carrots"), ST_OK);
    assert_sealed(f, file, "carrots");
    for (int afresh = 0; afresh < 2; afresh++) {
        assert_int_equal(f->spool.open(f->spool.self, &f->c, key, 7, afresh, &other, &len),
                         ST_UNAVAILABLE);
        assert_string_equal(f->c.faults[0].code, "keeping");
        ctx_forgive(&f->c);
    }
    assert_int_equal(f->spool.remove(f->spool.self, &f->c, key), ST_OK);
    assert_sealed(f, file, "carrots");
    f->spool.close(f->spool.self, file);
    file = begin(f, 7, true, 0); /* it was not kept after all */
    f->spool.close(f->spool.self, file);
}

/* Over two connections, the second after a restart of the program. */
static void goes_on(void **state)
{
    struct fixture *f = *state;
    struct spool_file *file = begin(f, 7, false, 0);
    assert_int_equal(add(f, file, "carr"), ST_OK);
    f->spool.close(f->spool.self, file);
    open_again(f);
    file = begin(f, 7, false, 4);
    assert_int_equal(add(f, file, "ots"), ST_OK);
    assert_sealed(f, file, "carrots");
    f->spool.close(f->spool.self, file);
}

static void begins_afresh(void **state)
{
    struct fixture *f = *state;
    struct spool_file *file = begin(f, 5, false, 0);
    assert_int_equal(add(f, file, "carr"), ST_OK);
    f->spool.close(f->spool.self, file);
    file = begin(f, 5, true, 0);
    assert_int_equal(add(f, file, "leeks"), ST_OK);
    assert_sealed(f, file, "leeks");
    f->spool.close(f->spool.self, file);
}

static void nothing_at_all(void **state)
{
    struct fixture *f = *state;
    struct spool_file *file = begin(f, 0, false, 0);
    assert_sealed(f, file, "");
    f->spool.close(f->spool.self, file);
}

/* The newest connection has the file; a half-dead one writes no more. */
static void is_taken_over(void **state)
{
    struct fixture *f = *state;
    struct sealed_file sealed;
    struct spool_file *old = begin(f, 7, false, 0);
    assert_int_equal(add(f, old, "carr"), ST_OK);
    struct spool_file *file = begin(f, 7, false, 4);
    assert_int_equal(add(f, old, "late"), ST_CONFLICT);
    assert_string_equal(f->c.faults[0].code, "superseded");
    assert_int_equal(f->spool.seal(f->spool.self, &f->c, old, &sealed), ST_CONFLICT);
    assert_int_equal(add(f, file, "ots"), ST_OK);
    f->spool.close(f->spool.self, old);
    assert_sealed(f, file, "carrots");
    f->spool.close(f->spool.self, file);
    file = begin(f, 7, false, 7);
    assert_int_equal(f->spool.remove(f->spool.self, &f->c, key), ST_OK);
    assert_int_equal(f->spool.seal(f->spool.self, &f->c, file, &sealed), ST_CONFLICT);
    f->spool.close(f->spool.self, file);
    assert_int_equal(f->spool.length(f->spool.self, key), 0);
    assert_int_equal(f->spool.remove(f->spool.self, &f->c, key), ST_OK);
}

static void sets_room_aside(void **state)
{
    struct fixture *f = *state;
    struct stat info;
    char path[400];
    char name[256] = "";
    struct spool_file *file = begin(f, LIMIT / 2, false, 0);
    DIR *dir = opendir(f->folder);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        if (e->d_name[0] != '.')
            snprintf(name, sizeof name, "%s", e->d_name);
    closedir(dir);
    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_size, 0);
    assert_true(info.st_blocks * 512 >= LIMIT / 2);

    /* What others have been promised counts against the limit. */
    struct digest other = {{1}};
    struct spool_file *second = NULL;
    int64_t len;
    assert_int_equal(
        f->spool.open(f->spool.self, &f->c, other, LIMIT / 2 + 1, false, &second, &len),
        ST_UNAVAILABLE);
    assert_true(f->c.retry_after_s > 0);
    assert_int_equal(f->spool.length(f->spool.self, other), 0);
    struct digest *keys;
    int32_t count;
    assert_int_equal(f->spool.list(f->spool.self, &f->c, 10, &keys, &count), ST_OK);
    assert_int_equal(count, 1);
    assert_memory_equal(&keys[0], &key, sizeof key);
    f->spool.close(f->spool.self, file);
}

/* After the machine was down, what seems to be there may be zeroes. */
static void forgets_another_run(void **state)
{
    struct fixture *f = *state;
    char path[96];
    struct spool_file *file = begin(f, 7, false, 0);
    assert_int_equal(add(f, file, "carr"), ST_OK);
    f->spool.close(f->spool.self, file);
    snprintf(path, sizeof path, "%s/.boot", f->folder);
    int fd = open(path, O_WRONLY | O_TRUNC);
    assert_int_equal(write(fd, "another run\n", 12), 12);
    close(fd);
    open_again(f);
    assert_int_equal(f->spool.length(f->spool.self, key), 0);
    file = begin(f, 7, false, 0);
    assert_int_equal(add(f, file, "carr"), ST_OK);
    f->spool.close(f->spool.self, file);
    open_again(f);
    assert_int_equal(f->spool.length(f->spool.self, key), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(arrives_in_pieces, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_sealed_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(goes_on, setup, teardown),
        cmocka_unit_test_setup_teardown(begins_afresh, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_at_all, setup, teardown),
        cmocka_unit_test_setup_teardown(is_taken_over, setup, teardown),
        cmocka_unit_test_setup_teardown(sets_room_aside, setup, teardown),
        cmocka_unit_test_setup_teardown(forgets_another_run, setup, teardown),
    };
    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
