#include "tests/e2e/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

enum { ARGS_MAX = 64, ANSWER_MAX = 64 << 20 };

static void child_main(struct sandbox *s, const char *const *args, int stdin_fd, char **env)
{
    const char *argv[ARGS_MAX] = {env_path("LUITOP_SANDBOX_BIN", "build/luitop-sandbox"),
                                  "--port",
                                  "0",
                                  "--port-file",
                                  s->port_file,
                                  "--exit-with-stdin",
                                  "--now",
                                  SANDBOX_NOW,
                                  "--seed",
                                  "1"};
    size_t n = 10;
    int log = open(s->log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    while (args != NULL && *args != NULL && n + 1 < ARGS_MAX)
        argv[n++] = *args++;
    dup2(stdin_fd, 0);
    dup2(log, 1);
    dup2(log, 2);
    signal(SIGPIPE, SIG_DFL);
    execvpe(argv[0], (char *const *)(uintptr_t)argv, env);
    dprintf(2, "%s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

static int read_port(const struct sandbox *s)
{
    char line[32] = "";
    FILE *f = fopen(s->port_file, "r");
    char *end;
    long port;

    if (f == NULL)
        return 0;
    if (fgets(line, sizeof(line), f) == NULL)
        line[0] = '\0';
    fclose(f);
    port = strtol(line, &end, 10);
    /* The newline says that the number is whole. */
    return *end == '\n' && port > 0 && port < 65536 ? (int)port : 0;
}

static void print_log(const struct sandbox *s)
{
    char line[512];
    FILE *f = fopen(s->log, "r");

    while (f != NULL && fgets(line, sizeof(line), f) != NULL)
        print_error("sandbox: %s", line);
    if (f != NULL)
        fclose(f);
}

void sandbox_start(struct sandbox *s, const char *const *args)
{
    int64_t end = now_ms() + slow_ms(0);
    int in[2], status;
    char **env;

    *s = (struct sandbox){.stdin_fd = -1};
    temp_make(s->dir);
    snprintf(s->port_file, sizeof(s->port_file), "%s/port", s->dir);
    snprintf(s->settings, sizeof(s->settings), "%s/luitop.conf", s->dir);
    snprintf(s->secret, sizeof(s->secret), "%s/secret", s->dir);
    snprintf(s->log, sizeof(s->log), "%s/sandbox.log", s->dir);
    env = env_make(s->dir, NULL);
    if (pipe2(in, O_CLOEXEC) < 0)
        fail_msg("pipe: %s", strerror(errno));
    s->pid = fork();
    if (s->pid == 0)
        child_main(s, args, in[0], env);
    env_free(env);
    close(in[0]);
    s->stdin_fd = in[1];
    while ((s->port = read_port(s)) == 0) {
        bool ended = waitpid(s->pid, &status, WNOHANG) == s->pid;

        if (ended || now_ms() > end) {
            print_log(s);
            if (ended)
                s->pid = 0;
            sandbox_stop(s);
            fail_msg("the sandbox %s", ended ? "ended at once" : "told no port");
        }
        poll(NULL, 0, 5);
    }
    sandbox_settings(s, NULL, NULL);
}

int sandbox_stop(struct sandbox *s)
{
    int64_t end = now_ms() + slow_ms(0);
    int status = 0;

    if (s->dir[0] == '\0')
        return 0;
    if (s->stdin_fd >= 0)
        close(s->stdin_fd);
    while (s->pid > 0 && waitpid(s->pid, &status, WNOHANG) == 0) {
        if (now_ms() > end)
            kill(s->pid, SIGKILL);
        poll(NULL, 0, 2);
    }
    temp_remove(s->dir);
    *s = (struct sandbox){.stdin_fd = -1};
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void sandbox_settings(struct sandbox *s, const char *extra_profile, const char *extra_top)
{
    static const struct {
        const char *name, *path;
    } urls[] = {
        {"token", "/cctrustoauth2/{customerId}/tokens/clients"},
        {"lui", "/lui/{customerId}"},
        {"partner", "/partner/{customerId}"},
        {"notifications", "/notifications/{customerId}"},
        {"api", "/api"},
        {"cloudlicense", "/cloudlicense/{customerId}"},
        {"core", "/core/{customerId}"},
    };
    struct buf b;

    buf_init(&b, 1 << 20);
    buf_addf(&b,
             "default_profile = \"nimbus\";\nprofiles: {\n  nimbus: {\n    customer_id = \"%s\";\n"
             "    client_id = \"demo-client\";\n    client_secret_file = \"%s\";\n    urls: {\n",
             SANDBOX_CUSTOMER, s->secret);
    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
        buf_addf(&b, "      %s = \"http://127.0.0.1:%d%s\";\n", urls[i].name, s->port,
                 urls[i].path);
    buf_addf(&b, "    };\n%s  };\n};\n%s", extra_profile != NULL ? extra_profile : "",
             extra_top != NULL ? extra_top : "");
    temp_write(s->secret, 0600, "demo-secret\n");
    temp_write(s->settings, 0600, b.data);
    buf_release(&b);
}

int sandbox_get(struct sandbox *s, const char *path, struct buf *out)
{
    return http_request(s->port, "GET", path, NULL, out);
}

int sandbox_post(struct sandbox *s, const char *path, const char *json)
{
    return http_request(s->port, "POST", path, json, NULL);
}

static void control(struct sandbox *s, const char *method, const char *path, const char *json)
{
    int status = http_request(s->port, method, path, json, NULL);

    if (status < 200 || status > 299)
        fail_msg("%s %s: %d", method, path, status);
}

void sandbox_fault(struct sandbox *s, const char *fault)
{
    struct buf b;

    buf_init(&b, 4096);
    buf_addf(&b, fault != NULL ? "{\"faults\":[{%s}]}" : "{\"faults\":[%s]}",
             fault != NULL ? fault : "");
    control(s, "POST", "/sandbox/faults", b.data);
    buf_release(&b);
}

void sandbox_latency(struct sandbox *s, int ms)
{
    char json[64];

    snprintf(json, sizeof(json), "{\"latencyMs\":%d}", ms);
    control(s, "POST", "/sandbox/faults", json);
}

void sandbox_expire_tokens(struct sandbox *s)
{
    control(s, "POST", "/sandbox/tokens/expire", "{}");
}

void sandbox_forget(struct sandbox *s)
{
    control(s, "DELETE", "/sandbox/log", NULL);
}

int sandbox_count(struct sandbox *s, const char *method, const char *part)
{
    json_t *root, *one;
    struct buf b;
    size_t i;
    int n = 0;

    buf_init(&b, ANSWER_MAX);
    if (sandbox_get(s, "/sandbox/log", &b) != 200)
        fail_msg("no /sandbox/log: %s", b.data);
    root = json_loadb(b.data, b.len, 0, NULL);
    if (!json_is_array(json_object_get(root, "requests")))
        fail_msg("/sandbox/log: %s", b.data);
    json_array_foreach(json_object_get(root, "requests"), i, one)
    {
        const char *m = json_string_value(json_object_get(one, "method"));
        const char *p = json_string_value(json_object_get(one, "path"));

        if (m != NULL && p != NULL && (method == NULL || strcmp(m, method) == 0) &&
            (part == NULL || strstr(p, part) != NULL) && strncmp(p, "/sandbox/", 9) != 0)
            n++;
    }
    json_decref(root);
    buf_release(&b);
    return n;
}
