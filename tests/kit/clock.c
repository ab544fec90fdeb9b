/* The time of day of a program that is started with this (LD_PRELOAD) differs by as many
   seconds as the file says that ANUBAD_CLOCK names. Clocks that only go forward do not. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t which, struct timespec *told)
{
    static int (*real)(clockid_t, struct timespec *);
    if (!real)
        real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(which, told);
    const char *name = getenv("ANUBAD_CLOCK");
    if (!failed && which == CLOCK_REALTIME && name) {
        FILE *file = fopen(name, "r");
        long seconds = 0;
        if (file) {
            if (fscanf(file, "%ld", &seconds) == 1)
                told->tv_sec += seconds;
            fclose(file);
        }
    }
    return failed;
}
