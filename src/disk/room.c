#include "disk/room.h"

int64_t room_left(const struct statvfs *disk, int64_t kept_max)
{
    int64_t share = (int64_t)(disk->f_blocks * disk->f_frsize / ROOM_KEPT_SHARE);
    int64_t kept = share < kept_max ? share : kept_max;
    return (int64_t)(disk->f_bavail * disk->f_frsize) - kept;
}
