#include "model/invitation.h"

#define ENTITY struct invitation
static const struct field invitation_rows[] = {
    F(id, .flags = F_KEY | F_READONLY, .doc = "UUIDv7."),
    F(token_hash, .flags = F_HIDDEN | F_SECRET, .doc = "SHA-256 of the token."),
    F(note, .flags = F_READONLY, .max = INVITATION_NOTE_MAX, .doc = "For whom."),
    F(admin, .flags = F_READONLY, .doc = "Who uses it becomes an administrator."),
    F(created, .flags = F_READONLY, .doc = "When it was made."),
    F(expires, .flags = F_READONLY, .doc = "When it ends if nobody uses it."),
};
const struct table invitation_table =
    TABLE("invitation", invitation_rows, .doc = "A link to sign up with, good once.");
