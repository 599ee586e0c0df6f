/*
 * Fuzzes the reader of settings: the first byte says whether the rest is a configuration file or an
 * environment. What is refused must say why; what is taken must lie within the table's bounds, be
 * taken again as it stands, and show no secret. Run by tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "ops/config.h"

enum { TEXT_MAX = 4096, VARIABLES_MOST = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct arena arena;

/* The path of a file in memory that holds these bytes. */
static const char *file_of(const uint8_t *bytes, size_t len)
{
    static char path[64];
    static int fd = -1;
    if (fd < 0)
        fd = memfd_create("config", MFD_CLOEXEC);
    assert(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, bytes, len, 0) == (ssize_t)len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return path;
}

/* The bytes as variables, one a line. */
static char *const *environment_of(const uint8_t *bytes, size_t len)
{
    static const char prefix[] = "STUDYBUNNY_";
    static char *variables[VARIABLES_MOST + 1];
    struct str rest = {(const char *)bytes, len};
    int n = 0;
    while (n < VARIABLES_MOST && rest.len > 0) {
        struct str line = str_cut(&rest, '\n');
        char *text = arena_alloc(&arena, sizeof prefix + line.len);
        assert(text);
        memcpy(text, prefix, sizeof prefix - 1);
        if (line.len > 0)
            memcpy(text + sizeof prefix - 1, line.data, line.len);
        variables[n++] = text;
    }
    variables[n] = NULL;
    return variables;
}

static void check_value(const struct config *config, struct config *again, int i)
{
    const struct setting_row *row = &config_table[i];
    struct ctx c = {.arena = &arena};
    enum setting which = (enum setting)i;
    char digits[24];
    const char *text = digits;
    if (row->kind == SET_NUMBER) {
        int64_t number = config_number(config, which);
        assert(number >= row->min && number <= row->max);
        snprintf(digits, sizeof digits, "%lld", (long long)number);
    } else if (row->kind == SET_SWITCH) {
        text = config_switch(config, which) ? "on" : "off";
    } else if (row->kind == SET_CHOICE) {
        text = row->choices[config_choice(config, which)];
    } else {
        text = config_text(config, which);
        assert(utf8_valid(str_of(text)));
    }
    enum status st = config_set(&c, again, which, text);
    assert(st == ST_OK && config_origin(again, which) == FROM_COMMAND_LINE);
    if (row->kind == SET_NUMBER)
        assert(config_number(again, which) == config_number(config, which));
    else if (row->kind == SET_TEXT)
        assert(strcmp(config_text(again, which), text) == 0);
}

static void check_shown(const struct config *config)
{
    static char shown[32 * 1024 + VARIABLES_MOST * TEXT_MAX];
    FILE *out = fmemopen(shown, sizeof shown, "w");
    assert(out);
    config_print(config, out);
    fclose(out);
    const char *line = strstr(shown, config_table[SET_METRICS_TOKEN].name);
    assert(line);
    assert(!*config_text(config, SET_METRICS_TOKEN) ||
           strncmp(line + strcspn(line, " "), "          ********", 18) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct config *config, *again;
    if (len == 0 || len > TEXT_MAX)
        return -1;
    if (arena.cap == 0)
        arena_init(&arena, (size_t)1 << 22);
    arena_reset(&arena);
    struct ctx c = {.arena = &arena};
    bool is_file = bytes[0] % 2 == 0;
    const char *file = is_file ? file_of(bytes + 1, len - 1) : NULL;
    char *const *environment = is_file ? NULL : environment_of(bytes + 1, len - 1);
    enum status st = config_open(&c, file, environment, &config);
    assert(st == ST_OK || st == ST_INVALID || st == ST_UNAVAILABLE);
    assert((st == ST_OK) == (c.fault_count == 0));
    assert(st == ST_OK || c.faults[0].detail[0] != '\0');
    if (st == ST_OK) {
        enum status other = config_open(&c, NULL, NULL, &again);
        assert(other == ST_OK);
        for (int i = 0; i < SET_COUNT; i++)
            check_value(config, again, i);
        check_shown(config);
        config_close(again);
    }
    config_close(config);
    return 0;
}
