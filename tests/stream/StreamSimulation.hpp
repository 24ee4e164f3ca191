#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

#include <tutti/stream/HoldUps.hpp>
#include <tutti/stream/Playout.hpp>

#include "Traffic.hpp"

namespace tutti::test {

/// A musician far away and a playout here, in simulated time. Our host clock is the true time.
///
/// A frame's moment is when the sender's device hands its block out, so a delay is path, playout and
/// resampler.
class StreamSimulation {
public:
  /// Machines that do nothing at all for a while, again and again; what was due then is done at its end.
  struct Standstills {
    double every = 1e18; ///< µs
    double length = 0;   ///< µs
    bool areHere = true;
    bool areThere = true;

    /// When something is done that is due now.
    [[nodiscard]] double after(double now, bool hasThem) const
    {
      const double since = std::fmod(now, every);
      return hasThem && now >= every && since < length ? now + length - since : now;
    }
  };

  struct Setup {
    double senderPpm = 0;
    double devicePpm = 0;
    std::size_t block = 64;
    std::size_t deviceBlock = 64;
    std::int32_t senderRate = 48'000;
    std::int32_t deviceRate = 48'000;
    double wakeJitter = 0; ///< µs, mean of what callbacks begin late
    double breakAt = 1e12; ///< µs; then our device counts frames on that nobody played
    std::int64_t breakFrames = 0;
    double otherWayFrom =
      1e12; ///< µs; what is sent from then on comes by another way, and whoever listens sees it
    Standstills standstills{};
    double senderStopsAt = 1e12; ///< µs; then the sender's device does nothing for a while, and goes on
    double senderStopsFor = 0;   ///< µs
    std::uint64_t seed = 1;
    bool tellsCapture = true; ///< when its frames were at the instrument: with the packet
  };
  using Signal = std::function<float(std::int64_t frame)>;
  using Ear = std::function<void(std::int64_t frame, float sample)>;

  StreamSimulation(Setup setup, Traffic traffic, Signal signal, Ear ear)
    : playout{
        {audio::SampleRate::fromHertz(setup.senderRate), audio::SampleRate::fromHertz(setup.deviceRate)}, 1}
    , setup_{setup}
    , traffic_{std::move(traffic)}
    , signal_{std::move(signal)}
    , ear_{std::move(ear)}
    , dice_{setup.seed}
    , output_(setup.deviceBlock)
  {}

  /// Until so many seconds of true time have passed.
  void runUntil(double seconds)
  {
    while (nextAsk() < seconds * 1e6) {
      const double asked = nextAsk();
      const double called = asked + (setup_.wakeJitter > 0 ? dice_.exponential(setup_.wakeJitter) : 0);
      const double woken = setup_.standstills.after(called, setup_.standstills.areHere);
      send(woken);
      deliver(woken);
      play(asked, woken);
    }
  }

  [[nodiscard]] double now() const { return nextAsk(); } ///< µs
  /// When our device plays a frame, in µs.
  [[nodiscard]] double playedAt(double frame) const { return kBegin + frame / deviceRate() * 1e6; }
  /// When the sender's device handed a frame out, in µs.
  [[nodiscard]] double sentAt(double frame) const
  {
    const double at = kBegin + frame / senderRate() * 1e6;
    return at < setup_.senderStopsAt ? at : at + setup_.senderStopsFor;
  }
  [[nodiscard]] double senderRate() const { return setup_.senderRate * (1 + setup_.senderPpm * 1e-6); }
  [[nodiscard]] double deviceRate() const { return setup_.deviceRate * (1 + setup_.devicePpm * 1e-6); }

  /// On our host clock.
  [[nodiscard]] static HostTime host(double micros)
  {
    return hostTime(kHost + static_cast<std::int64_t>(std::floor(micros)));
  }

  stream::Playout playout;

private:
  static constexpr double kBegin = 0;
  static constexpr std::int64_t kHost = 1'000'000'000; // µs; where the host's clock is at the beginning

  struct Packet {
    double arrival = 0;
    std::int64_t first = 0;
    bool isByOtherWay = false;
    bool wasHeldUp = false;
    bool operator<(const Packet& other) const { return arrival > other.arrival; }
  };

  [[nodiscard]] double nextAsk() const { return playedAt(static_cast<double>(played_)); }

  /// A block is on the wire when its device has handed it out.
  void send(double until)
  {
    for (double at = sentAt(static_cast<double>(sent_)); at <= until;
         at = sentAt(static_cast<double>(sent_))) {
      const double leaves = setup_.standstills.after(at, setup_.standstills.areThere);
      const bool wasHeldUp = leavings_.judge(leaves - (sent_ > 0 ? expected_ : at));
      if (const auto travel = traffic_.travel(leaves))
        underWay_.push({leaves + *travel, sent_, at >= setup_.otherWayFrom, wasHeldUp});
      sent_ += static_cast<std::int64_t>(setup_.block);
      expected_ = at + static_cast<double>(setup_.block) / senderRate() * 1e6;
    }
  }

  void deliver(double until)
  {
    std::vector<float> frames(setup_.block);
    while (!underWay_.empty() && underWay_.top().arrival <= until) {
      const auto packet = underWay_.top();
      underWay_.pop();
      const double handedOver = setup_.standstills.after(packet.arrival, setup_.standstills.areHere);
      for (std::size_t i = 0; i < frames.size(); ++i)
        frames[i] = signal_(packet.first + static_cast<std::int64_t>(i));
      const std::span<const float> channel{frames};
      playout.receive(SampleTime{packet.first}, {&channel, 1}, host(packet.arrival), host(handedOver),
                      sourceOf(packet));
      if (setup_.tellsCapture)
        playout.captured(SampleTime{packet.first}, host(sentAt(static_cast<double>(packet.first))));
    }
  }

  /// A way is in use when eight packets in a row came by it.
  stream::Source sourceOf(const Packet& packet)
  {
    if (packet.isByOtherWay == isOtherWayInUse_) {
      inARow_ = 0;
      return packet.wasHeldUp ? stream::Source::heldUp : stream::Source::packet;
    }
    if (++inARow_ < 8) return stream::Source::detour;
    isOtherWayInUse_ = packet.isByOtherWay;
    playout.takeAnotherWay(host(packet.arrival));
    return stream::Source::packet;
  }

  void play(double asked, double woken)
  {
    const std::span<float> channel{output_};
    const bool isBroken = asked > setup_.breakAt;
    const bool isUnsettled = isBroken && asked < setup_.breakAt + 50e3; // who filters moments needs a while
    const double wrong = isUnsettled ? static_cast<double>(setup_.breakFrames) / deviceRate() * 1e6 : 0;
    playout.render({&channel, 1}, SampleTime{played_ + (isBroken ? setup_.breakFrames : 0)},
                   host(asked + setup_.wakeJitter + wrong), host(woken));
    for (const float sample : output_) ear_(played_++, sample);
  }

  Setup setup_;
  Traffic traffic_;
  Signal signal_;
  Ear ear_;
  Dice dice_;
  std::vector<float> output_;
  std::priority_queue<Packet> underWay_;
  stream::HoldUps leavings_;
  std::int64_t sent_ = 0;
  double expected_ = 0; // when the sender's next block is, as it thinks; µs
  bool isOtherWayInUse_ = false;
  int inARow_ = 0;
  std::int64_t played_ = 0;
};

} // namespace tutti::test
