#include "model/attachment.h"

static const char *const states[] = {"uploading", "ready", NULL};

#define ENTITY struct attachment
static const struct field rows[] = {
    F(id, .flags = F_KEY, .doc = "UUIDv7, chosen by the client or the server."),
    F(task_id, .flags = F_READONLY, .doc = "The task it belongs to."),
    F(name, .flags = F_REQUIRED, .min = 1, .max = 200, .doc = "The file's name."),
    F(size, .flags = F_REQUIRED, .max = ATTACHMENT_SIZE_MAX, .doc = "Bytes of the file."),
    F(type, .flags = F_READONLY | F_NULLABLE, .max = 100,
      .doc = "The media type, judged by the file's bytes; null until they are there."),
    F(state, .flags = F_READONLY, .choices = states, .fallback = ATTACHMENT_UPLOADING,
      .doc = "uploading: bytes are awaited; ready: the file is there."),
    F(created, .flags = F_READONLY, .doc = "When it was announced."),
    F(trashed, .flags = F_READONLY | F_NULLABLE,
      .doc = "When it was deleted; it can be restored for 7 days."),
    F(sha256, .flags = F_HIDDEN, .doc = "SHA-256 of the bytes."),
    F(key, .flags = F_HIDDEN | F_SECRET, .doc = "Where the bytes are."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of this attachment; its ETag."),
};

const struct table attachment_table = TABLE("attachment", rows, .doc = "A file of a task.");
