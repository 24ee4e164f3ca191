#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <tuple>
#include <vector>

#include <Dice.hpp>
#include <tutti/linkaudio/Sink.hpp>
#include <tutti/linkaudio/Source.hpp>

namespace tutti::test {

/// What a session does, as each of its peers sees it: the same beats at the same moments, each on its clock.
class SessionStory {
public:
  explicit SessionStory(double bpm)
    : states_{{0, linkaudio::SessionGrid{kId, {time::Tempo::fromBpm(bpm), {}, hostTime(0)}}}}
  {}

  /// `at`: s of true time.
  void changeTempo(double at, double bpm)
  {
    auto state = stateAt(at);
    state.setTempo(time::Tempo::fromBpm(bpm), hostTime(std::llround(at * 1e6)));
    states_.push_back({at, linkaudio::SessionGrid::of(state)});
  }
  /// So many beats on, at once: somebody pressed start.
  void jump(double at, double beats)
  {
    auto grid = gridAt(at);
    grid.timeline = time::shifted(grid.timeline, time::Beats::fromDouble(beats));
    states_.push_back({at, grid});
  }
  void enter(double at, NodeId session, double bpm)
  {
    states_.push_back({at, {session, {time::Tempo::fromBpm(bpm), {}, hostTime(12'345)}}});
  }

  /// As it is at a true moment, on a clock that shows so much more.
  [[nodiscard]] linkaudio::SessionGrid gridAt(double seconds, std::int64_t clock = 0) const
  {
    auto grid = states_.front().grid;
    for (const auto& state : states_)
      if (state.from <= seconds) grid = state.grid;
    grid.timeline.timeOrigin += Micros{clock};
    return grid;
  }

  static inline const NodeId kId{{1, 2, 3, 4, 5, 6, 7, 8}};

private:
  struct State {
    double from;
    linkaudio::SessionGrid grid;
  };
  [[nodiscard]] link::SessionState stateAt(double seconds) const
  {
    const auto grid = gridAt(seconds);
    return {{grid.timeline, grid.session, {}}, link::SessionState::Company::alone};
  }
  std::vector<State> states_;
};

/// A program that publishes a channel, a wire, and one that fetches it, in simulated time.
class ChannelSimulation {
public:
  struct Setup {
    double senderPpm = 0, devicePpm = 0;
    std::size_t block = 128, deviceBlock = 64;
    std::int32_t senderRate = 48'000, deviceRate = 48'000;
    double noticesAfter = 0;       ///< s; how late the sender sees what the session does …
    double deviceNoticesAfter = 0; ///< … and the receiver
    double travel = 200;           ///< µs
    double jitter = 0;             ///< µs; evenly from 0, so datagrams overtake each other
    double loss = 0, repeated = 0; ///< shares of the datagrams
    std::uint64_t seed = 1;
    linkaudio::Placement placement;
  };
  static constexpr double kOut = 4000;                  // µs from a callback to the ear, at both
  static constexpr std::int64_t kClock = 7'000'000'000; // µs that the receiver's clock shows more
  static constexpr std::int64_t kBegin = 1'000'000;     // µs of true time before the first block

  /// A sample of the sender: heard there at this true moment (µs), under this grid.
  using Signal = std::function<float(double at, std::int64_t frame, const linkaudio::SessionGrid& grid)>;
  /// A sample of the receiver, likewise.
  using Ear = std::function<void(double at, float sample, const linkaudio::SessionGrid& grid)>;

  ChannelSimulation(const Setup& setup, SessionStory story, Signal signal, Ear ear)
    : sink{linkaudio::ChannelId{SessionStory::kId}}
    , source{linkaudio::ChannelId{SessionStory::kId}, setup.placement}
    , setup_{setup}
    , story_{std::move(story)}
    , signal_{std::move(signal)}
    , ear_{std::move(ear)}
    , dice_{setup.seed}
    , sound_(setup.block)
    , left_(setup.deviceBlock)
    , right_(setup.deviceBlock)
  {
    sink.setHeard(true);
    source.follow(SessionStory::kId, host(0));
  }

  /// Until so many seconds of true time have passed.
  void runUntil(double seconds)
  {
    while (askedAt() < seconds * 1e6) {
      const double now = askedAt();
      while (isSending && sentAt() <= now) send();
      deliver(now);
      play(now);
      if (played_ / 4800 != tended_) {
        tended_ = played_ / 4800;
        source.follow(story_.gridAt(now * 1e-6 - setup_.deviceNoticesAfter).session, host(now));
        source.tend(host(now));
      }
    }
  }

  [[nodiscard]] linkaudio::SourceSnapshot look()
  {
    return source.takeSnapshot(story_.gridAt(askedAt() * 1e-6, kClock), host(askedAt()));
  }

  linkaudio::Sink sink;
  linkaudio::Source source;
  bool isSending = true;
  std::function<void(linkaudio::AudioBuffer&)> onWire; ///< What else happens to a datagram.

  [[nodiscard]] static HostTime host(double micros) { return hostTime(kClock + std::llround(micros)); }
  [[nodiscard]] double askedAt() const { return kBegin + static_cast<double>(played_) / deviceRate() * 1e6; }

private:
  struct UnderWay {
    double arrival = 0;
    std::uint64_t number = 0;
    linkaudio::AudioBuffer buffer;
    bool operator<(const UnderWay& other) const
    {
      return std::tie(arrival, number) > std::tie(other.arrival, other.number);
    }
  };

  [[nodiscard]] double senderRate() const { return setup_.senderRate * (1 + setup_.senderPpm * 1e-6); }
  [[nodiscard]] double deviceRate() const { return setup_.deviceRate * (1 + setup_.devicePpm * 1e-6); }
  [[nodiscard]] double sentAt() const { return kBegin + static_cast<double>(sent_) / senderRate() * 1e6; }

  void send()
  {
    const double now = sentAt();
    const auto grid = story_.gridAt(now * 1e-6 - setup_.noticesAfter);
    for (std::size_t i = 0; i < sound_.size(); ++i)
      sound_[i] = signal_(now + kOut + static_cast<double>(i) / senderRate() * 1e6,
                          sent_ + static_cast<std::int64_t>(i), grid);
    const std::span<const float> view{sound_};
    const auto audible = hostTime(std::llround(now + kOut));
    sink.write({&view, 1}, grid, audible, audio::SampleRate::fromHertz(setup_.senderRate));
    sent_ += static_cast<std::int64_t>(sound_.size());
    for (auto& buffer : sink.drain(hostTime(std::llround(now)))) post(std::move(buffer), now);
  }

  void post(linkaudio::AudioBuffer buffer, double now)
  {
    if (onWire) onWire(buffer);
    if (dice_.real(0, 1) < setup_.loss) return;
    const auto travel = [&] {
      return setup_.travel + (setup_.jitter > 0 ? dice_.real(0, setup_.jitter) : 0);
    };
    if (dice_.real(0, 1) < setup_.repeated) underWay_.push({now + travel(), number_++, buffer});
    underWay_.push({now + travel(), number_++, std::move(buffer)});
  }

  void deliver(double until)
  {
    while (!underWay_.empty() && underWay_.top().arrival <= until) {
      source.receive(underWay_.top().buffer, host(underWay_.top().arrival), host(until));
      underWay_.pop();
    }
  }

  void play(double now)
  {
    const auto grid = story_.gridAt(now * 1e-6 - setup_.deviceNoticesAfter, kClock);
    source.render(left_, right_,
                  {SampleTime{played_}, host(now), host(now + kOut), host(now),
                   audio::SampleRate::fromHertz(setup_.deviceRate), grid});
    for (std::size_t i = 0; i < left_.size(); ++i)
      ear_(now + kOut + static_cast<double>(i) / deviceRate() * 1e6, left_[i], grid);
    played_ += static_cast<std::int64_t>(left_.size());
  }

  Setup setup_;
  SessionStory story_;
  Signal signal_;
  Ear ear_;
  Dice dice_;
  std::vector<float> sound_, left_, right_;
  std::priority_queue<UnderWay> underWay_;
  std::uint64_t number_ = 0;
  std::int64_t sent_ = 0, played_ = 0, tended_ = -1;
};

} // namespace tutti::test
