#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "session/config_build.h"
#include "session/settings_text.h"

const char *settings_env(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

int settings_user_path(struct buf *out)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

    /* A relative path there is to be ignored (XDG Base Directory Specification). */
    if (config != NULL && config[0] == '/')
        return buf_addf(out, "%s/luitop/luitop.conf", config);
    if (home != NULL && home[0] == '/')
        return buf_addf(out, "%s/.config/luitop/luitop.conf", home);
    return 0;
}

int settings_system_path(struct buf *out)
{
    const char *dirs = settings_env("XDG_CONFIG_DIRS");

    for (dirs = dirs != NULL ? dirs : "/etc/xdg"; *dirs != '\0'; dirs += *dirs == ':') {
        size_t len = strcspn(dirs, ":");

        buf_reset(out);
        if (dirs[0] == '/' && len < PATH_MAX &&
            buf_addf(out, "%.*s/luitop/luitop.conf", (int)len, dirs) == 0 &&
            access(out->data, F_OK) == 0)
            return 0;
        dirs += len;
    }
    buf_reset(out);
    return 0;
}

static int refuse(const char *label, const char *why, const char *next, struct err *err)
{
    err_set(err, ERR_SETTINGS, "the settings file %s cannot be used", label);
    err_why(err, "%s", why);
    err_next(err, "%s", next);
    return ERR_SETTINGS;
}

static int check_owner(int fd, const char *label, struct err *err)
{
    struct stat st;

    if (fstat(fd, &st) < 0)
        return refuse(label, strerror(errno), "", err);
    if (!S_ISREG(st.st_mode))
        return refuse(label, "it is not a regular file", "", err);
    if (st.st_uid != geteuid() && st.st_uid != 0)
        return refuse(label, "it belongs to somebody else",
                      "It can name commands to run, so only your own file is read", err);
    if ((st.st_mode & 022) != 0)
        return refuse(label, "others may write to it",
                      "It can name commands to run: chmod go-w the file, and look whether "
                      "somebody changed it",
                      err);
    if (st.st_size > SETTINGS_FILE_MAX)
        return refuse(label, "it is larger than 1 MiB", "", err);
    return 0;
}

static int read_all(int fd, const char *label, struct buf *out, struct err *err)
{
    char piece[4096];
    ssize_t n;

    do {
        n = read(fd, piece, sizeof(piece));
        if (n > 0 && buf_add(out, piece, (size_t)n) < 0)
            return refuse(label, "it is too large", "", err);
    } while (n > 0 || (n < 0 && errno == EINTR));
    return n < 0 ? refuse(label, strerror(errno), "", err) : 1;
}

int settings_file_read(const char *path, const char *label, struct buf *out, struct err *err)
{
    /* Links are followed: many keep their settings in a repository elsewhere. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), rc;

    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return 0;
    if (fd < 0)
        return refuse(label, strerror(errno), "", err);
    rc = check_owner(fd, label, err);
    if (rc == 0)
        rc = read_all(fd, label, out, err);
    close(fd);
    return rc;
}
