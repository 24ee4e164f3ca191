#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include <chrono>

namespace wire {

using Clock = std::chrono::steady_clock;
using Nanos = std::chrono::nanoseconds;
using Moment = std::chrono::time_point<Clock, Nanos>;

/// What the way towards one port does to the frames that take it. Probabilities are 0 to 1.
struct Path {
  enum class Spread { uniform, pareto };

  Nanos delay{0};
  Nanos jitter{0}; ///< uniform: ± around the delay; Pareto: mean of what comes on top.
  Spread spread = Spread::uniform;
  double loss = 0;
  double burstStart = 0;   ///< That a frame begins a hole in which everything is lost.
  double burstFrames = 10; ///< Mean length of such a hole.
  double duplicate = 0;
  double overtake = 0;    ///< That a frame skips the delay, past those on their way.
  int unicastRetries = 0; ///< As Wi-Fi does; multicast has one try.
  Nanos retryGap = std::chrono::milliseconds{1};
  bool keepsOrder = false;
};

enum class Cast { unicast, multicast };

struct Tally {
  std::uint64_t offered = 0;
  std::uint64_t lost = 0;
  std::uint64_t retried = 0;
  std::uint64_t duplicated = 0;
};

/// One direction's fate, frame by frame. The same seed and the same frames give the same story.
class Impairment {
public:
  Impairment(const Path& path, std::uint64_t seed)
    : path_{path}
    , random_{seed}
  {}

  /// When the frame arrives: never, once, or twice.
  std::vector<Moment> pass(Moment now, Cast cast);

  [[nodiscard]] const Tally& tally() const { return tally_; }

private:
  bool chance(double probability);
  bool isLostOnce();
  Nanos travel();
  Moment arrival(Moment sent);

  Path path_;
  std::mt19937_64 random_;
  Tally tally_;
  std::uint64_t burstLeft_ = 0;
  Moment latest_{};
};

} // namespace wire
