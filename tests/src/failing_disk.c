/*
 * A disk that fails when it is told to. Loaded in front of the C library, it ends every write below one directory with
 * the error whose number stands in a file, for as long as that file is there.
 *
 * LIANGXIN_TEST_DISK names the directory, LIANGXIN_TEST_DISK_ERROR the file. Reading goes on, as it does on a real disk
 * that was mounted again for reading only.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* The error with which writes end now, or none. By bare system calls: the functions are our own. */
static int told(void)
{
    const char *file = getenv("LIANGXIN_TEST_DISK_ERROR");
    char number[8] = {0};
    int kept = errno;
    long fd = file ? syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        syscall(SYS_read, fd, number, sizeof number - 1);
        syscall(SYS_close, fd);
    }
    errno = kept;
    return atoi(number);
}

static int is_below(const char *path)
{
    const char *disk = getenv("LIANGXIN_TEST_DISK");
    return disk && path && strncmp(path, disk, strlen(disk)) == 0;
}

static int path_fault(const char *path)
{
    return is_below(path) ? told() : 0;
}

static int fd_fault(int fd)
{
    int error = told();
    char link[40], path[4096];
    ssize_t length;
    if (!error)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return is_below(path) ? error : 0;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL_IF(fault) do { int error = (fault); if (error) { errno = error; return -1; } } while (0)

#define ON_FD(result, name, parameters, arguments) \
    result name parameters { FAIL_IF(fd_fault(fd)); return NEXT(name) arguments; }

ON_FD(ssize_t, write, (int fd, const void *from, size_t size), (fd, from, size))
ON_FD(ssize_t, pwrite, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at))
ON_FD(ssize_t, pwrite64, (int fd, const void *from, size_t size, off64_t at), (fd, from, size, at))
ON_FD(ssize_t, writev, (int fd, const struct iovec *from, int count), (fd, from, count))
ON_FD(int, fsync, (int fd), (fd))
ON_FD(int, fdatasync, (int fd), (fd))
ON_FD(int, ftruncate, (int fd, off_t size), (fd, size))
ON_FD(int, ftruncate64, (int fd, off64_t size), (fd, size))

#define ON_PATH(result, name, parameters, arguments) \
    result name parameters { FAIL_IF(path_fault(path)); return NEXT(name) arguments; }

ON_PATH(int, rename, (const char *path, const char *to), (path, to))
ON_PATH(int, unlink, (const char *path), (path))
ON_PATH(int, mkdir, (const char *path, mode_t mode), (path, mode))

/* A disk for reading only opens nothing for writing; one with faults makes no file. */
static int open_fault(const char *path, int flags)
{
    int error = path_fault(path);
    int writes = (flags & O_ACCMODE) != O_RDONLY;
    return error && ((flags & O_CREAT) || (error == EROFS && writes)) ? error : 0;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

#define ON_OPEN(name) \
    int name(const char *path, int flags, ...) \
    { MODE(flags) FAIL_IF(open_fault(path, flags)); return NEXT(name)(path, flags, mode); }

ON_OPEN(open)
ON_OPEN(open64)

#define ON_OPENAT(name) \
    int name(int directory, const char *path, int flags, ...) \
    { MODE(flags) FAIL_IF(open_fault(path, flags)); return NEXT(name)(directory, path, flags, mode); }

ON_OPENAT(openat)
ON_OPENAT(openat64)
