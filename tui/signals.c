#include "tui/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/err.h"

static struct {
    int pipe[2];
    bool open;
    bool have_modes;
    struct termios modes;
    char restore[256];
    volatile sig_atomic_t restore_count;
} state;

static const int caught[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

enum {
    CAUGHT_COUNT = sizeof(caught) / sizeof(caught[0]),
    FATAL_COUNT = sizeof(fatal) / sizeof(fatal[0])
};

static void on_signal(int sig)
{
    int saved = errno;
    char byte = (char)sig;

    /* A full pipe already tells the loop to look. */
    if (write(state.pipe[1], &byte, 1) < 0)
        errno = saved;
    errno = saved;
}

static void on_crash(int sig)
{
    if (state.restore_count > 0) {
        ssize_t n = write(STDOUT_FILENO, state.restore, (size_t)state.restore_count);

        (void)n;
        if (state.have_modes)
            tcsetattr(STDIN_FILENO, TCSANOW, &state.modes);
    }
    raise(sig); /* SA_RESETHAND: the default action follows */
}

static void set_action(int sig, void (*handler)(int), int flags)
{
    struct sigaction sa = {.sa_handler = handler, .sa_flags = flags};

    sigemptyset(&sa.sa_mask);
    sigaction(sig, &sa, NULL);
}

int signals_open(struct err *err)
{
    if (pipe2(state.pipe, O_CLOEXEC | O_NONBLOCK) < 0) {
        err_set(err, ERR_IO, "the signal pipe cannot be made");
        err_why(err, "%s", strerror(errno));
        return ERR_IO;
    }
    state.open = true;
    state.restore_count = 0;
    state.have_modes = tcgetattr(STDIN_FILENO, &state.modes) == 0;
    set_action(SIGPIPE, SIG_IGN, 0);
    for (int i = 0; i < CAUGHT_COUNT; i++)
        set_action(caught[i], on_signal, SA_RESTART);
    for (int i = 0; i < FATAL_COUNT; i++)
        set_action(fatal[i], on_crash, SA_RESETHAND | SA_NODEFER);
    return 0;
}

void signals_close(void)
{
    if (!state.open)
        return;
    for (int i = 0; i < CAUGHT_COUNT; i++)
        set_action(caught[i], SIG_DFL, 0);
    for (int i = 0; i < FATAL_COUNT; i++)
        set_action(fatal[i], SIG_DFL, 0);
    close(state.pipe[0]);
    close(state.pipe[1]);
    state.open = false;
    state.restore_count = 0;
}

int signals_fd(void)
{
    return state.pipe[0];
}

int signals_next(void)
{
    char byte;

    return read(state.pipe[0], &byte, 1) == 1 ? byte : 0;
}

void signals_on_crash(const char *bytes, size_t count)
{
    if (count > sizeof(state.restore))
        count = sizeof(state.restore);
    state.restore_count = 0;
    if (count > 0)
        memcpy(state.restore, bytes, count);
    state.restore_count = (sig_atomic_t)count;
}

void signals_stop_self(void)
{
    set_action(SIGTSTP, SIG_DFL, 0);
    kill(0, SIGTSTP);
    set_action(SIGTSTP, on_signal, SA_RESTART);
}
