/* Preloaded into a program, shows it a time of day that is wrong by as many seconds as the file CLOCK_FILE holds, in eight
   bytes. It may be set while the program runs. Clocks that nobody can set stay right. */

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *wrong_by;

__attribute__((constructor)) static void begin(void) {
    int file = open(getenv("CLOCK_FILE"), O_RDONLY);
    void *page = mmap(NULL, sizeof *wrong_by, PROT_READ, MAP_SHARED, file, 0);
    if (page == MAP_FAILED)
        abort();
    wrong_by = page;
    close(file);
}

int clock_gettime(clockid_t clock, struct timespec *shown) {
    int failed = syscall(SYS_clock_gettime, clock, shown);
    if (!failed && wrong_by && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        shown->tv_sec += *wrong_by;
    return failed;
}

int gettimeofday(struct timeval *restrict shown, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    shown->tv_sec = now.tv_sec;
    shown->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *shown) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (shown)
        *shown = now.tv_sec;
    return now.tv_sec;
}
