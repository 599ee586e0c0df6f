/*
 * From where a request comes, shortened to what its owner needs to recognise it and no more: the
 * browser's and the system's name without their versions, and the network instead of the address.
 */
#ifndef API_WHENCE_H
#define API_WHENCE_H

#include "domain/domain.h"
#include "http/request.h"

enum { DEVICE_NAME_MAX = 24 /* bytes of a program's own name */ };

/* The texts are static or lie in `a`. */
struct whence whence_of(struct arena *a, const struct request *request);

/* "Firefox, Linux", or a program's name as it gives it ("curl"); empty when nothing is known. */
struct str device_of(struct arena *a, struct str user_agent);

/* "203.0.113.x" or "2001:db8:12::/48"; empty when unknown, or this machine itself. */
struct str network_of(struct arena *a, struct address address);

#endif
