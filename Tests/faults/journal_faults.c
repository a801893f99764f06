/* Preloaded into `migrate`: ends it, or fails its writes, at the n-th thing that it does to the journal's files.
 *
 *   JOURNAL_FAULT     kill-before | kill-after | EIO | ENOSPC | EROFS
 *   JOURNAL_FAULT_AT  n, from 1
 *   JOURNAL_FAULT_MARK  file that is made when the fault is met
 *
 * A kill counts commits: `before` dies with a commit's last page unwritten, so that the next process does not find it,
 * `after` once it is durable, and unheard of. What was written outlives a process that is killed, synced or not. An
 * error is met at the n-th write, sync or cut, and at every one after it, as on a disk that
 * stays full. Programs that `migrate` starts do not get LD_PRELOAD, and go on undisturbed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int commits;
static atomic_int is_last;
static atomic_int changes;

static int wanted(void) {
    const char *text = getenv("JOURNAL_FAULT_AT");
    return text ? atoi(text) : 0;
}

static const char *manner(void) {
    const char *text = getenv("JOURNAL_FAULT");
    return text ? text : "";
}

static void mark(void) {
    const char *path = getenv("JOURNAL_FAULT_MARK");
    int file = path ? open(path, O_WRONLY | O_CREAT, 0600) : -1;
    if (file >= 0) close(file);
}

static int holds(int file, const char *words) {
    char link[64], path[4096];
    char *digits = link + sizeof link - 1;
    int number = file;
    if (file < 0) return 0;
    *digits = 0;
    do { *--digits = (char)('0' + number % 10); number /= 10; } while (number);
    digits -= strlen("/proc/self/fd/");
    memcpy(digits, "/proc/self/fd/", strlen("/proc/self/fd/"));
    ssize_t length = readlink(digits, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, words) != NULL;
}

/* The error that this change of `file` meets; 0 for none. A full disk fails only what needs room. */
static int error_of(int file, int needs_room) {
    const char *name = manner();
    if (!needs_room && !strcmp(name, "ENOSPC")) return 0;
    int number = !strcmp(name, "EIO") ? EIO : !strcmp(name, "ENOSPC") ? ENOSPC : !strcmp(name, "EROFS") ? EROFS : 0;
    if (!number || !holds(file, ".sqlite")) return 0;
    if (atomic_fetch_add(&changes, 1) + 1 < wanted()) return 0;
    mark();
    return number;
}

static void die(void) {
    mark();
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* A page's header in the log is 24 bytes; that of a commit's last page holds the size of the database, others 0. */
static void see(int file, const void *bytes, size_t count) {
    const unsigned char *header = bytes;
    if (count != 24 || strncmp(manner(), "kill-", 5) || !(header[4] | header[5] | header[6] | header[7])) return;
    if (!holds(file, ".sqlite-wal") || atomic_fetch_add(&commits, 1) + 1 != wanted()) return;
    if (!strcmp(manner(), "kill-before")) die();
    atomic_store(&is_last, 1);
}

static int synced(int file, const char *name) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int error = error_of(file, 0);
    if (error) { errno = error; return -1; }
    int code = real(file);
    if (atomic_load(&is_last) && holds(file, ".sqlite-wal")) die();
    return code;
}

int fsync(int file) { return synced(file, "fsync"); }
int fdatasync(int file) { return synced(file, "fdatasync"); }

#define CHANGE(result, name, needs_room, parameters, arguments, seen)               \
    result name parameters {                                                        \
        static result(*real) parameters;                                            \
        if (!real) real = (result(*) parameters)dlsym(RTLD_NEXT, #name);            \
        int error = error_of(file, needs_room);                                     \
        if (error) { errno = error; return -1; }                                    \
        seen;                                                                       \
        return real arguments;                                                      \
    }
#define SEE see(file, bytes, count)

CHANGE(ssize_t, write, 1, (int file, const void *bytes, size_t count), (file, bytes, count), SEE)
CHANGE(ssize_t, pwrite, 1, (int file, const void *bytes, size_t count, off_t offset), (file, bytes, count, offset), SEE)
CHANGE(ssize_t, pwrite64, 1, (int file, const void *bytes, size_t count, off64_t offset), (file, bytes, count, offset), SEE)
CHANGE(int, ftruncate, 0, (int file, off_t length), (file, length), (void)0)
CHANGE(int, ftruncate64, 0, (int file, off64_t length), (file, length), (void)0)

/* A disk that is full says so. */
#define ASK(name, facts_type)                                                       \
    int name(const char *path, struct facts_type *facts) {                          \
        int (*real)(const char *, struct facts_type *) =                            \
            (int (*)(const char *, struct facts_type *))dlsym(RTLD_NEXT, #name);    \
        int code = real(path, facts);                                               \
        if (!code && !strcmp(manner(), "ENOSPC") && atomic_load(&changes) >= wanted()) facts->f_bavail = 0; \
        return code;                                                                \
    }

ASK(statvfs, statvfs)
ASK(statvfs64, statvfs64)
