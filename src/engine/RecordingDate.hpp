#pragma once

#include <optional>

#include <tutti/engine/LinkSound.hpp>
#include <tutti/rt/Latest.hpp>

namespace tutti::engine {

/// Beside a recording: says when its frames were heard. It begins with the block with which the recording
/// does, if both are added to a patch at once.
///
/// Threads: `render` *audio*; `newest` one at a time, any other.
class RecordingDate final : public patch::Module {
public:
  static constexpr std::string_view kType = "recording-date";

  [[nodiscard]] std::optional<RecordedMoment> newest()
  {
    const auto moment = moment_.read();
    if (!moment.isKnown) return std::nullopt;
    return moment.value;
  }

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {{"in", 2}}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override
  {
    const auto& block = rendering.block;
    if (!hasBegun_) begin_ = block.first;
    hasBegun_ = true;
    moment_.write({true, {block.first.frames - begin_.frames, block.audible}});
  }

private:
  struct Dated {
    bool isKnown = false;
    RecordedMoment value;
  };
  bool hasBegun_ = false; // audio
  SampleTime begin_;      // audio
  rt::Latest<Dated> moment_;
};

} // namespace tutti::engine
