/*
 * Commands on a data folder that a server is using: the server carries them out. It listens on
 * DIR/socket (mode 0600), and a command finds it there; without a server the command takes the
 * folder's lock and does the work itself (cli/work.h).
 *
 * A request is a length (4 bytes, the least first) and as many bytes: a secret, which may be empty,
 * then the command's words, each ended by a NUL. The answer is a row of frames: '1' or '2', a
 * length and text for standard output or error; at last '0' and one byte, the exit status.
 *
 * Only the folder's owner and root are heard. One command at a time; a client that stops taking its
 * output is left after CONTROL_WAIT_S.
 */
#ifndef CLI_CONTROL_H
#define CLI_CONTROL_H

#include "cli/work.h"

enum {
    CONTROL_REQUEST_MAX = 64 * 1024, /* bytes */
    CONTROL_WORDS_MAX = 32,
    CONTROL_WAIT_S = 5
};

struct control;

/* Listens in the folder, which this process owns, and starts the thread that serves. `place` is
 * copied; what it points to must outlive the control. ST_INTERNAL: the socket cannot be made. */
MUST_USE enum status control_open(struct ctx *c, const char *folder, const struct place *place,
                                  struct control **out);

/* Waits for the command under way (place->stopping tells long ones to give up). NULL is allowed. */
void control_close(struct control *control);

/* Has the server on this folder carry out a command, its output going to this process's. The words'
 * first is the command. ST_NOT_FOUND without a fault: no server listens there. */
MUST_USE enum status control_ask(struct ctx *c, const char *folder, struct str secret, int argc,
                                 char *const *argv, int *exit_status);

#endif
