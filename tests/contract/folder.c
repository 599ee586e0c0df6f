#include "folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[256];

const char *folder_path(void)
{
    return path;
}

/* Calls `visit` with the path of every file, until it returns true. */
static bool any_file(bool (*visit)(const char *file, const void *arg), const void *arg)
{
    DIR *dir = opendir(path);
    bool found = false;
    if (!dir)
        return false;
    for (struct dirent *entry = readdir(dir); entry && !found; entry = readdir(dir)) {
        char file[600];
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            found = visit(file, arg);
    }
    closedir(dir);
    return found;
}

static bool remove_file(const char *file, const void *arg)
{
    (void)arg;
    unlink(file);
    return false;
}

void folder_remove(void)
{
    if (!path[0])
        return;
    any_file(remove_file, NULL);
    rmdir(path);
    path[0] = '\0';
}

const char *folder_fresh(void)
{
    struct stat info;
    folder_remove();
    snprintf(path, sizeof path, "%s/studybunny-test-XXXXXX",
             stat("/dev/shm", &info) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(path))
        abort();
    return path;
}

static bool file_holds(const char *file, const void *arg)
{
    const char *bytes = arg;
    FILE *f = fopen(file, "rb");
    if (!f)
        return false;
    fseek(f, 0, SEEK_END);
    size_t size = (size_t)ftell(f);
    rewind(f);
    char *all = malloc(size + 1);
    bool found =
        all && fread(all, 1, size, f) == size && memmem(all, size, bytes, strlen(bytes)) != NULL;
    free(all);
    fclose(f);
    return found;
}

bool folder_holds(const char *bytes)
{
    return any_file(file_holds, bytes);
}
