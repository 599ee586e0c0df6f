/*
 * Archives (port/archive.h) by libarchive: zip, deflated, names in UTF-8.
 */
#ifndef CLIENT_ZIP_H
#define CLIENT_ZIP_H

#include "port/archive.h"

/* `folder`, a NUL-terminated text that outlives it, is where temporary files are made. No other
 * state; nothing to close. */
struct archives zip_archives(const char *folder);

#endif
