// The few calls of Linux that the module Glibc hides: epoll, eventfd, accept4, prctl, mallopt.
#ifndef BONITAS_CLINUX_H
#define BONITAS_CLINUX_H

// What Glibc declares stays its own: without this, `timespec` and others would belong to this module, and every file of a
// target that imports it anywhere would have to import it.
#pragma clang module import SwiftGlibc

#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>

// Declared by sys/socket.h for _GNU_SOURCE alone.
extern int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);

// prctl takes any number of arguments, which Swift does not call. 0 where this process and its children can gain no
// privilege any more, by whatever program they run.
static inline int bonitas_forgo_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

#endif
