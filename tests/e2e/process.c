#include "tests/e2e/process.h"

#include <dirent.h>
#include <poll.h>

#include "tests/e2e/e2e.h"

/* The state letter and the parent of PID; false when it is gone. */
static bool read_stat(pid_t pid, char *letter, int *parent)
{
    char path[64], line[1024];
    const char *end;
    bool ok = false;
    FILE *f;

    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    f = fopen(path, "r");
    /* The name in parentheses may hold anything; what is read here follows it. */
    if (f != NULL && fgets(line, sizeof(line), f) != NULL && (end = strrchr(line, ')')) != NULL)
        ok = sscanf(end, ") %c %d", letter, parent) == 2;
    if (f != NULL)
        fclose(f);
    return ok;
}

char process_state(pid_t pid)
{
    char letter;
    int parent;

    return read_stat(pid, &letter, &parent) ? letter : '\0';
}

bool process_lives(pid_t pid)
{
    char letter;
    int parent;

    return read_stat(pid, &letter, &parent) && letter != 'Z' && letter != 'X';
}

static bool command_has(pid_t pid, const char *part)
{
    char path[64], line[4096];
    size_t n = 0;
    FILE *f;

    snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)pid);
    f = fopen(path, "r");
    if (f != NULL) {
        n = fread(line, 1, sizeof(line), f);
        fclose(f);
    }
    return memmem(line, n, part, strlen(part)) != NULL;
}

pid_t process_child(pid_t parent, const char *part)
{
    DIR *d = opendir("/proc");
    struct dirent *e;
    pid_t found = 0;

    while (d != NULL && found == 0 && (e = readdir(d)) != NULL) {
        pid_t pid = (pid_t)strtol(e->d_name, NULL, 10);
        char letter;
        int of;

        if (pid > 0 && read_stat(pid, &letter, &of) && of == parent && letter != 'Z' &&
            command_has(pid, part))
            found = pid;
    }
    if (d != NULL)
        closedir(d);
    return found;
}

void process_wait_gone(pid_t pid)
{
    int64_t end = now_ms() + slow_ms(0);

    while (process_lives(pid)) {
        if (now_ms() > end)
            fail_msg("process %d still lives", (int)pid);
        poll(NULL, 0, 5);
    }
}
