#include "api/whence.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

struct mark {
    const char *text; /* in the User-Agent */
    const char *name;
};

/* Nearly all browsers name others too: the first row that is found is right. */
static const struct mark browsers[] = {
    {"Edg", "Edge"},         {"OPR/", "Opera"},     {"SamsungBrowser/", "Samsung Internet"},
    {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"},
    {"Chrome/", "Chrome"},   {"Safari/", "Safari"},
};
static const struct mark systems[] = {
    {"Android", "Android"}, {"iPhone", "iOS"},   {"iPad", "iPadOS"}, {"Windows", "Windows"},
    {"CrOS", "ChromeOS"},   {"Mac OS", "macOS"}, {"Linux", "Linux"},
};

static bool contains(struct str s, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i + len <= s.len; i++)
        if (memcmp(s.data + i, text, len) == 0)
            return true;
    return false;
}

static const char *find(const struct mark *marks, size_t count, struct str s)
{
    for (size_t i = 0; i < count; i++)
        if (contains(s, marks[i].text))
            return marks[i].name;
    return NULL;
}

/* Up to the version, and only as long as it reads like a name. */
static struct str program_of(struct str user_agent)
{
    size_t len = 0;
    while (len < user_agent.len && len < DEVICE_NAME_MAX) {
        char ch = user_agent.data[len];
        bool good = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
                    (ch >= '0' && ch <= '9') || ch == '-' || ch == '_' || ch == '.';
        if (!good)
            break;
        len++;
    }
    return (struct str){user_agent.data, len};
}

struct str device_of(struct arena *a, struct str user_agent)
{
    const char *browser = find(browsers, sizeof browsers / sizeof browsers[0], user_agent);
    const char *system = find(systems, sizeof systems / sizeof systems[0], user_agent);
    struct buf b;
    if (!user_agent.data || user_agent.len == 0)
        return STR_LIT("");
    buf_init(&b, a, 48, 64);
    if (browser)
        buf_add_text(&b, browser);
    else
        buf_add_str(&b, program_of(user_agent));
    if (system)
        buf_addf(&b, "%s%s", b.len > 0 ? ", " : "", system);
    return b.overflowed || b.len == 0 ? STR_LIT("") : buf_str(&b);
}

struct str network_of(struct arena *a, struct address address)
{
    static const struct address unknown, own = {{[15] = 1}};
    static const uint8_t four[12] = {[10] = 0xff, [11] = 0xff};
    const uint8_t *at = address.bytes;
    char text[ADDRESS_TEXT_MAX];
    struct buf b;
    bool is_four = memcmp(at, four, sizeof four) == 0;
    if (memcmp(&address, &unknown, sizeof address) == 0 ||
        memcmp(&address, &own, sizeof address) == 0 || (is_four && at[12] == 127))
        return STR_LIT("");
    buf_init(&b, a, 48, 64);
    if (is_four) {
        buf_addf(&b, "%d.%d.%d.x", at[12], at[13], at[14]);
    } else {
        memset(address.bytes + 6, 0, sizeof address.bytes - 6);
        address_format(address, text);
        buf_addf(&b, "%s/48", text);
    }
    return b.overflowed ? STR_LIT("") : buf_str(&b);
}

struct whence whence_of(struct arena *a, const struct request *request)
{
    return (struct whence){device_of(a, request_header(request, "User-Agent")),
                           network_of(a, request->remote)};
}
