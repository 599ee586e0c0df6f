#include "client/media_disk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

#include <cmocka.h>

struct fixture {
    char folder[64];
    struct arena arena;
    struct ctx c;
    struct media_disk *disk;
    struct media media;
};

static struct fixture fixture;
static const struct digest owner = {{1, 2, 3}};

static int setup(void **state)
{
    struct fixture *f = &fixture;
    *f = (struct fixture){.folder = "/tmp/media-XXXXXX"};
    assert_non_null(mkdtemp(f->folder));
    arena_init(&f->arena, 1 << 22);
    f->c.arena = &f->arena;
    assert_int_equal(media_disk_open(&f->c, f->folder, owner, &f->disk), ST_OK);
    f->media = media_disk_port(f->disk);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    char command[96];
    media_disk_close(f->disk);
    arena_release(&f->arena);
    snprintf(command, sizeof command, "rm -r %s", f->folder);
    return system(command);
}

static struct digest key_of(uint8_t first, uint8_t last)
{
    struct digest key = {{first}};
    key.bytes[31] = last;
    return key;
}

static void put_text(struct fixture *f, struct digest key, const char *text)
{
    char path[96];
    snprintf(path, sizeof path, "%s/arriving", f->folder);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    assert_int_equal(f->media.put(f->media.self, &f->c, key, str_of(path)), ST_OK);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void assert_part(struct fixture *f, struct digest key, int64_t offset, const char *expected)
{
    int fd;
    bool seekable;
    char bytes[64];
    size_t len = strlen(expected);
    assert_int_equal(f->media.open(f->media.self, &f->c, key, offset, (int64_t)len, &fd, &seekable),
                     ST_OK);
    assert_true(seekable);
    assert_int_equal(pread(fd, bytes, len, offset), len);
    assert_memory_equal(bytes, expected, len);
    close(fd);
}

static enum status try_open(struct fixture *f, struct digest key, int64_t offset, int64_t len)
{
    int fd;
    bool seekable;
    enum status st = f->media.open(f->media.self, &f->c, key, offset, len, &fd, &seekable);
    if (st == ST_OK)
        close(fd);
    return st;
}

static void puts_opens_removes(void **state)
{
    struct fixture *f = *state;
    struct digest key = key_of(0xab, 1);
    put_text(f, key, "carrots");
    assert_part(f, key, 0, "carrots");
    assert_part(f, key, 3, "rots");
    assert_int_equal(try_open(f, key, 0, 8), ST_NOT_FOUND);
    assert_int_equal(try_open(f, key_of(0xab, 2), 0, 0), ST_NOT_FOUND);
    put_text(f, key, "leeks");
    assert_part(f, key, 0, "leeks");
    assert_int_equal(f->media.remove(f->media.self, &f->c, key), ST_OK);
    assert_int_equal(try_open(f, key, 0, 5), ST_NOT_FOUND);
    assert_int_equal(f->media.remove(f->media.self, &f->c, key), ST_OK);
    assert_int_equal(f->c.fault_count, 0);
}

static bool is_sound(struct fixture *f, struct media_object object)
{
    bool sound;
    assert_int_equal(f->media.check(f->media.self, &f->c, &object, &sound), ST_OK);
    assert_int_equal(f->c.fault_count, 0);
    return sound;
}

static void checks_every_byte(void **state)
{
    struct fixture *f = *state;
    struct media_object object = {key_of(0xab, 1), {{0}}, 7};
    put_text(f, object.key, "carrots");
    assert_int_equal(media_disk_hash(&f->c, f->folder, object.key, &object.sha256), ST_OK);
    assert_true(is_sound(f, object));
    put_text(f, object.key, "cartots");
    assert_false(is_sound(f, object));
    put_text(f, object.key, "carrot");
    assert_false(is_sound(f, object));
    assert_int_equal(f->media.remove(f->media.self, &f->c, object.key), ST_OK);
    assert_false(is_sound(f, object));
}

static void others_cannot_read(void **state)
{
    struct fixture *f = *state;
    struct stat info;
    char path[160];
    put_text(f, key_of(0xab, 1), "secret");
    snprintf(path, sizeof path, "%s/ab", f->folder);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    char name[MEDIA_KEY_TEXT + 1];
    media_key_text(key_of(0xab, 1), name);
    snprintf(path, sizeof path, "%s/ab/%s", f->folder, name);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0077, 0);
}

/* Page by page, nothing twice, nothing left out, strangers not shown. */
static void lists_in_order(void **state)
{
    struct fixture *f = *state;
    char stranger[96];
    for (int i = 0; i < 40; i++)
        put_text(f, key_of((uint8_t)(i * 7 % 40), (uint8_t)(200 - i)), "x");
    for (int i = 0; i < 5; i++)
        put_text(f, key_of(255, (uint8_t)i), "x");
    snprintf(stranger, sizeof stranger, "%s/ff/notes.txt", f->folder);
    close(open(stranger, O_WRONLY | O_CREAT, 0600));
    struct digest after = {{0}};
    int seen = 0;
    for (;;) {
        struct digest *keys;
        int32_t count;
        assert_int_equal(f->media.list(f->media.self, &f->c, after, 7, &keys, &count), ST_OK);
        for (int32_t i = 0; i < count; i++) {
            assert_true(memcmp(&after, &keys[i], sizeof after) < 0);
            after = keys[i];
        }
        seen += count;
        if (count < 7)
            break;
    }
    assert_int_equal(seen, 45);
}

static void keys_as_text(void **state)
{
    char text[MEDIA_KEY_TEXT + 1];
    struct digest key = key_of(0x0f, 0xa0);
    struct digest back;
    (void)state;
    media_key_text(key, text);
    assert_int_equal(strlen(text), 64);
    assert_memory_equal(text, "0f00", 4);
    assert_true(media_key_parse(text, &back));
    assert_memory_equal(&key, &back, sizeof key);
    text[3] = 'G';
    assert_false(media_key_parse(text, &back));
    assert_false(media_key_parse("0f", &back));
    assert_false(media_key_parse("..", &back));
}

static void refuses_what_is_no_folder(void **state)
{
    struct fixture *f = *state;
    char path[96];
    struct media_disk *other;
    snprintf(path, sizeof path, "%s/file", f->folder);
    close(open(path, O_WRONLY | O_CREAT, 0600));
    snprintf(path + strlen(path), 8, "/deep");
    assert_int_not_equal(media_disk_open(&f->c, path, owner, &other), ST_OK);
    assert_int_equal(f->c.fault_count, 1);
}

/* What nobody here knows of is cleared away, so a folder has one owner. */
static void belongs_to_one(void **state)
{
    struct fixture *f = *state;
    struct media_disk *other;
    const struct digest stranger = {{9}};
    char path[96];
    assert_int_equal(media_disk_open(&f->c, f->folder, stranger, &other), ST_CONFLICT);
    assert_int_equal(media_disk_open(&f->c, f->folder, owner, &other), ST_OK);
    media_disk_close(other);
    snprintf(path, sizeof path, "%s/full", f->folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/full/thesis.doc", f->folder);
    close(open(path, O_WRONLY | O_CREAT, 0600));
    snprintf(path, sizeof path, "%s/full", f->folder);
    assert_int_equal(media_disk_open(&f->c, path, owner, &other), ST_CONFLICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(puts_opens_removes, setup, teardown),
        cmocka_unit_test_setup_teardown(checks_every_byte, setup, teardown),
        cmocka_unit_test_setup_teardown(others_cannot_read, setup, teardown),
        cmocka_unit_test_setup_teardown(lists_in_order, setup, teardown),
        cmocka_unit_test(keys_as_text),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_folder, setup, teardown),
        cmocka_unit_test_setup_teardown(belongs_to_one, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
