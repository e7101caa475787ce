#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "session/file.h"

static bool is_stdout(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

/* A terminal, a pipe, /dev/null. */
static bool is_device(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static int failed(struct err *err, const char *path, int error)
{
    err_set(err, ERR_IO, "\"%.120s\" cannot be written", path);
    err_why(err, "%s", strerror(error));
    return ERR_IO;
}

static int told(int rc, struct err *err)
{
    if (rc == ERR_USAGE)
        err_next(err, "Add --force to replace it");
    return rc;
}

int output_check(const char *path, bool force, struct err *err)
{
    return is_stdout(path) || is_device(path) ? 0 : told(file_check(path, force, err), err);
}

static int write_stdout(const char *data, size_t len, struct err *err)
{
    int error = file_write_all(STDOUT_FILENO, data, len);

    return error == 0 || error == EPIPE ? 0 : failed(err, "stdout", error);
}

static int write_device(const char *path, const char *data, size_t len, struct err *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    int error = fd < 0 ? errno : file_write_all(fd, data, len);

    if (fd >= 0)
        close(fd);
    return error == 0 || error == EPIPE ? 0 : failed(err, path, error);
}

int output_write(const char *path, bool force, const char *data, size_t len, struct err *err)
{
    if (is_stdout(path))
        return write_stdout(data, len, err);
    if (is_device(path))
        return write_device(path, data, len, err);
    return told(file_write(path, force, data, len, err), err);
}
