#pragma once
// Everything that jq calls back, in C: a Swift closure that C calls from another thread would have to prove that it
// belongs to no actor, and jq 1.6 leaves two of the callbacks as uninitialised memory unless they are set.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <jv.h>
#include <jq.h>

// What jq said while compiling; the buffer belongs to the state's owner.
struct cjq_messages {
    char *text;
    size_t length;
};

static inline void cjq_collect(void *user, jv message) {
    struct cjq_messages *messages = (struct cjq_messages *)user;
    jv formatted = jq_format_error(message);
    const char *text = jv_string_value(formatted);
    size_t length = strlen(text);
    // More than this is a flood of follow-up errors.
    if (messages->length + length + 2 < 65536) {
        char *grown = (char *)realloc(messages->text, messages->length + length + 2);
        if (grown != NULL) {
            memcpy(grown + messages->length, text, length);
            messages->length += length;
            grown[messages->length++] = '\n';
            grown[messages->length] = 0;
            messages->text = grown;
        }
    }
    jv_free(formatted);
}

static inline jv cjq_no_input(jq_state *state, void *user) {
    (void)state;
    (void)user;
    return jv_invalid();
}

static inline void cjq_no_debug(void *user, jv message) {
    (void)user;
    jv_free(message);
}

// A state with every callback set; NULL when memory is short.
static inline jq_state *cjq_open(struct cjq_messages *messages) {
    jq_state *state = jq_init();
    if (state == NULL) return NULL;
    jq_set_error_cb(state, cjq_collect, messages);
    jq_set_input_cb(state, cjq_no_input, NULL);
    jq_set_debug_cb(state, cjq_no_debug, NULL);
    return state;
}

static inline void cjq_close(jq_state *state) { jq_teardown(&state); }

// Halts a state that computes for too long. jq 1.6 looks at its `halted` flag before every opcode.
//
// Why the time that its thread was given, not the time that went by: on a busy machine a sound expression would be
// taken for an endless one, and a sound runbook for a broken one.
struct cjq_watchdog {
    jq_state *state;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t over;
    clockid_t clock;
    long long end;
    int is_over;
    int has_fired;
};

static inline long long cjq_nanoseconds(clockid_t clock) {
    struct timespec now = {0, 0};
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static inline void *cjq_watch(void *argument) {
    struct cjq_watchdog *watchdog = (struct cjq_watchdog *)argument;
    pthread_mutex_lock(&watchdog->lock);
    while (!watchdog->is_over) {
        // It cannot have computed for longer than time went by, so that looking again then is soon enough.
        long long left = watchdog->end - cjq_nanoseconds(watchdog->clock);
        if (left <= 0) break;
        long long until = cjq_nanoseconds(CLOCK_MONOTONIC) + left;
        struct timespec deadline = {until / 1000000000LL, until % 1000000000LL};
        pthread_cond_timedwait(&watchdog->over, &watchdog->lock, &deadline);
    }
    if (!watchdog->is_over) {
        watchdog->has_fired = 1;
        // Under the lock, so that the state cannot be closed or started again meanwhile.
        jq_halt(watchdog->state, jv_invalid(), jv_invalid());
    }
    pthread_mutex_unlock(&watchdog->lock);
    return NULL;
}

// Starts a watchdog over what the calling thread computes from now on; NULL when no thread could be had.
static inline struct cjq_watchdog *cjq_watch_begin(jq_state *state, long milliseconds) {
    struct cjq_watchdog *watchdog = (struct cjq_watchdog *)calloc(1, sizeof *watchdog);
    if (watchdog == NULL) return NULL;
    watchdog->state = state;
    if (pthread_getcpuclockid(pthread_self(), &watchdog->clock) != 0) {
        free(watchdog);
        return NULL;
    }
    watchdog->end = cjq_nanoseconds(watchdog->clock) + milliseconds * 1000000LL;
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&watchdog->over, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&watchdog->lock, NULL);
    if (pthread_create(&watchdog->thread, NULL, cjq_watch, watchdog) != 0) {
        free(watchdog);
        return NULL;
    }
    return watchdog;
}

// Ends a watchdog; 1 when it had to halt the state.
static inline int cjq_watch_end(struct cjq_watchdog *watchdog) {
    pthread_mutex_lock(&watchdog->lock);
    watchdog->is_over = 1;
    pthread_cond_signal(&watchdog->over);
    pthread_mutex_unlock(&watchdog->lock);
    pthread_join(watchdog->thread, NULL);
    int has_fired = watchdog->has_fired;
    pthread_cond_destroy(&watchdog->over);
    pthread_mutex_destroy(&watchdog->lock);
    free(watchdog);
    return has_fired;
}
