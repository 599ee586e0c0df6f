/*
 * The commands: each has a file of its own, and a row in the table of cli.c. argv[0] is the
 * command's name, the rest its arguments; each returns the program's exit status (see cli.h).
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

struct work; /* cli/work.h */

/* plan.c: instances in, plans out, one JSON object a line; needs no data. */
int cli_plan(int argc, char **argv);

/* user.c: makes and lists accounts, sets passwords, makes tokens, in a data folder. */
int cli_user(int argc, char **argv);
int user_work(struct work *w, int argc, char **argv);

/* backup.c: takes, lists and checks snapshots of a data folder, and restores one. */
int cli_backup(int argc, char **argv);
int backup_work(struct work *w, int argc, char **argv);

/* doctor.c: looks whether an installation is well. */
int cli_doctor(int argc, char **argv);
int doctor_work(struct work *w, int argc, char **argv);

/* config.c: prints the settings. */
int cli_config(int argc, char **argv);

/* serve.c: serves the app and its HTTP interface until SIGTERM. */
int cli_serve(int argc, char **argv);

/* openapi.c: prints the OpenAPI document. */
int cli_openapi(int argc, char **argv);

/* healthcheck.c: exit status 0 when a running server is ready. */
int cli_healthcheck(int argc, char **argv);

#endif
