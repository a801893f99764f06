#pragma once
#include <ares.h>
#include <poll.h>
#include <sys/eventfd.h>  // Swift's Glibc module has no eventfd.
