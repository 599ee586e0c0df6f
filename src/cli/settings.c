#include "cli/settings.h"

#include <string.h>
#include <unistd.h>

static const struct {
    const char *option;
    enum setting which; /* SET_COUNT: the file of settings */
} options[] = {{"--config", SET_COUNT},
               {"--data", SET_DATA},
               {"--listen", SET_LISTEN},
               {"--media", SET_MEDIA}};

enum { OPTION_COUNT = sizeof options / sizeof options[0] };

static int option_at(const char *text)
{
    int i = 0;
    while (i < OPTION_COUNT && strcmp(options[i].option, text) != 0)
        i++;
    return i;
}

enum status settings_read(struct ctx *c, int *argc, char **argv, struct config **out)
{
    const char *given[OPTION_COUNT] = {0};
    int kept = 1;
    *out = NULL;
    for (int i = 1; i < *argc; i++) {
        int at = option_at(argv[i]);
        if (at == OPTION_COUNT)
            argv[kept++] = argv[i];
        else if (i + 1 == *argc)
            return fail(c, ST_INVALID, "", "%s needs a value", argv[i]);
        else
            given[at] = argv[++i];
    }
    *argc = kept;
    enum status st = config_open(c, given[0], environ, out);
    for (int i = 1; st == ST_OK && i < OPTION_COUNT; i++)
        if (given[i])
            st = config_set(c, *out, options[i].which, given[i]);
    return st;
}
