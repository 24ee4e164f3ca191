// What a hop to another process would cost by plain datagrams over loopback, unsealed and with nothing around
// them: what module.hop has to be better than.
#include <algorithm>
#include <array>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <tutti/rt/Priority.hpp>
#include <unistd.h>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

constexpr std::size_t kFrames = 64;
constexpr double kBlock = 1e9 * kFrames / 48'000; // ns
constexpr int kBlocks = 15'000;                   // 20 s
constexpr int kWarmUp = 750;

using Samples = std::array<float, 2 * kFrames>;

/// A UDP socket on loopback, on a port of its own.
class Socket {
public:
  Socket()
  {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(socket_, reinterpret_cast<const sockaddr*>(&here), sizeof here);
  }
  ~Socket() { ::close(socket_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  void talkTo(const Socket& other) const
  {
    sockaddr_in there{};
    socklen_t size = sizeof there;
    ::getsockname(other.socket_, reinterpret_cast<sockaddr*>(&there), &size);
    ::connect(socket_, reinterpret_cast<const sockaddr*>(&there), size);
  }
  void say(const Samples& samples) const { ::send(socket_, samples.data(), sizeof samples, 0); }
  bool hear(Samples& samples, int flags) const
  {
    return ::recv(socket_, samples.data(), sizeof samples, flags) == sizeof samples;
  }

private:
  int socket_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
};

[[noreturn]] void echo(const Socket& socket)
{
  static_cast<void>(rt::becomeUrgent(rt::Urgency::media)); // as a module's thread is
  for (Samples samples{};;)
    if (socket.hear(samples, 0)) socket.say(samples);
}

struct Hops {
  std::vector<double> answered; // ns
  std::vector<double> rendered; // ns
  int late = 0;
};

Hops play(const Socket& socket)
{
  static_cast<void>(rt::becomeUrgent(rt::Urgency::audio));
  Hops hops;
  Samples samples{};
  auto next = nanos();
  for (int i = 0; i < kBlocks + kWarmUp; ++i) {
    while (socket.hear(samples, MSG_DONTWAIT)) continue; // what came too late
    next += static_cast<std::int64_t>(kBlock);
    const auto from = nanos();
    socket.say(samples);
    const auto rendered = nanos();
    auto there = rendered;
    bool isThere = false;
    while (!(isThere = socket.hear(samples, MSG_DONTWAIT)) && there < next) there = nanos();
    if (i >= kWarmUp) {
      hops.rendered.push_back(static_cast<double>(rendered - from));
      hops.answered.push_back(static_cast<double>(there - from) / 1000);
      hops.late += isThere ? 0 : 1;
    }
    const auto left = next - nanos();
    if (left > 0) std::this_thread::sleep_for(std::chrono::nanoseconds{left});
  }
  return hops;
}

void measure(Report& report)
{
  const Socket ours;
  const Socket theirs;
  ours.talkTo(theirs);
  theirs.talkTo(ours);
  const auto guest = ::fork();
  if (guest == 0) echo(theirs);
  Hops hops;
  std::thread device{[&] { hops = play(ours); }};
  device.join();
  ::kill(guest, SIGKILL);
  ::waitpid(guest, nullptr, 0);
  report.distribution("module.datagrams", "until the answer is there by plain datagrams", hops.answered,
                      "us");
  report.distribution("module.datagrams.render", "what the audio thread does for it", hops.rendered);
  report.value("module.datagrams.late", "blocks whose answer was not there in time", "%",
               100.0 * hops.late / kBlocks);
}

const Registered kHop{"module.datagrams", measure};

} // namespace
} // namespace tutti::bench
