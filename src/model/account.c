#include "model/account.h"

static const char *const account_kinds[] = {"guest", "user", NULL};
static const char *const session_kinds[] = {"browser", "token", NULL};

#define ENTITY struct account
static const struct field account_rows[] = {
    F(id, .flags = F_KEY | F_READONLY, .doc = "UUIDv7."),
    F(login_key, .flags = F_HIDDEN, .min = 1, .max = 320, .doc = "What the account is found by."),
    F(email, .flags = F_NULLABLE, .min = 3, .max = 254, .format = "email",
      .doc = "As the user wrote it; null for a guest."),
    F(kind, .flags = F_READONLY, .choices = account_kinds, .doc = "guest or user."),
    F(password_hash, .flags = F_HIDDEN | F_SECRET | F_NULLABLE, .max = 200, .doc = "Argon2id."),
    F(session_epoch, .flags = F_HIDDEN, .max = INT64_MAX, .doc = "Sessions of older epochs ended."),
    F(created, .flags = F_READONLY, .doc = "When it was made."),
    F(expires, .flags = F_READONLY | F_NULLABLE, .doc = "When an unused guest is removed."),
    F(version, .flags = F_READONLY, .max = INT64_MAX, .doc = "Counts the account's changes."),
    F(admin, .flags = F_HIDDEN, .doc = "An administrator."),
    F(disabled, .flags = F_HIDDEN | F_NULLABLE, .doc = "Since when nobody can sign in."),
    F(storage_mib, .flags = F_HIDDEN, .max = INT32_MAX, .doc = "Mebibytes of files; 0: as usual."),
};
const struct table account_table = TABLE("account", account_rows, .doc = "Who may sign in.");
#undef ENTITY

#define ENTITY struct session
static const struct field session_rows[] = {
    F(token_hash, .flags = F_KEY | F_HIDDEN | F_SECRET, .doc = "SHA-256 of the token."),
    F(account_id, .flags = F_HIDDEN, .doc = "Whose session it is."),
    F(epoch, .flags = F_HIDDEN, .max = INT64_MAX, .doc = "The account's epoch when it began."),
    F(kind, .flags = F_READONLY, .choices = session_kinds, .doc = "browser or token."),
    F(created, .flags = F_READONLY, .doc = "When it began."),
    F(last_seen, .flags = F_READONLY, .doc = "When it was last used, within 10 minutes."),
    F(expires, .flags = F_READONLY, .doc = "When it ends at the latest."),
};
const struct table session_table = TABLE("session", session_rows, .doc = "A sign-in.");
