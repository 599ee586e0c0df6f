#include "disk/room.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define MIB ((int64_t)1 << 20)

/* Of a disk with blocks of 4 KiB; `unprivileged` may use less than what is free. */
static struct statvfs disk_of(int64_t size, int64_t unprivileged)
{
    return (struct statvfs){.f_bsize = 65536,
                            .f_frsize = 4096,
                            .f_blocks = (fsblkcnt_t)(size / 4096),
                            .f_bfree = (fsblkcnt_t)(size / 4096),
                            .f_bavail = (fsblkcnt_t)(unprivileged / 4096)};
}

static void a_large_disk_keeps_what_is_named(void **state)
{
    struct statvfs disk = disk_of(100000 * MIB, 1000 * MIB);
    (void)state;
    assert_int_equal(room_left(&disk, ROOM_KEPT_FROM_USERS), 744 * MIB);
    assert_int_equal(room_left(&disk, ROOM_KEPT_FROM_SNAPSHOTS), 936 * MIB);
}

static void a_small_disk_keeps_a_share(void **state)
{
    struct statvfs disk = disk_of(1000 * MIB, 500 * MIB);
    (void)state;
    assert_int_equal(room_left(&disk, ROOM_KEPT_FROM_USERS), 450 * MIB);
    assert_int_equal(room_left(&disk, ROOM_KEPT_FROM_SNAPSHOTS), 450 * MIB);
}

static void a_full_disk_has_less_than_none(void **state)
{
    struct statvfs disk = disk_of(100000 * MIB, 0);
    (void)state;
    assert_int_equal(room_left(&disk, ROOM_KEPT_FROM_USERS), -256 * MIB);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_disk_keeps_what_is_named),
        cmocka_unit_test(a_small_disk_keeps_a_share),
        cmocka_unit_test(a_full_disk_has_less_than_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
