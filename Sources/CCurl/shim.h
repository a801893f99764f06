#pragma once
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>
#include <pthread.h>

// Swift cannot call C variadic functions: one inline function for each type of value.
typedef size_t (*migrate_curl_callback)(char *, size_t, size_t, void *);

static inline CURLcode migrate_setopt_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode migrate_setopt_off(CURL *h, CURLoption o, curl_off_t v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode migrate_setopt_ptr(CURL *h, CURLoption o, void *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode migrate_setopt_str(CURL *h, CURLoption o, const char *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode migrate_setopt_callback(CURL *h, CURLoption o, migrate_curl_callback v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode migrate_getinfo_long(CURL *h, CURLINFO i, long *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode migrate_getinfo_off(CURL *h, CURLINFO i, curl_off_t *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode migrate_getinfo_ptr(CURL *h, CURLINFO i, void **v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode migrate_getinfo_str(CURL *h, CURLINFO i, const char **v) { return curl_easy_getinfo(h, i, (char **)v); }
static inline CURLMcode migrate_multi_setopt_long(CURLM *h, CURLMoption o, long v) { return curl_multi_setopt(h, o, v); }
static inline CURLcode migrate_message_result(const CURLMsg *m) { return m->data.result; }

// Declared here because pthread.h hides it from Swift's importer (it is a GNU extension).
extern int pthread_setname_np(pthread_t thread, const char *name);
