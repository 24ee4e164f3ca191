#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tutti::stream {

/// The largest lateness of the last while: whole for a third of the memory, then fading to nothing.
///
/// Threads: one at a time.
/// Units:   microseconds.
class LatenessPeak {
public:
  static constexpr double kMemory = 60e6; // at the usual intent; whole for the last 20 s

  void add(double lateness, double now);

  /// `scale` stretches the memory; 0 remembers nothing.
  [[nodiscard]] double at(double now, double scale) const;

  /// The way has become longer by `step` since `began`: what looked late was not.
  void forgive(double step, double began, double now);

  void reset() { *this = {}; }

private:
  static constexpr double kSlot = 1e6;
  static constexpr std::size_t kSlots = 128; // two minutes: the memory at the safest intent

  struct Slot {
    std::int64_t number = -1;
    double largest = 0;
  };
  std::array<Slot, kSlots> slots_{};
};

} // namespace tutti::stream
