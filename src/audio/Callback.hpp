#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>

#include <tutti/audio/Block.hpp>
#include <tutti/audio/LoadMeter.hpp>
#include <tutti/rt/Nonblocking.hpp>

#include "DeviceClock.hpp"

namespace tutti::audio {

/// What every back end does with a period: cut it into blocks, date them, call the processor, measure how
/// long it took.
///
/// Threads: `run` *audio*; everything else *any*.
class Callback {
public:
  explicit Callback(Processor& processor)
    : processor_{processor}
  {}

  /// A period as a back end has it. A null pointer is a channel that does not exist now.
  struct Period {
    std::span<const float* const> inputs;
    std::span<float* const> outputs;
    std::size_t frames = 0;
    SampleRate rate;
    std::uint32_t skipped = 0; ///< Frames that were lost between the last period and this one.
    HostTime began{};          ///< When the device handed it out.
    HostTime entered{};        ///< When our code began to run.
  };

  void run(const Period& period) noexcept TUTTI_NONBLOCKING;

  /// Another stream continues the count of frames, on a clock of its own.
  void restart() noexcept { clock_.reset(); }

  void countXrun() noexcept TUTTI_NONBLOCKING { xruns_.fetch_add(1, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t xruns() const noexcept { return xruns_.load(std::memory_order_relaxed); }

  /// Grows with every period: a device whose count stands still is stuck.
  [[nodiscard]] std::uint64_t periods() const noexcept { return periods_.load(std::memory_order_acquire); }

  DeviceClock& clock() noexcept { return clock_; }
  const DeviceClock& clock() const noexcept { return clock_; }
  LoadMeter& load() noexcept { return load_; }

private:
  void runBlock(const Period& period, std::size_t from, std::size_t frames) noexcept TUTTI_NONBLOCKING;

  Processor& processor_;
  DeviceClock clock_;
  LoadMeter load_;
  SampleTime next_; // audio
  std::array<std::span<const float>, Block::kMostChannels> inputs_{};
  std::array<std::span<float>, Block::kMostChannels> outputs_{};
  std::atomic<std::uint64_t> xruns_{0};
  std::atomic<std::uint64_t> periods_{0};
};

} // namespace tutti::audio
