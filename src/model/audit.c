#include "model/audit.h"

static const char *const kinds[] = {"signed_up",
                                    "signed_in",
                                    "sign_in_failed",
                                    "signed_out",
                                    "signed_out_everywhere",
                                    "password_changed",
                                    "email_changed",
                                    "token_made",
                                    "exported",
                                    "imported",
                                    "guest_merged",
                                    "course_deleted",
                                    "admin_given",
                                    "admin_taken",
                                    "disabled",
                                    "enabled",
                                    "storage_changed",
                                    "invited",
                                    "exported_part",
                                    NULL};
static const char *const actors[] = {"you", "admin", "anyone", NULL};

#define ENTITY struct audit_entry
static const struct field audit_rows[] = {
    F(id, .flags = F_KEY, .doc = "Later ones are higher."),
    F(at, .flags = F_READONLY, .doc = "When; the last time, if it happened more than once."),
    F(kind, .flags = F_READONLY, .choices = kinds, .doc = "What happened."),
    F(actor, .flags = F_READONLY, .choices = actors,
      .doc = "Who did it; anyone: not proved to be you."),
    F(device, .flags = F_READONLY, .max = AUDIT_DEVICE_MAX,
      .doc = "Browser and system, or program; empty if not known."),
    F(address, .flags = F_READONLY, .max = AUDIT_ADDRESS_MAX,
      .doc = "The network it came from, not the whole address; empty if not known or the "
             "server's own."),
    F(count, .flags = F_READONLY, .min = 1, .max = INT32_MAX,
      .doc = "How often, one shortly after the other."),
};
const struct table audit_entry_table =
    TABLE("audit_entry", audit_rows, .doc = "Something that happened in an account.");
