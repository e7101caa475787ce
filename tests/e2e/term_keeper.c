/*
 * The program's parent: what a shell is to a job. A process whose parent is in another session
 * cannot be stopped by Ctrl-Z, so the test itself cannot be that parent.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/e2e/term.h"

static void report(int fd, int kind, int value)
{
    struct keeper_report r = {kind, value};

    if (write(fd, &r, sizeof(r)) != sizeof(r))
        _exit(1);
}

static void job_main(int slave, int report_fd, const char *const *argv, char **env)
{
    sigset_t none;

    setpgid(0, 0);
    tcsetpgrp(slave, getpid());
    dup2(slave, 0);
    dup2(slave, 1);
    dup2(slave, 2);
    for (int sig = 1; sig < NSIG; sig++)
        signal(sig, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvpe(argv[0], (char *const *)(uintptr_t)argv, env);
    report(report_fd, KEEPER_EXEC_FAILED, errno);
    _exit(127);
}

/* Other terminals' pipes must not stay open here, or their keepers would outlive them. */
static void close_others(int a, int b, int c)
{
    for (int fd = 3; fd < 256; fd++)
        if (fd != a && fd != b && fd != c)
            close(fd);
}

static bool reap(pid_t pid, int slave, int report_fd)
{
    bool gone = false;
    int status;

    while (waitpid(pid, &status, WNOHANG | WUNTRACED | WCONTINUED) == pid) {
        gone = WIFEXITED(status) || WIFSIGNALED(status);
        if (gone || WIFSTOPPED(status))
            tcsetpgrp(slave, getpgrp());
        report(report_fd, KEEPER_CHANGED, status);
        if (gone)
            break;
    }
    return gone;
}

void keeper_main(int slave, int command_fd, int report_fd, const char *const *argv, char **env)
{
    bool gone = false;
    sigset_t set;
    pid_t pid;
    int sfd;

    close_others(slave, command_fd, report_fd);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    setsid();
    ioctl(slave, TIOCSCTTY, 0);
    signal(SIGTTOU, SIG_IGN);
    signal(SIGTTIN, SIG_IGN);
    signal(SIGTSTP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    sfd = signalfd(-1, &set, SFD_CLOEXEC);
    fcntl(slave, F_SETFD, FD_CLOEXEC);
    pid = fork();
    if (pid == 0)
        job_main(slave, report_fd, argv, env);
    setpgid(pid, pid);
    report(report_fd, KEEPER_STARTED, pid);
    for (;;) {
        struct pollfd p[2] = {{command_fd, POLLIN, 0}, {sfd, POLLIN, 0}};
        struct signalfd_siginfo si;
        char c;

        if (poll(p, 2, -1) < 0)
            continue;
        if (p[1].revents != 0 && read(sfd, &si, sizeof(si)) == sizeof(si)) {
            if (si.ssi_signo == SIGHUP && !gone) {
                kill(-pid, SIGHUP);
                kill(-pid, SIGCONT);
            } else if (!gone)
                gone = reap(pid, slave, report_fd);
        }
        if (p[0].revents == 0)
            continue;
        if (read(command_fd, &c, 1) != 1) {
            /* What the program left behind has been ours since it ended, and is still a group. */
            if (!gone || waitpid(-pid, NULL, WNOHANG) == 0)
                kill(-pid, SIGKILL);
            _exit(0);
        }
        if (c == 'f' && !gone) {
            tcsetpgrp(slave, pid);
            kill(-pid, SIGCONT);
        }
    }
}
