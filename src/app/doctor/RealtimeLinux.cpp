#include "Realtime.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <thread>

#include <tutti/rt/Priority.hpp>

namespace tutti::app {
namespace {

constexpr int kTriedPriority = 10;                      // as jackd takes
constexpr std::size_t kEnoughToLock = 64 * 1024 * 1024; // a patch with its buffers, many times over

/// What the kernel answers to a thread that asks: 0, or an error number.
int askForRealtime()
{
  int answer = 0;
  std::thread{[&answer] {
    sched_param wish{};
    wish.sched_priority = kTriedPriority;
    answer = ::pthread_setschedparam(::pthread_self(), SCHED_FIFO, &wish);
  }}.join();
  return answer;
}

/// What the thread that sends and takes in packets is answered.
bool isMediaUrgent()
{
  bool isUrgent = false;
  std::thread{[&isUrgent] { isUrgent = rt::becomeUrgent(rt::Urgency::media).has_value(); }}.join();
  return isUrgent;
}

/// Asks the kernel for it without touching the pages: the limit counts, and so does the right to go beyond.
bool canLockMemory()
{
  void* pages = ::mmap(nullptr, kEnoughToLock, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) return false;
  const bool isLocked = ::mlock2(pages, kEnoughToLock, MLOCK_ONFAULT) == 0;
  ::munmap(pages, kEnoughToLock);
  return isLocked;
}

rlim_t softLimit(__rlimit_resource resource)
{
  rlimit limit{};
  return ::getrlimit(resource, &limit) == 0 ? limit.rlim_cur : 0;
}

bool isThere(const char* path)
{
  std::error_code error;
  return std::filesystem::exists(path, error);
}

std::optional<std::int64_t> numberIn(const char* path)
{
  std::int64_t number = 0;
  if (std::ifstream{path} >> number) return number;
  return std::nullopt;
}

} // namespace

RealtimeFacts probeRealtime()
{
  RealtimeFacts facts;
  const int answer = askForRealtime();
  facts.gotRealtime = answer == 0;
  if (answer != 0) facts.whyNot = std::strerror(answer);
  facts.isMediaUrgent = isMediaUrgent();
  facts.priorityLimit = softLimit(RLIMIT_RTPRIO);
  facts.canLockMemory = canLockMemory();
  facts.memoryLimitBytes = softLimit(RLIMIT_MEMLOCK);
  facts.realtimeMicros = numberIn("/proc/sys/kernel/sched_rt_runtime_us");
  facts.hasRealtimeKit = isThere("/usr/share/dbus-1/system-services/org.freedesktop.RealtimeKit1.service");
  facts.hasAudioGroup = isThere("/etc/security/limits.d/audio.conf"); // jackd2 brings it
  return facts;
}

} // namespace tutti::app
