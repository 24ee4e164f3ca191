#pragma once

#include <atomic>
#include <memory>

#include <tutti/patch/Module.hpp>
#include <tutti/stream/Playout.hpp>

namespace tutti::jam {

/// What another player plays, as a module: where a stream from the room enters the patch.
///
/// Threads: `render` *audio*; everything else any.
class FromPlayer final : public patch::Module {
public:
  static constexpr std::string_view kType = "from-player";

  /// One channel goes to both ears. Without a playout: silence, until the first packet has come.
  FromPlayer(std::shared_ptr<stream::Playout> playout, std::size_t channels)
    : playout_{std::move(playout)}
    , channels_{channels}
  {}

  /// How long the device takes from asking for a block until it is heard.
  void setDeviceOut(Micros latency) noexcept { deviceOut_.store(latency.count(), std::memory_order_relaxed); }

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {{"out", 2}}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  std::shared_ptr<stream::Playout> playout_;
  std::size_t channels_;
  std::atomic<std::int64_t> deviceOut_{0}; // µs
};

} // namespace tutti::jam
