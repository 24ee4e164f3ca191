#pragma once

#include <atomic>
#include <memory>

#include <tutti/endpoint/Reception.hpp>
#include <tutti/endpoint/SoundDoor.hpp>
#include <tutti/patch/Module.hpp>

namespace tutti::endpoint {

/// A stream of an endpoint that comes in, as a module.
///
/// Threads: `render` *audio*; everything else any.
class FromEndpoint final : public patch::Module {
public:
  static constexpr std::string_view kType = "from-endpoint";

  explicit FromEndpoint(std::shared_ptr<Reception> reception)
    : reception_{std::move(reception)}
  {}

  /// How long the device takes from asking for a block until it is heard.
  void setDeviceOut(Micros latency) noexcept { deviceOut_.store(latency.count(), std::memory_order_relaxed); }

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override
  {
    return {{"out", reception_->format().channels}};
  }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  std::shared_ptr<Reception> reception_;
  std::atomic<std::int64_t> deviceOut_{0}; // µs
};

/// What goes in here leaves by a stream of an endpoint.
///
/// Threads: `render` *audio*; everything else any.
class ToEndpoint final : public patch::Module {
public:
  static constexpr std::string_view kType = "to-endpoint";

  ToEndpoint(std::shared_ptr<SoundDoor> door, std::size_t channels)
    : door_{std::move(door)}
    , channels_{channels}
  {}

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {{"in", channels_}}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  std::shared_ptr<SoundDoor> door_;
  std::size_t channels_;
};

static_assert(kMostChannels == patch::Port::kMostChannels);

} // namespace tutti::endpoint
