#include "model/person.h"

static const char *const kinds[] = {"guest", "user", NULL};

#define ENTITY struct person
static const struct field person_rows[] = {
    F(id, .flags = F_KEY | F_READONLY, .doc = "The account's id."),
    F(email, .flags = F_READONLY | F_NULLABLE, .max = 254, .doc = "Null for a guest."),
    F(kind, .flags = F_READONLY, .choices = kinds, .doc = "guest or user."),
    F(admin, .doc = "An administrator."),
    F(disabled, .doc = "Cannot sign in; what the account has is kept."),
    F(storage_mib, .max = STORAGE_MIB_MAX, .doc = "Mebibytes that files may take; 0: as usual."),
    F(created, .flags = F_READONLY, .doc = "When the account was made."),
    F(last_seen, .flags = F_READONLY | F_NULLABLE, .doc = "When it was last used; null: not yet."),
    F(tasks, .flags = F_READONLY, .max = INT64_MAX, .doc = "How many tasks there are."),
    F(attachments, .flags = F_READONLY, .max = INT64_MAX, .doc = "How many files."),
    F(bytes, .flags = F_READONLY, .max = INT64_MAX, .doc = "Bytes of the files."),
};
const struct table person_table =
    TABLE("person", person_rows, .doc = "An account as administrators see it.");
