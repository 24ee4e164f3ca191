#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <tutti/module/LaneMemory.hpp>
#include <tutti/module/LaneShape.hpp>
#include <tutti/module/Moment.hpp>

namespace tutti::module {

/// The process's end of the memory: takes blocks, and answers them.
///
/// Who is behind by more than half of the memory goes on with the newest: what is older would come too late.
///
/// Threads: one at a time. Neither waits nor allocates.
class ModuleLane {
public:
  /// The memory must have `shape.words()`.
  ModuleLane(LaneMemory memory, const LaneShape& shape);

  [[nodiscard]] const LaneShape& shape() const { return shape_; }

  /// The next block, if it is there: copies its sound to `inputs`, all channels one after the other.
  std::optional<Moment> tryTake(std::span<float> inputs) noexcept TUTTI_NONBLOCKING;
  /// Answers that block, channel by channel.
  void answer(const Moment& moment, std::span<const float> outputs) noexcept TUTTI_NONBLOCKING;

  /// Where to wait, and what for: until the word is another one.
  [[nodiscard]] const rt::SharedWord& said() const { return memory_.words()[LaneShape::said()]; }
  [[nodiscard]] std::uint32_t taken() const { return taken_; }

private:
  LaneMemory memory_;
  LaneShape shape_;
  std::uint32_t taken_ = 0;
};

/// How the head of a block is written, and read: each word once, so that nothing changes while it is used.
void writeMoment(std::span<rt::SharedWord> head, const Moment& moment) noexcept TUTTI_NONBLOCKING;
Moment readMoment(std::span<const rt::SharedWord> head) noexcept TUTTI_NONBLOCKING;

} // namespace tutti::module
