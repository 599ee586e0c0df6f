#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/settings.h"
#include "cli/work.h"
#include "domain/accounts.h"
#include "domain/admins.h"

enum { LIST_PAGE = 500, PASSWORD_BYTES = 1024 };

static const size_t MEMORY_MAX = (size_t)16 << 20;

struct request {
    bool admin;                /* --admin */
    bool off;                  /* --off */
    int32_t days;              /* --days; 0: as usual */
    const char *password_file; /* NULL: standard input */
    const char *email;
};

static FILE *open_password(const char *name)
{
    if (!name)
        return stdin;
    FILE *file = fopen(name, "r");
    if (!file)
        fprintf(stderr, "studybunny user: %s: %s\n", name, strerror(errno));
    return file;
}

/* Asks on a terminal, without showing what is typed. */
static bool read_line(FILE *file, char *line, size_t size)
{
    struct termios shown, hidden;
    bool asks = isatty(fileno(file)) && tcgetattr(fileno(file), &shown) == 0;
    if (asks) {
        fputs("Password: ", stderr);
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(fileno(file), TCSAFLUSH, &hidden);
    }
    bool got = fgets(line, (int)size, file) != NULL;
    if (asks) {
        tcsetattr(fileno(file), TCSAFLUSH, &shown);
        fputc('\n', stderr);
    }
    return got;
}

/* The first line of the file or standard input, without its end. */
static enum status read_password(struct ctx *c, const struct request *r, struct str *out)
{
    char *line = arena_alloc(c->arena, PASSWORD_BYTES);
    if (!line)
        return fail_memory(c);
    FILE *file = open_password(r->password_file);
    if (!file)
        return fail(c, ST_INVALID, "password", "the file cannot be read");
    bool got = read_line(file, line, PASSWORD_BYTES);
    if (file != stdin)
        fclose(file);
    if (!got)
        return fail(c, ST_INVALID, "password", "a line with the password is expected");
    *out = (struct str){line, strcspn(line, "\r\n")};
    if (!utf8_valid(*out))
        return fail(c, ST_INVALID, "password", "it must be UTF-8");
    return ST_OK;
}

static enum status create(struct work *w, const struct request *r)
{
    struct account made;
    enum status st = account_create_user(w->c, w->domain, str_of(r->email), w->secret, &made);
    if (st != ST_OK)
        return st;
    char id[ID_TEXT_LEN];
    id_format(made.id, id);
    fprintf(w->out, "%.*s\t%.*s\n", ID_TEXT_LEN, id, STR_ARG(made.email));
    return ST_OK;
}

static void print_account(FILE *out, const struct account *a)
{
    char id[ID_TEXT_LEN], created[INSTANT_TEXT_MAX];
    id_format(a->id, id);
    size_t len = instant_format(a->created, created);
    fprintf(out, "%.*s\t%s\t%.*s\t%.*s\n", ID_TEXT_LEN, id,
            a->kind == ACCOUNT_GUEST ? "guest" : "user", (int)len, created, STR_ARG(a->email));
}

static enum status list(struct work *w, const struct request *r)
{
    struct id after = ID_NONE;
    int32_t count;
    (void)r;
    do {
        struct account *page;
        arena_reset(w->c->arena);
        enum status st =
            store_list_accounts(w->c, w->domain->store, after, LIST_PAGE, &page, &count);
        if (st != ST_OK)
            return st;
        for (int32_t i = 0; i < count; i++)
            print_account(w->out, &page[i]);
        if (count > 0)
            after = page[count - 1].id;
    } while (count == LIST_PAGE);
    return ST_OK;
}

static enum status token(struct work *w, const struct request *r)
{
    struct sign_in_result made;
    enum status st = account_make_token(w->c, w->domain, str_of(r->email), &made);
    if (st == ST_OK)
        fprintf(w->out, "%.*s\n", STR_ARG(made.token));
    return st;
}

static enum status reset_password(struct work *w, const struct request *r)
{
    return account_reset_password(w->c, w->domain, str_of(r->email), w->secret);
}

static enum status appoint(struct work *w, const struct request *r)
{
    return admin_appoint(w->c, w->domain, str_of(r->email), !r->off);
}

static enum status invite(struct work *w, const struct request *r)
{
    struct invitation made;
    struct str token;
    enum status st = admin_invite(w->c, w->domain, NULL, ID_NONE, STR_LIT("studybunny user invite"),
                                  r->admin, r->days ? r->days : INVITATION_DAYS, &made, &token);
    if (st == ST_OK)
        fprintf(w->out, "/join#%.*s\n", STR_ARG(token));
    return st;
}

static const struct action {
    const char *name;
    enum status (*run)(struct work *w, const struct request *r);
    bool names_user;
    bool makes_data; /* a folder without a database is made */
    bool needs_password;
} actions[] = {
    {"create", create, true, true, true},   {"list", list, false, false, false},
    {"token", token, true, false, false},   {"reset-password", reset_password, true, false, true},
    {"admin", appoint, true, false, false}, {"invite", invite, false, false, false},
};

static void usage(FILE *to)
{
    fputs(
        "usage: studybunny user create EMAIL [--password-file FILE] [--data DIR]\n"
        "       studybunny user list [--data DIR]\n"
        "       studybunny user token EMAIL [--data DIR]\n"
        "       studybunny user reset-password EMAIL [--password-file FILE] [--data DIR]\n"
        "       studybunny user admin EMAIL [--off] [--data DIR]\n"
        "       studybunny user invite [--admin] [--days DAYS] [--data DIR]\n"
        "The password is the first line of the file or of standard input. `token` prints a token\n"
        "for programs, to be sent as Authorization: Bearer. `admin` makes an administrator, or "
        "takes\n"
        "that back; `invite` prints where on the server somebody can sign up, once. A server that "
        "is using the folder is\n"
        "asked to do it.\n",
        to);
}

static const struct action *find_action(const char *name)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(name, actions[i].name) == 0)
            return &actions[i];
    return NULL;
}

/* False: wrong usage. */
static bool read_arguments(int argc, char **argv, const struct action *a, struct request *r)
{
    uint64_t days;
    for (int i = 2; i < argc; i++) {
        bool last = i + 1 == argc;
        if (strcmp(argv[i], "--password-file") == 0 && a->needs_password && !last)
            r->password_file = argv[++i];
        else if (strcmp(argv[i], "--admin") == 0 && a->run == invite)
            r->admin = true;
        else if (strcmp(argv[i], "--off") == 0 && a->run == appoint)
            r->off = true;
        else if (strcmp(argv[i], "--days") == 0 && a->run == invite && !last &&
                 str_to_uint(str_of(argv[i + 1]), INVITATION_DAYS_MAX, &days) && days > 0)
            r->days = (int32_t)days, i++;
        else if (argv[i][0] != '-' && a->names_user && !r->email)
            r->email = argv[i];
        else
            return false;
    }
    return !a->names_user || (r->email && utf8_valid(str_of(r->email)));
}

int user_work(struct work *w, int argc, char **argv)
{
    struct request r = {0};
    const struct action *a = argc > 1 ? find_action(argv[1]) : NULL;
    if (!a || !read_arguments(argc, argv, a, &r)) {
        usage(w->err);
        return 2;
    }
    enum status st = a->run(w, &r);
    return st == ST_OK ? 0 : work_report(w->err, argv[0], w->c, st);
}

/* The password is asked for before the folder is taken: a person may type for long. */
static int carry_out(struct ctx *c, int argc, char **argv)
{
    struct request r = {0};
    struct config *config = NULL;
    struct str password = STR_NONE;
    enum status st = settings_read(c, &argc, argv, &config);
    const struct action *a = argc > 1 ? find_action(argv[1]) : NULL;
    int outcome = 2;
    if (st == ST_OK && (!a || !read_arguments(argc, argv, a, &r))) {
        usage(stderr);
    } else {
        if (st == ST_OK && a->needs_password)
            st = read_password(c, &r, &password);
        outcome = st == ST_OK ? work_do(c, config, a->makes_data, password, argc, argv)
                              : work_report(stderr, argv[0], c, st);
    }
    config_close(config);
    return outcome;
}

int cli_user(int argc, char **argv)
{
    struct arena arena;
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        usage(stdout);
        return 0;
    }
    arena_init(&arena, MEMORY_MAX);
    struct ctx c = {.arena = &arena};
    int outcome = carry_out(&c, argc, argv);
    arena_release(&arena);
    return outcome;
}
