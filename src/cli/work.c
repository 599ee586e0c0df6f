#include "cli/work.h"

#include <string.h>

#include "cli/commands.h"
#include "cli/control.h"

const struct work_command work_commands[] = {
    {"backup", backup_work},
    {"doctor", doctor_work},
    {"user", user_work},
    {NULL, NULL},
};

int work_report(FILE *err, const char *command, const struct ctx *c, enum status st)
{
    const char *detail = c->fault_count > 0 ? c->faults[0].detail : status_name(st);
    const char *field = c->fault_count > 0 ? c->faults[0].pointer : "";
    while (*field == '/' || *field == '?')
        field++;
    fprintf(err, "studybunny %s: %s%s%s\n", command, field, *field ? ": " : "", detail);
    return 1;
}

int work_run(const struct place *place, FILE *out, FILE *err, struct str secret, int argc,
             char **argv)
{
    const struct work_command *command = work_commands;
    while (command->name && strcmp(command->name, argv[0]) != 0)
        command++;
    if (!command->name) {
        fprintf(err, "studybunny: the running server has no command '%s'\n", argv[0]);
        return 2;
    }
    struct arena arena;
    arena_init(&arena, WORK_MEMORY);
    struct ctx c = {.arena = &arena};
    struct work w = {.c = &c,
                     .place = place,
                     .domain = wire_domain(place->wire),
                     .out = out,
                     .err = err,
                     .secret = secret};
    int outcome = command->run(&w, argc, argv);
    arena_release(&arena);
    if (fflush(out) != 0) {
        fprintf(err, "studybunny %s: the output could not be written\n", argv[0]);
        outcome = 1;
    }
    return outcome;
}

int work_do(struct ctx *c, const struct config *config, bool make, struct str secret, int argc,
            char **argv)
{
    static const atomic_bool stopping;
    const char *folder = config_text(config, SET_DATA);
    struct wire_options options = {.config = config,
                                   .must_exist = !make,
                                   .stopping = &stopping,
                                   .lock_wait_ms = WORK_LOCK_WAIT_MS};
    struct place place = {.config = config, .stopping = &stopping};
    int outcome;
    enum status st = control_ask(c, folder, secret, argc, argv, &outcome);
    if (st == ST_OK)
        return outcome;
    if (st == ST_NOT_FOUND)
        st = wire_open(c, &options, &place.wire);
    if (st == ST_OK)
        outcome = work_run(&place, stdout, stderr, secret, argc, argv);
    else
        outcome = work_report(stderr, argv[0], c, st);
    wire_close(place.wire);
    return outcome;
}
