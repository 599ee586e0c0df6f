/* The command line: finds the command, runs it, returns the exit status. Called by main alone. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* Exit statuses: 0 done, 1 failed, 2 wrong usage or a refusal that needs a person. */
int cli_main(int argc, char **argv);

#endif
