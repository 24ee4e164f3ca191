#pragma once

#include <array>
#include <atomic>
#include <memory>

#include <tutti/patch/Module.hpp>
#include <tutti/rt/Signal.hpp>
#include <tutti/stream/Outlet.hpp>

namespace tutti::jam {

/// The door between the patch and the room: what goes in here, the others hear.
///
/// Closed, it sends silence, not nothing: the others' playout goes on as it was, and opening is heard at
/// once. It opens and closes within one block, without a click.
///
/// Threads: `render` *audio*; `open`, `close` any. `outlet` is for the media thread, which `wake` wakes.
class ToRoom final : public patch::Module {
public:
  static constexpr std::string_view kType = "to-room";

  ToRoom(std::shared_ptr<stream::Outlet> outlet, std::shared_ptr<rt::Signal> wake)
    : outlet_{std::move(outlet)}
    , wake_{std::move(wake)}
  {}

  void setOpen(bool isOpen) noexcept { isOpen_.store(isOpen, std::memory_order_relaxed); }
  [[nodiscard]] bool isOpen() const noexcept { return isOpen_.load(std::memory_order_relaxed); }

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {{"in", 2}}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  static constexpr std::size_t kChannels = stream::kMostChannels;

  std::shared_ptr<stream::Outlet> outlet_;
  std::shared_ptr<rt::Signal> wake_;
  std::atomic<bool> isOpen_{true};
  float gain_ = 1;                                                           // audio
  std::array<std::array<float, audio::Block::kLongest>, kChannels> faded_{}; // audio
};

} // namespace tutti::jam
