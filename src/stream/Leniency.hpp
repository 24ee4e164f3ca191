#pragma once

#include <algorithm>
#include <cstdint>

#include <tutti/time/TokenBucket.hpp>

namespace tutti::stream {

/// Which late packets are nothing to wait for: accidents, not what the way is like.
///
/// One short accident a minute is let pass: it is concealed unheard, and waiting for its like would cost
/// delay for a minute. And what comes late beside a device's loss of frames, there or here, says nothing of
/// the way: the sound has a hole already. Nor does it when a machine stood still, there or here, unless it
/// does so all the time: then it is part of the way.
///
/// Threads: one at a time.
/// Units:   microseconds.
class Leniency {
public:
  static constexpr double kBesideBreak = 50e3;
  static constexpr double kEvery = 60e6; ///< at the usual intent
  static constexpr double kShort = 2000; ///< too late by no more: what prediction hides from the ear

  /// A packet later than what is waited for by `excess`. `stretch` is 1 at the usual intent, 2 at the safest.
  bool forgives(double excess, double now, double stretch)
  {
    if (now - brokeAt_ < kBesideBreak) return true;
    if (excess > kShort) return false;
    if (now - forgaveAt_ < kOneAccident) return true;
    if (now - forgaveAt_ < kEvery * stretch * stretch) return false;
    forgaveAt_ = now;
    return true;
  }

  /// A device lost frames.
  void broke(double now) { brokeAt_ = now; }

  /// A machine stood still. False if they do so too often for that to be an accident.
  bool heldUp(double now, double stretch)
  {
    if (now - brokeAt_ < kBesideBreak) return true;
    const auto at = hostTime(static_cast<std::int64_t>(now));
    if (stretch != stretch_) holdUps_ = {limitsAt(stretch), at};
    stretch_ = stretch;
    if (!holdUps_.tryTake(at)) return false;
    brokeAt_ = now;
    return true;
  }

private:
  static constexpr double kOneAccident = 3000; // what was held up comes together

  static constexpr time::TokenBucket::Limits limitsAt(double stretch)
  {
    constexpr double kHoldUpsASecond = 0.1; // at the usual intent
    const double least = std::max(stretch, 0.1);
    return {.atOnce = 4, .perSecond = kHoldUpsASecond / (least * least)};
  }

  double brokeAt_ = -1e18;
  double stretch_ = 1; // that `holdUps_` are for
  time::TokenBucket holdUps_{limitsAt(1), HostTime{}};
  double forgaveAt_ = -1e18;
};

} // namespace tutti::stream
