#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/core/Result.hpp>

namespace tutti::audio {

/// Who brings the sound from and to the hardware.
enum class Backend : std::uint8_t {
  jack,      ///< A JACK server, or PipeWire speaking JACK.
  portAudio, ///< The system's own interface: ALSA on Linux.
  paced,     ///< Nobody: a steady clock, silence in, nothing out. For servers and tests.
};

/// Two neighbouring channels of a device, or one if `first` is the last. One input is heard on both sides.
struct ChannelPair {
  int first = 1;         ///< As musicians count: 1 and 2 are the first pair.
  bool isSingle = false; ///< Only the first: a guitar, a voice.
  friend constexpr bool operator==(ChannelPair, ChannelPair) = default;
};

/// What a musician asked for. What came of it: `DeviceStatus`.
struct DeviceWish {
  static constexpr std::size_t kFewestFrames = 16;
  static constexpr std::size_t kMostFrames = 2048;

  Backend backend = Backend::jack;
  /// JACK: the server's name. PortAudio: as `listDevices` has it, or a part of it. Empty: the usual one.
  std::string device;
  /// A JACK server keeps its own rate. Nothing said: 48 kHz where the device can, else its own.
  std::optional<SampleRate> rate;
  /// Of one block. A JACK server is asked to change it for everybody.
  std::optional<std::size_t> frames;
  /// JACK: what our ports are connected to at first; nothing: left to the musician.
  std::optional<ChannelPair> inputs = ChannelPair{};
  std::optional<ChannelPair> outputs = ChannelPair{};
  /// Under which JACK shows us; numbered if it is taken.
  std::string clientName = "tutti";

  friend bool operator==(const DeviceWish&, const DeviceWish&) = default;
};

/// `unsupported` with a sentence for what no device can do.
Result<void> check(const DeviceWish& wish);

} // namespace tutti::audio
