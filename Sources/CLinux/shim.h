// The few calls of Linux that the module Glibc hides: epoll, eventfd, accept4.
#ifndef BONITAS_CLINUX_H
#define BONITAS_CLINUX_H

// What Glibc declares stays its own: without this, `timespec` and others would belong to this module, and every file of a
// target that imports it anywhere would have to import it.
#pragma clang module import SwiftGlibc

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// Declared by sys/socket.h for _GNU_SOURCE alone.
extern int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);

#endif
