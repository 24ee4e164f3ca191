#pragma once

#include <array>
#include <cstddef>
#include <span>

#include <tutti/audio/Block.hpp>
#include <tutti/rt/Nonblocking.hpp>

namespace tutti::patch {

/// One channel on its way round a cycle: what is remembered in one block is recalled in the next.
///
/// When blocks change their length for good it follows; single short ones, as the last piece of a long
/// period, pass through with the delay of the long ones. What turns in a cycle stays within +24 dBFS, is
/// always a number, and ends when it cannot be heard any more.
///
/// Threads: *audio*. In each block `recall` comes first.
class DelayLine {
public:
  void recall(std::span<float> out) noexcept TUTTI_NONBLOCKING;
  void remember(std::span<const float> in) noexcept TUTTI_NONBLOCKING;

private:
  static constexpr int kShortBlocks = 64; // in a row, until shorter blocks are what is usual now

  void fit(std::size_t frames) noexcept TUTTI_NONBLOCKING;

  std::array<float, audio::Block::kLongest> samples_{};
  std::size_t length_ = 1;
  std::size_t next_ = 0; // the oldest one, which is where the newest goes
  int shortBlocks_ = 0;
};

} // namespace tutti::patch
