#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "cli/commands.h"
#include "cli/settings.h"
#include "cli/work.h"

enum { MEMORY_MAX = 1 << 20 };

static int usage(FILE *to)
{
    fputs(
        "usage: studybunny config [--config FILE] [--data DIR] [--listen HOST:PORT]\n"
        "Prints every setting with its value and where that comes from; secrets are masked. Each\n"
        "can stand in FILE as \"name = value\", or in the environment as STUDYBUNNY_NAME, which\n"
        "wins; a secret also as the path of a file that holds it, STUDYBUNNY_NAME_FILE.\n\n",
        to);
    config_explain(to);
    return to == stdout ? 0 : 2;
}

int cli_config(int argc, char **argv)
{
    struct arena arena;
    struct config *config = NULL;
    if (argc > 1 && strcmp(argv[1], "--help") == 0)
        return usage(stdout);
    arena_init(&arena, MEMORY_MAX);
    struct ctx c = {.arena = &arena};
    enum status st = settings_read(&c, &argc, argv, &config);
    int outcome = 0;
    if (st != ST_OK) {
        fprintf(stderr, "studybunny config: %s\n", c.faults[0].detail);
        outcome = 2;
    } else if (argc > 1) {
        outcome = usage(stderr);
    } else {
        config_print(config, stdout);
        outcome = fflush(stdout) == 0 ? 0 : 1;
    }
    config_close(config);
    arena_release(&arena);
    return outcome;
}
