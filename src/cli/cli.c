#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/version.h"

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
};

static int cli_help(int argc, char **argv);
static int cli_version(int argc, char **argv);

static const struct command commands[] = {
    {"serve", cli_serve,
     "serve the app: [--listen HOST:PORT] [--data DIR] [--media DIR] [--config FILE] "
     "[--must-exist]"},
    {"plan", cli_plan, "solve planning problems, one JSON object a line"},
    {"user", cli_user,
     "create EMAIL | list | token EMAIL | reset-password EMAIL | admin EMAIL | invite"},
    {"backup", cli_backup, "now | list | verify [NAME] | restore PATH --data NEW-DIR"},
    {"config", cli_config, "print every setting, its value and where that comes from"},
    {"doctor", cli_doctor, "look whether all is well; says what to do, changes nothing"},
    {"openapi", cli_openapi, "print the OpenAPI document of the HTTP interface"},
    {"healthcheck", cli_healthcheck, "ask a running server whether it is ready"},
    {"version", cli_version, "print the version"},
    {"help", cli_help, "this list"},
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void list_commands(FILE *out)
{
    fputs("usage: studybunny COMMAND [ARGUMENT …]\n\n", out);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-12s %s\n", commands[i].name, commands[i].help);
}

static int cli_help(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    list_commands(stdout);
    return 0;
}

static int cli_version(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    puts("studybunny " STUDYBUNNY_VERSION);
    return 0;
}

int cli_main(int argc, char **argv)
{
    if (argc < 2) {
        list_commands(stderr);
        return 2;
    }
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "studybunny: there is no command '%s'\n\n", argv[1]);
    list_commands(stderr);
    return 2;
}
