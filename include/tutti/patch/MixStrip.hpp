#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>

#include <tutti/audio/Decibels.hpp>
#include <tutti/audio/Meter.hpp>
#include <tutti/patch/Module.hpp>
#include <tutti/patch/SoloGroup.hpp>
#include <tutti/patch/Workshop.hpp>

namespace tutti::patch {

/// What one channel of a strip is set to.
struct StripChannel {
  audio::Decibels gain;
  double pan = 0; ///< -1 left, 0 both, 1 right.
  bool isMuted = false;
  bool isSoloed = false;
  bool isInverted = false; ///< Its phase, for a second microphone on the same drum.

  friend bool operator==(const StripChannel&, const StripChannel&) = default;
};

/// Everything a strip is set to. When its channels are linked, the first one's settings are for both.
struct StripSettings {
  bool isLinked = true;
  std::array<StripChannel, 2> channels;

  friend bool operator==(const StripSettings&, const StripSettings&) = default;
};

/// A strip of the mixer: two channels in, a stereo picture out, with levels of both.
///
/// Linked, the channels are a stereo pair, left and right, and pan is their balance. Separate, they are two
/// voices, each with its own place in the picture. Panning keeps the power constant; in the middle nothing is
/// louder or softer than it came. Whatever is changed glides there within 40 ms.
///
/// Threads: `render` *audio*; everything else *any*: settings are single atomics, nobody waits for anybody.
/// A strip counts for its group's solo as long as it lives.
class MixStrip final : public Module {
public:
  enum class Channel : std::size_t { first, second };
  enum class Tap : std::size_t { input, output }; ///< Before all that the strip does, or after.

  static constexpr std::string_view kType = "mix-strip";

  explicit MixStrip(std::shared_ptr<SoloGroup> group, const StripSettings& settings = {});
  ~MixStrip() override;

  void setLinked(bool isLinked) noexcept;
  void setGain(Channel channel, audio::Decibels gain) noexcept; ///< Up to +24 dB.
  void setPan(Channel channel, double pan) noexcept;
  void setMuted(Channel channel, bool isMuted) noexcept;
  void setSoloed(Channel channel, bool isSoloed) noexcept;
  void setInverted(Channel channel, bool isInverted) noexcept;
  [[nodiscard]] StripSettings settings() const noexcept;
  /// Somebody of the group is soloed, and this channel is not.
  [[nodiscard]] bool isSilencedBySolo(Channel channel) const noexcept;

  [[nodiscard]] audio::Level level(Tap tap, Channel channel) const noexcept;
  void clearClips() noexcept;

  static Result<std::shared_ptr<Module>> make(const ModuleDescription& wanted,
                                              std::shared_ptr<SoloGroup> group);

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<Port> inputs() const override { return {{"in", 2}}; }
  [[nodiscard]] std::vector<Port> outputs() const override { return {{"out", 2}}; }
  [[nodiscard]] Parameters parameters() const override;
  void render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  class Controls;
  class Picture;
  class LevelMeters;

  std::unique_ptr<Controls> controls_;  // both
  std::unique_ptr<Picture> picture_;    // audio
  std::unique_ptr<LevelMeters> meters_; // both
};

} // namespace tutti::patch
