// The Linux side of rt/Priority.hpp. Other systems get a file of their own beside it.
#include <tutti/rt/Priority.hpp>

#include <algorithm>
#include <cerrno>
#include <sched.h>
#include <sys/resource.h>
#include <system_error>

namespace tutti::rt {
namespace {

// jackd runs at 10 and gives its clients 5; the media thread serves the callback, so it yields to it.
constexpr int priorityOf(Urgency urgency)
{
  return urgency == Urgency::audio ? 5 : 4;
}

/// The highest that the user's limits allow; root's limit may say 0 and is not asked by the kernel.
int allowed(int wanted)
{
  rlimit limit{};
  if (getrlimit(RLIMIT_RTPRIO, &limit) != 0 || limit.rlim_cur < 1) return wanted;
  return limit.rlim_cur < static_cast<rlim_t>(wanted) ? static_cast<int>(limit.rlim_cur) : wanted;
}

} // namespace

Result<void> becomeUrgent(Urgency urgency)
{
  sched_param wish{};
  wish.sched_priority = std::max(allowed(priorityOf(urgency)), sched_get_priority_min(SCHED_FIFO));
  if (sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &wish) == 0) return {};
  return failure(ErrorKind::refused,
                 "this user may not run sound with realtime priority (" +
                   std::generic_category().message(errno) +
                   "): put the user into the group 'audio' and allow it 'rtprio' in /etc/security/limits.d");
}

} // namespace tutti::rt
