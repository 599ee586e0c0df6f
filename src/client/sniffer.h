/*
 * Kinds of files by libmagic, whose table is read when the first file comes. One file at a time;
 * only the first bytes are looked at, and nothing is unpacked.
 */
#ifndef CLIENT_SNIFFER_H
#define CLIENT_SNIFFER_H

#include "port/sniffer.h"

struct magic_sniffer;

/* ST_UNAVAILABLE: memory. */
MUST_USE enum status magic_sniffer_open(struct ctx *c, struct magic_sniffer **out);

/* NULL is allowed. */
void magic_sniffer_close(struct magic_sniffer *s);

/* type() gives ST_INTERNAL when libmagic's table is missing. */
struct sniffer magic_sniffer_port(struct magic_sniffer *s);

#endif
