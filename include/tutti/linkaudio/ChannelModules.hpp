#pragma once

#include <atomic>
#include <memory>

#include <tutti/linkaudio/SessionGrid.hpp>
#include <tutti/linkaudio/Sink.hpp>
#include <tutti/linkaudio/Source.hpp>
#include <tutti/patch/Module.hpp>

namespace tutti::linkaudio {

/// A channel of another Link program, as a module. It sounds alike on both sides if it has one channel only.
///
/// Threads: `render` *audio*; everything else any.
class FromChannel final : public patch::Module {
public:
  static constexpr std::string_view kType = "from-channel";

  FromChannel(std::shared_ptr<Source> source, std::shared_ptr<CurrentSession> session)
    : source_{std::move(source)}
    , session_{std::move(session)}
  {}

  [[nodiscard]] const std::shared_ptr<Source>& source() const { return source_; }

  /// How long the device takes from asking for a block until it is heard.
  void setDeviceOut(Micros latency) noexcept { deviceOut_.store(latency.count(), std::memory_order_relaxed); }

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {{"out", 2}}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  std::shared_ptr<Source> source_;
  std::shared_ptr<CurrentSession> session_;
  std::atomic<std::int64_t> deviceOut_{0}; // µs
};

/// What goes in here is published as a channel, for every Link program near here that wants it.
///
/// Threads: `render` *audio*; everything else any.
class ToChannel final : public patch::Module {
public:
  static constexpr std::string_view kType = "to-channel";

  /// One channel or two.
  ToChannel(std::shared_ptr<Sink> sink, std::size_t channels, std::shared_ptr<CurrentSession> session)
    : sink_{std::move(sink)}
    , channels_{channels}
    , session_{std::move(session)}
  {}

  [[nodiscard]] const std::shared_ptr<Sink>& sink() const { return sink_; }

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {{"in", channels_}}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  std::shared_ptr<Sink> sink_;
  std::size_t channels_;
  std::shared_ptr<CurrentSession> session_;
};

} // namespace tutti::linkaudio
