#pragma once

#include <optional>

#include <tutti/time/HostClock.hpp>
#include <tutti/time/SessionTransform.hpp>

namespace tutti::link {

/// Moves a session transform to a better estimate so gently that no beat audibly shifts: 200 µs a second. A
/// distance of more than 5 ms is no refinement but a mistake, and is corrected at once.
///
/// Threads: one at a time.
class Slew {
public:
  [[nodiscard]] const time::SessionTransform& transform() const { return transform_; }

  void jumpTo(const time::SessionTransform& transform);
  void moveTo(Micros intercept, HostTime now);

  /// True: the transform moved.
  bool advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

private:
  time::SessionTransform transform_;
  std::optional<Micros> target_;
  HostTime movedAt_{};
};

} // namespace tutti::link
