#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <tutti/audio/Block.hpp>
#include <tutti/audio/DeviceWish.hpp>
#include <tutti/audio/LoadMeter.hpp>
#include <tutti/core/Result.hpp>

namespace tutti::audio {

/// What happened to a device, and what it is like since.
struct DeviceEvent {
  enum class Kind : std::uint8_t {
    lost,          ///< Unplugged, or its server died: no blocks come. It is waited for.
    returned,      ///< Blocks come again.
    rateChanged,   ///< Each block says its rate; what was built for the old one wants to be built anew.
    framesChanged, ///< Blocks have another length.
  };
  Kind kind = Kind::lost;
  SampleRate rate;
  std::size_t frames = 0;
};

/// A device at one moment.
struct DeviceStatus {
  bool isRunning = false;
  std::string name;       ///< For people, with the server or the system's interface.
  std::string clientName; ///< With JACK: how others find our ports.
  SampleRate rate;
  std::size_t frames = 0;  ///< Of the usual block.
  Micros deviceIn{0};      ///< From the instrument to the block.
  Micros deviceOut{0};     ///< From the block to the ear.
  std::uint64_t xruns = 0; ///< That the device told of, since it was opened.
};

/// A sound device that calls a `Processor` for every block, until it is destroyed.
///
/// It is not given up when it disappears: a thread of its own looks for it ten times a second and starts it
/// again as it was, with its extra outputs and, on JACK, its connections. Meanwhile no blocks come.
///
/// Threads: construction, destruction, and everything else from *any* but audio. `tryPopEvent` one at a time.
/// Errors:  `open` says in one sentence why not. After that there are only events.
class AudioDevice {
public:
  /// `processor` is called from now on, perhaps before this returns, and not after the device is gone.
  static Result<std::unique_ptr<AudioDevice>> open(const DeviceWish& wish, Processor& processor);

  virtual ~AudioDevice() = default;
  AudioDevice(const AudioDevice&) = delete;
  AudioDevice& operator=(const AudioDevice&) = delete;

  [[nodiscard]] virtual DeviceStatus status() const = 0;

  /// The oldest event not yet told.
  virtual std::optional<DeviceEvent> tryPopEvent() = 0;

  /// How much of its period each callback used.
  virtual LoadMeter& load() = 0;

  /// What a loopback cable measured beyond the reported latencies; may be negative. Blocks tell true times
  /// with it.
  virtual void setTrim(Micros in, Micros out) = 0;

  /// The first of two more outputs, in `Block::outputs`.
  using OutputPair = std::size_t;

  /// Two more outputs, as own ports `NAME_1` and `NAME_2`; what JACK cannot have in a name becomes `_`.
  /// Errors: `unsupported` where outputs have no names, `refused` when there are too many.
  virtual Result<OutputPair> addOutputs(const std::string& name);

  /// When this returns the audio thread no longer sees them.
  virtual void removeOutputs(OutputPair pair);

protected:
  AudioDevice() = default;
};

} // namespace tutti::audio
