#pragma once

#include <cstddef>
#include <memory>

#include <tutti/patch/Module.hpp>
#include <tutti/patch/Workshop.hpp>

namespace tutti::patch {

/// Neighbouring channels of the device, counted from 0 as in `audio::Block`. A channel that the device does
/// not have just now is silent, or not heard.
struct DeviceChannels {
  std::size_t first = 0;
  std::size_t count = 2; ///< 1 to `Port::kMostChannels`.

  friend bool operator==(const DeviceChannels&, const DeviceChannels&) = default;
};

/// What comes from the device: an instrument, a microphone.
///
/// Threads: `render` *audio*; everything else any.
class DeviceInput final : public Module {
public:
  static constexpr std::string_view kType = "device-input";

  explicit DeviceInput(DeviceChannels channels = {})
    : channels_{channels}
  {}

  [[nodiscard]] const DeviceChannels& channels() const { return channels_; }

  /// Parameters: `first`, as musicians count, and `channels`.
  static Result<std::shared_ptr<Module>> make(const ModuleDescription& wanted);

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<Port> inputs() const override { return {}; }
  [[nodiscard]] std::vector<Port> outputs() const override { return {{"out", channels_.count}}; }
  [[nodiscard]] Parameters parameters() const override;
  void render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  DeviceChannels channels_;
};

/// What goes to the device: the master, a pair of headphones, a player's own outputs. Several that share a
/// channel add up.
///
/// Nothing beyond +24 dBFS and nothing that is no number passes: a broken module must not hurt ears.
///
/// Threads: `render` *audio*; everything else any.
class DeviceOutput final : public Module {
public:
  static constexpr std::string_view kType = "device-output";

  explicit DeviceOutput(DeviceChannels channels = {})
    : channels_{channels}
  {}

  /// Parameters: `first`, as musicians count, and `channels`.
  static Result<std::shared_ptr<Module>> make(const ModuleDescription& wanted);

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<Port> inputs() const override { return {{"in", channels_.count}}; }
  [[nodiscard]] std::vector<Port> outputs() const override { return {}; }
  [[nodiscard]] Parameters parameters() const override;
  void render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  DeviceChannels channels_;
};

} // namespace tutti::patch
