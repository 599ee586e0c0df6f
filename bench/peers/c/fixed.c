/*
 * The floor of HTTP: libmicrohttpd with one epoll thread per core and bodies that were read from
 * files before the first request. No token, no parsing, no database.
 *
 *     fixed PORT FOLDER     FOLDER holds list.json, task.json and schedule.json
 */
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct body {
    char *text;
    size_t length;
};

static struct body list, task, schedule;

static struct body read_body(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    struct body b = {.text = malloc(1 << 20)};
    if (!f || !b.text) {
        perror(path);
        exit(1);
    }
    b.length = fread(b.text, 1, 1 << 20, f);
    fclose(f);
    return b;
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    (void)cls, (void)version, (void)upload;
    static int seen;
    if (!*state) {
        *state = &seen;
        return MHD_YES;
    }
    if (*upload_size > 0) {
        *upload_size = 0;
        return MHD_YES;
    }
    const struct body *b = strstr(url, "/schedule") ? &schedule
                           : strstr(url, "/tasks/") ? &task
                                                    : &list;
    unsigned code = MHD_HTTP_OK;
    if (strcmp(method, "POST") == 0) {
        b = &task;
        code = MHD_HTTP_CREATED;
    }
    struct MHD_Response *r =
        MHD_create_response_from_buffer(b->length, b->text, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(r, "Content-Type", "application/json");
    enum MHD_Result result = MHD_queue_response(connection, code, r);
    MHD_destroy_response(r);
    return result;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    list = read_body(argv[2], "list.json");
    task = read_body(argv[2], "task.json");
    schedule = read_body(argv[2], "schedule.json");
    unsigned cores = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, (uint16_t)atoi(argv[1]), NULL, NULL, answer,
                         NULL, MHD_OPTION_THREAD_POOL_SIZE, cores > 1 ? cores : 0, MHD_OPTION_END);
    if (!daemon)
        return 1;
    pause();
    return 0;
}
