#pragma once

#include <Alone.hpp>
#include <Catch.hpp>
#include <Eventually.hpp>
#include <algorithm>
#include <cmath>
#include <mutex>
#include <tutti/link/Link.hpp>
#include <vector>

/// Whole Link peers over real sockets, several of them in this process, in a network of their own.
namespace tutti::test {

using link::Link;
using namespace time::literals;
using time::Beats;
using time::HostClock;
using time::Tempo;

inline const Link::Options kLoopback{{"lo"}};

inline double bpmOf(const Link& peer)
{
  return peer.captureApp().tempo().bpm();
}
inline bool isAbout(const Link& peer, double bpm)
{
  return std::abs(bpmOf(peer) - bpm) < 0.01;
}
inline void setTempo(Link& peer, double bpm)
{
  auto state = peer.captureApp();
  state.setTempo(Tempo::fromBpm(bpm), HostClock::now());
  peer.commitApp(state);
}
inline void setPlaying(Link& peer, bool isPlaying)
{
  // A decision in the very microsecond of the last one is none.
  for (const auto then = HostClock::now(); HostClock::now() == then;) continue;
  auto state = peer.captureApp();
  if (isPlaying)
    state.startPlaying(HostClock::now());
  else
    state.stopPlaying(HostClock::now());
  peer.commitApp(state);
}

inline bool isOpen(const Link& peer)
{
  const auto status = peer.status();
  return std::ranges::any_of(status.gateways, &link::GatewayStatus::isOpen);
}
inline bool haveMet(const Link& a, const Link& b)
{
  return a.peerCount() == 1 && b.peerCount() == 1 &&
         a.captureApp().current().session == b.captureApp().current().session;
}

/// How far apart two programs' beats are at the same moment, whichever bar each of them counts.
inline Beats apart(const Link& a, const Link& b)
{
  const auto now = HostClock::now();
  const auto difference = a.captureApp().phaseAtTime(now, 4_beats) - b.captureApp().phaseAtTime(now, 4_beats);
  const auto around = time::phase(difference, 4_beats);
  return std::min(around, 4_beats - around);
}

/// Old enough to win over every newcomer: half a second, and some for the measurement.
inline bool isOld(const Link& peer)
{
  const auto status = peer.status();
  return HostClock::now() + status.sessionOffset > HostTime{std::chrono::milliseconds{600}};
}

/// Two on one machine. They are equally old, so that each may have joined the other.
struct Pair {
  Link first{100_bpm, kLoopback};
  Link second{140_bpm, kLoopback};

  Pair()
  {
    first.enable();
    second.enable();
    REQUIRE(eventually([&] { return haveMet(first, second); }));
  }
};

/// What callbacks were called with.
template <class Value> class Heard {
public:
  void operator()(Value value)
  {
    const std::lock_guard lock{mutex_};
    values_.push_back(value);
  }
  [[nodiscard]] std::vector<Value> values() const
  {
    const std::lock_guard lock{mutex_};
    return values_;
  }

private:
  mutable std::mutex mutex_;
  std::vector<Value> values_;
};

} // namespace tutti::test
