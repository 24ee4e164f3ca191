#include "AudioSide.hpp"

#include <chrono>

namespace tutti::link {
namespace {

constexpr std::chrono::milliseconds kGrace{1000}; // spec link 1: local modification grace period
constexpr HostTime kLongAgo{std::chrono::hours{-1'000'000}};

} // namespace

AudioSide::AudioSide(const ClientState& initial, rt::Signal& committed)
  : cache_{initial}
  , timelineSaidAt_{kLongAgo}
  , startStopSaidAt_{kLongAgo}
  , committed_{committed}
  , published_{initial}
{}

SessionState AudioSide::capture(HostTime now) noexcept TUTTI_NONBLOCKING
{
  const bool isPending = commits_.load(std::memory_order_relaxed) != handled_.load(std::memory_order_acquire);
  if (!isPending) refresh(now);
  const auto company = hasPeers_.load(std::memory_order_relaxed) ? SessionState::Company::withPeers
                                                                 : SessionState::Company::alone;
  return {cache_, company};
}

void AudioSide::refresh(HostTime now) noexcept TUTTI_NONBLOCKING
{
  const auto& newest = published_.read();
  // Our last word on the timeline was said in a session that we have left, or it has been heard by now.
  if (newest.session != cache_.session || now - timelineSaidAt_ > kGrace) {
    cache_.timeline = newest.timeline;
    cache_.session = newest.session;
  }
  if (now - startStopSaidAt_ > kGrace) cache_.startStop = newest.startStop;
}

void AudioSide::commit(const SessionState& state, HostTime now) noexcept TUTTI_NONBLOCKING
{
  if (!state.changesTimeline() && !state.changesStartStop()) return;
  // Alone and disabled there is nobody to wait for: the next capture may see others' changes at once.
  const auto saidAt = isEnabled_.load(std::memory_order_relaxed) ? now : kLongAgo;
  if (state.changesTimeline()) {
    cache_.timeline = state.current().timeline;
    cache_.timeline.tempo = cache_.timeline.tempo.clamped();
    cache_.session = state.current().session;
    timelineSaidAt_ = saidAt;
    timeline_.write({cache_.timeline, cache_.session, now});
  }
  if (state.changesStartStop() && now > cache_.startStop.decidedAt) {
    cache_.startStop = state.current().startStop;
    cache_.startStop.decidedAt = now;
    startStopSaidAt_ = saidAt;
    startStop_.write(cache_.startStop);
  }
  commits_.fetch_add(1, std::memory_order_release);
  committed_.raise();
}

std::optional<Node::Commit> AudioSide::take()
{
  taking_ = commits_.load(std::memory_order_acquire);
  Node::Commit commit;
  if (const auto timeline = timeline_.tryReadNew()) {
    commit.timeline = timeline->value;
    commit.session = timeline->session;
    commit.at = timeline->at;
  }
  if (const auto startStop = startStop_.tryReadNew()) {
    commit.startStop = *startStop;
    if (!commit.timeline) commit.at = startStop->decidedAt;
  }
  if (!commit.timeline && !commit.startStop) return std::nullopt;
  return commit;
}

void AudioSide::taken()
{
  handled_.store(taking_, std::memory_order_release);
}

} // namespace tutti::link
