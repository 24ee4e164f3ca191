#pragma once

#include <algorithm>
#include <cmath>

#include <tutti/rt/Nonblocking.hpp>

namespace tutti::stream {

/// Notices that a machine stood still, by something that it otherwise does at its time: a callback that comes
/// late, a packet that left late.
///
/// The host of a virtual machine, a driver, the firmware: each can stop everything for a millisecond. What is
/// late beside that says nothing of the network. How late is unusual, the machine teaches: half a millisecond
/// at least, four times what is usual where callbacks come in bursts.
///
/// Threads: one at a time, also *audio*.
/// Units:   microseconds.
class HoldUps {
public:
  static constexpr double kLong = 500;

  /// How long something took or how late it was: true for the first one of those that were held up.
  bool judge(double took) noexcept TUTTI_NONBLOCKING
  {
    if (!hasBegun_) usual_ = took;
    hasBegun_ = true;
    const double far = std::max(kLong, kUnusual * deviation_);
    const double error = std::clamp(took - usual_, -2 * far, 2 * far);
    usual_ += kLearning * error;
    deviation_ += kLearning * (std::abs(error) - deviation_);
    const bool wasHeldUp = isHeldUp_;
    isHeldUp_ = error > far;
    return isHeldUp_ && !wasHeldUp;
  }

private:
  static constexpr double kUnusual = 4;
  static constexpr double kLearning = 1.0 / 256; // the share of one in what is usual

  double usual_ = 0;
  double deviation_ = 0;
  bool hasBegun_ = false;
  bool isHeldUp_ = false;
};

} // namespace tutti::stream
