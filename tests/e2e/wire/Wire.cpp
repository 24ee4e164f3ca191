// A cable between network namespaces that delays, loses, doubles and shuffles Ethernet frames as told.
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include <sched.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "Hub.hpp"

namespace {

using wire::Clock;
using wire::Moment;
using wire::Nanos;

constexpr int kRealtimePriority = 30; // above JACK, so that its load does not look like jitter
constexpr std::uint64_t kTimer = ~0ULL;
constexpr std::uint64_t kSignal = ~0ULL - 1;

int descriptorForSignals()
{
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigprocmask(SIG_BLOCK, &set, nullptr);
  return ::signalfd(-1, &set, SFD_CLOEXEC);
}

void watch(int epoll, int descriptor, std::uint64_t tag)
{
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = tag;
  ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

void arm(int timer, std::optional<Moment> at, Nanos spin)
{
  itimerspec spec{};
  if (at) {
    const auto early = std::max(Nanos{1}, at->time_since_epoch() - spin).count();
    spec.it_value = {early / 1'000'000'000, early % 1'000'000'000};
  }
  ::timerfd_settime(timer, TFD_TIMER_ABSTIME, &spec, nullptr);
}

void deliverOnTime(wire::Hub& hub, Nanos spin)
{
  for (auto next = hub.nextDelivery(); next && *next - Clock::now() <= spin; next = hub.nextDelivery()) {
    while (Clock::now() < *next) {
    }
    hub.deliver(*next);
  }
}

void relay(wire::Hub& hub, Nanos spin)
{
  const auto epoll = ::epoll_create1(EPOLL_CLOEXEC);
  const auto timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  watch(epoll, timer, kTimer);
  watch(epoll, descriptorForSignals(), kSignal);
  for (std::size_t port = 0; port < hub.portCount(); ++port) watch(epoll, hub.descriptor(port), port);
  std::cout << R"({"ready":true})" << std::endl;

  std::array<epoll_event, 32> events;
  for (;;) {
    arm(timer, hub.nextDelivery(), spin);
    const auto count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i) {
      const auto tag = events[static_cast<std::size_t>(i)].data.u64;
      if (tag == kSignal) return;
      if (tag != kTimer) hub.collect(tag, Clock::now());
    }
    deliverOnTime(hub, spin);
  }
}

} // namespace

int main(int argc, char** argv)
try {
  if (argc == 2 && std::string{argv[1]} == "--help") {
    std::cout << wire::kUsage;
    return EXIT_SUCCESS;
  }
  const auto options = wire::parseOptions({argv + 1, static_cast<std::size_t>(argc - 1)});
  wire::Hub hub{options};
  const sched_param priority{kRealtimePriority};
  if (::sched_setscheduler(0, SCHED_FIFO, &priority) != 0)
    std::cerr << "wire: no realtime priority, so less punctual\n";
  relay(hub, options.spin);
  std::cout << hub.report() << std::endl;
  return EXIT_SUCCESS;
} catch (const std::invalid_argument& error) {
  std::cerr << "wire: " << error.what() << "\n" << wire::kUsage;
  return 2;
} catch (const std::exception& error) {
  std::cerr << "wire: " << error.what() << "\n";
  return EXIT_FAILURE;
}
