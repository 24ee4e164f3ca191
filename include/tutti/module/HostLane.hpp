#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/module/Curtain.hpp>
#include <tutti/module/Health.hpp>
#include <tutti/module/LaneMemory.hpp>
#include <tutti/module/LaneShape.hpp>
#include <tutti/module/Moment.hpp>
#include <tutti/patch/Module.hpp>

namespace tutti::module {

/// The audio thread's end of the memory that an outside process writes into as it likes.
///
/// What goes in is put down block by block, and the process is woken; what is heard is its answer, exactly
/// `delay()` frames later: one block, where the device's blocks are as long as the process's. An answer that
/// is not there in time is silence, and so is one that is no sound. Nothing is waited for, and nothing that
/// the process writes is used as more than a number that was copied and looked at.
///
/// Threads: `render` *audio*; `delay` any. Made and freed outside.
class HostLane {
public:
  /// `allowance`: blocks more that an answer may take, for those that come by a network.
  HostLane(LaneMemory memory, const LaneShape& shape, audio::SampleRate rate, std::uint32_t allowance,
           Health& health);

  void render(const patch::Rendering& rendering, Curtain& curtain) noexcept TUTTI_NONBLOCKING;

  [[nodiscard]] audio::SampleRate rate() const noexcept TUTTI_NONBLOCKING { return rate_; }
  [[nodiscard]] const LaneShape& shape() const { return shape_; }
  /// Whether all that was said has an answer: for who measures. *audio*.
  [[nodiscard]] bool isAnswered() const noexcept TUTTI_NONBLOCKING;
  /// From what goes in to what is heard of it.
  [[nodiscard]] audio::FrameCount delay() const noexcept { return {delay_.load(std::memory_order_relaxed)}; }

private:
  struct Answer {
    std::int64_t block = -1; // counted from 0
    bool isThere = false;
  };

  void makeRoom(std::int64_t frames) noexcept TUTTI_NONBLOCKING;
  void put(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING;
  void begin(const patch::Rendering& rendering, std::size_t from) noexcept TUTTI_NONBLOCKING;
  void say() noexcept TUTTI_NONBLOCKING;
  void hear(const patch::Rendering& rendering, Curtain& curtain) noexcept TUTTI_NONBLOCKING;
  bool fetch(std::int64_t block) noexcept TUTTI_NONBLOCKING;
  bool copy(std::uint32_t number) noexcept TUTTI_NONBLOCKING;
  [[nodiscard]] std::span<rt::SharedWord> slotAt(std::size_t place, std::uint32_t channels) const noexcept
    TUTTI_NONBLOCKING;

  LaneMemory memory_;
  LaneShape shape_;
  audio::SampleRate rate_;
  std::int64_t allowance_;             // frames
  Health& health_;                     // both
  std::atomic<std::int64_t> delay_{0}; // both: frames
  std::int64_t lastFrames_ = 0;        // audio: of the device's block before
  std::int64_t position_ = 0;          // audio: frames that went in
  Moment moment_{};                    // audio: of the block that is being put down
  Answer answer_{};                    // audio: in `heard_`
  std::vector<float> heard_;           // audio
};

} // namespace tutti::module
