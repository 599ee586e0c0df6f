/* Causes as HTTP: RFC 9457 problem+json. The only place that knows both. */
#ifndef API_PROBLEM_H
#define API_PROBLEM_H

#include "base/status.h"
#include "http/request.h"

/* Fills the response for a cause with the faults of the request's context. */
void problem_write(struct request *request, struct response *response, enum status cause);

/* For errors the server finds itself: server_hooks.problem. */
void problem_server(void *data, struct request *request, struct response *response, int status,
                    const char *code, const char *detail);

/* The HTTP status of a cause. */
int problem_status(enum status cause);

#endif
