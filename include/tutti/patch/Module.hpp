#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/audio/Block.hpp>
#include <tutti/patch/Parameters.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/time/BeatGrid.hpp>

namespace tutti::patch {

/// Where sound goes into a module, or comes out of it.
struct Port {
  static constexpr std::size_t kMostChannels = 8;

  std::string name; ///< Unique among the inputs, or the outputs, of its module.
  std::size_t channels = 2;

  friend bool operator==(const Port&, const Port&) = default;
};

/// What a module is given for one block. Channels are counted through all ports: a second stereo input has
/// the channels 2 and 3.
struct Rendering {
  std::span<const float* const> ins;
  std::span<float* const> outs;
  const audio::Block& block; ///< Its frames, its rate, its dates; what the device has and wants to have.
  const time::BeatGrid& grid;

  [[nodiscard]] std::span<const float> input(std::size_t channel) const noexcept TUTTI_NONBLOCKING
  {
    return {ins[channel], block.frames};
  }
  [[nodiscard]] std::span<float> output(std::size_t channel) const noexcept TUTTI_NONBLOCKING
  {
    return {outs[channel], block.frames};
  }
};

/// Anything with audio ports: a device, a mixer strip, the metronome, a remote player, a recorder.
///
/// Its ports never change. Its rate may: each block says its own.
///
/// Threads: `render` *audio*; everything else as the module says, usually *any*. Destroyed outside.
class Module {
public:
  virtual ~Module() = default;
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  /// Under which a `Workshop` makes it again: small letters, digits, dashes.
  [[nodiscard]] virtual std::string_view type() const = 0;
  [[nodiscard]] virtual std::vector<Port> inputs() const = 0;
  [[nodiscard]] virtual std::vector<Port> outputs() const = 0;

  /// All that a snapshot has to remember of it.
  [[nodiscard]] virtual Parameters parameters() const { return {}; }

  /// Once for each block. An input that nothing is connected to is silent; an output holds noise until it is
  /// filled, and never overlaps an input.
  virtual void render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING = 0;

protected:
  Module() = default;
};

} // namespace tutti::patch
