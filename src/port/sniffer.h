/* What kind of file it is, judged by its bytes: what a client says about it is not believed. */
#ifndef PORT_SNIFFER_H
#define PORT_SNIFFER_H

#include "base/status.h"
#include "base/str.h"

enum { SNIFFED_TYPE_MAX = 100 };

struct sniffer {
    /* The media type ("image/png") of a file that begins with `head`, in the request's arena;
     * "application/octet-stream" when nothing is known. Any thread; takes milliseconds. */
    enum status (*type)(void *self, struct ctx *c, struct str head, struct str *type);
    void *self;
};

#endif
