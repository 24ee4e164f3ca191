// Programs that load this before their libraries live SLOW_MOTION times slower than the rest of the machine:
// all clocks they read, all times they wait, all arrival times the kernel tells them. Whole sessions are
// measured so on a virtual machine whose host lets it stand still for milliseconds now and then: it is as if
// the machine were faster by that factor, and it says so.
//
// It replaces functions of the C library, hence their names and their types.
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "SlowClock.hpp"

namespace {

using slow::clockOf;
using slow::toReal;
using slow::toSlow;

template <class Function> Function* next(const char* name)
{
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

/// Of functions that the library has in several versions, the one that programs of today mean.
template <class Function> Function* next(const char* name, const char* version)
{
  return reinterpret_cast<Function*>(dlvsym(RTLD_NEXT, name, version));
}

/// In milliseconds; negative is for ever.
int longer(int patience)
{
  return patience <= 0 ? patience : static_cast<int>(patience * slow::factor());
}

template <class Time> const Time* orNone(const Time* given, const Time& changed)
{
  return given ? &changed : nullptr;
}

timespec longer(const timespec* time)
{
  return time ? slow::longer(*time) : timespec{};
}

timespec realDeadline(const timespec* deadline)
{
  return deadline ? toReal(*deadline, clockOf(*deadline)) : timespec{};
}

/// The kernel's arrival times are of the wall clock.
void slowDown(msghdr& message)
{
  for (auto* part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPNS) continue;
    auto* const stamp = reinterpret_cast<timespec*>(CMSG_DATA(part));
    *stamp = toSlow(*stamp, CLOCK_REALTIME);
  }
}

} // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept
{
  static const auto real = next<int(clockid_t, timespec*)>("clock_gettime");
  const int result = real(clock, time);
  if (result == 0) *time = toSlow(*time, clock);
  return result;
}

int gettimeofday(timeval* time, void* /*zone*/) noexcept
{
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  *time = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

time_t time(time_t* time) noexcept
{
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (time) *time = now.tv_sec;
  return now.tv_sec;
}

int nanosleep(const timespec* wish, timespec* left)
{
  static const auto real = next<int(const timespec*, timespec*)>("nanosleep");
  const auto longWish = longer(wish);
  const int result = real(&longWish, left);
  if (result != 0 && left) *left = slow::shorter(*left);
  return result;
}

int clock_nanosleep(clockid_t clock, int flags, const timespec* wish, timespec* left)
{
  static const auto real = next<int(clockid_t, int, const timespec*, timespec*)>("clock_nanosleep");
  const auto wanted = (flags & TIMER_ABSTIME) != 0 ? toReal(*wish, clock) : longer(wish);
  const int result = real(clock, flags, &wanted, left);
  if (result != 0 && left) *left = slow::shorter(*left);
  return result;
}

int usleep(useconds_t micros)
{
  const timespec wish{micros / 1'000'000, static_cast<long>(micros % 1'000'000) * 1000};
  return nanosleep(&wish, nullptr);
}

unsigned sleep(unsigned seconds)
{
  const timespec wish{seconds, 0};
  timespec left{};
  return nanosleep(&wish, &left) == 0 ? 0 : static_cast<unsigned>(left.tv_sec);
}

int poll(pollfd* files, nfds_t count, int patience)
{
  static const auto real = next<int(pollfd*, nfds_t, int)>("poll");
  return real(files, count, longer(patience));
}

int ppoll(pollfd* files, nfds_t count, const timespec* patience, const sigset_t* mask)
{
  static const auto real = next<int(pollfd*, nfds_t, const timespec*, const sigset_t*)>("ppoll");
  const auto longPatience = longer(patience);
  return real(files, count, orNone(patience, longPatience), mask);
}

int select(int count, fd_set* in, fd_set* out, fd_set* odd, timeval* patience)
{
  static const auto real = next<int(int, fd_set*, fd_set*, fd_set*, timeval*)>("select");
  if (!patience) return real(count, in, out, odd, nullptr);
  const auto longPatience = slow::longer({patience->tv_sec, patience->tv_usec * 1000});
  timeval wanted{longPatience.tv_sec, longPatience.tv_nsec / 1000};
  return real(count, in, out, odd, &wanted);
}

int epoll_wait(int files, epoll_event* events, int count, int patience)
{
  static const auto real = next<int(int, epoll_event*, int, int)>("epoll_wait");
  return real(files, events, count, longer(patience));
}

int timerfd_settime(int timer, int flags, const itimerspec* wish, itimerspec* before) noexcept
{
  static const auto real = next<int(int, int, const itimerspec*, itimerspec*)>("timerfd_settime");
  const bool isDeadline = (flags & TFD_TIMER_ABSTIME) != 0;
  const itimerspec wanted{longer(&wish->it_interval),
                          isDeadline ? realDeadline(&wish->it_value) : longer(&wish->it_value)};
  return real(timer, flags, &wanted, before);
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* deadline)
{
  using Function = int(pthread_cond_t*, pthread_mutex_t*, const timespec*);
  static const auto real = next<Function>("pthread_cond_timedwait", "GLIBC_2.3.2");
  const auto wanted = realDeadline(deadline);
  return real(condition, mutex, &wanted);
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                           const timespec* deadline)
{
  using Function = int(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*);
  static const auto real = next<Function>("pthread_cond_clockwait");
  const auto wanted = toReal(*deadline, clock);
  return real(condition, mutex, clock, &wanted);
}

int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* deadline)
{
  static const auto real = next<int(sem_t*, clockid_t, const timespec*)>("sem_clockwait");
  const auto wanted = toReal(*deadline, clock);
  return real(semaphore, clock, &wanted);
}

int recvmmsg(int socket, mmsghdr* messages, unsigned count, int flags, timespec* patience)
{
  static const auto real = next<int(int, mmsghdr*, unsigned, int, timespec*)>("recvmmsg");
  const int received = real(socket, messages, count, flags, patience);
  for (int i = 0; i < received; ++i) slowDown(messages[i].msg_hdr);
  return received;
}

ssize_t recvmsg(int socket, msghdr* message, int flags)
{
  static const auto real = next<ssize_t(int, msghdr*, int)>("recvmsg");
  const auto received = real(socket, message, flags);
  if (received >= 0) slowDown(*message);
  return received;
}

long syscall(long number, ...) noexcept
{
  va_list rest;
  va_start(rest, number);
  long words[6];
  for (auto& word : words) word = va_arg(rest, long);
  va_end(rest);
  static const auto real = next<long(long, ...)>("syscall");
  timespec wanted{};
  constexpr long kTimeout = 3; // which argument of a futex call
  const auto command = words[1] & FUTEX_CMD_MASK;
  const bool waits = number == SYS_futex && (command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET);
  if (waits && words[kTimeout] != 0) {
    const auto* const given = reinterpret_cast<const timespec*>(words[kTimeout]);
    wanted = command == FUTEX_WAIT ? longer(given) : realDeadline(given);
    words[kTimeout] = reinterpret_cast<long>(&wanted);
  }
  return real(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}

} // extern "C"
