/* A temporary data folder for tests, in memory where the system has a place for that. */
#ifndef CONTRACT_FOLDER_H
#define CONTRACT_FOLDER_H

#include <stdbool.h>

/* Makes one, and removes the one before. The text is good until the next call. */
const char *folder_fresh(void);

/* The one made last. */
const char *folder_path(void);

/* Removes it. */
void folder_remove(void);

/* Whether the bytes stand in any file of it. */
bool folder_holds(const char *bytes);

#endif
