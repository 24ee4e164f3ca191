#pragma once

#include <cstddef>
#include <cstdint>

namespace tutti::module {

/// How the memory is laid out in which blocks of sound go to an outside process, and come back.
///
///     said(1)      …  blocks that Tutti has put down so far; the process waits at this word
///     answered(1)  …  blocks that the process has answered
///     slots × { number(1) when(15)  input channels × block samples  … }
///     slots × { number(1)           output channels × block samples … }
///
/// Words of 32 bits, each piece from a cache line of its own on. The block `n` is in the slot `n % slots`;
/// its answer carries the same number. Numbers begin at 1, so that fresh memory holds none.
///
/// Units:   words and frames.
struct LaneShape {
  static constexpr std::size_t kHead = 16; ///< words before the samples of a slot: a cache line
  static constexpr std::uint32_t kMostChannels = 128;
  static constexpr std::uint32_t kLeastBlock = 16;
  static constexpr std::uint32_t kMostBlock = 2048;
  static constexpr std::uint32_t kLeastSlots = 4;
  static constexpr std::uint32_t kMostSlots = 512;
  static constexpr std::size_t kMostWords = std::size_t{1} << 24U; ///< 64 MB

  std::uint32_t inputs = 0; ///< channels to the process
  std::uint32_t outputs = 0;
  std::uint32_t block = 64; ///< frames
  std::uint32_t slots = kLeastSlots;

  /// With room for three of the longest blocks that any sound device has.
  static constexpr LaneShape of(std::size_t inputs, std::size_t outputs, std::uint32_t block)
  {
    LaneShape shape{static_cast<std::uint32_t>(inputs), static_cast<std::uint32_t>(outputs), block};
    while (shape.slots * block < 3 * kMostBlock && shape.slots < kMostSlots) shape.slots *= 2;
    return shape;
  }

  [[nodiscard]] constexpr bool isSane() const
  {
    return inputs <= kMostChannels && outputs <= kMostChannels && inputs + outputs > 0 &&
           block >= kLeastBlock && block <= kMostBlock && slots >= kLeastSlots && slots <= kMostSlots &&
           words() <= kMostWords;
  }

  static constexpr std::size_t said() { return 0; }
  static constexpr std::size_t answered() { return kHead; }
  [[nodiscard]] constexpr std::size_t question(std::uint32_t number) const
  {
    return 2 * kHead + (number % slots) * sizeOf(inputs);
  }
  [[nodiscard]] constexpr std::size_t answer(std::uint32_t number) const
  {
    return 2 * kHead + slots * sizeOf(inputs) + (number % slots) * sizeOf(outputs);
  }
  [[nodiscard]] constexpr std::size_t words() const
  {
    return 2 * kHead + slots * (sizeOf(inputs) + sizeOf(outputs));
  }

  friend constexpr bool operator==(const LaneShape&, const LaneShape&) = default;

private:
  [[nodiscard]] constexpr std::size_t sizeOf(std::uint32_t channels) const
  {
    const auto samples = std::size_t{channels} * block;
    return kHead + (samples + kHead - 1) / kHead * kHead;
  }
};

static_assert(LaneShape::of(2, 2, 64).slots == 128);
static_assert(LaneShape::of(128, 128, 2048).isSane());
static_assert(LaneShape::of(128, 128, 16).isSane());
static_assert(!LaneShape{.inputs = 0xffff'ffff, .outputs = 2}.isSane());

} // namespace tutti::module
