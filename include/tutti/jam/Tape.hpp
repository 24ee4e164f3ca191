#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <vector>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/patch/Module.hpp>

namespace tutti::jam {

/// A sound file played over and over, as an instrument.
///
/// Threads: `render` *audio*; `open` outside, it reads the file whole.
/// Errors:  `unavailable`, `unsupported`, each with a sentence.
class Tape final : public patch::Module {
public:
  static constexpr std::string_view kType = "tape";
  static constexpr std::size_t kLongestSeconds = 600;

  /// For a device at `rate`.
  static Result<std::shared_ptr<Tape>> open(const std::filesystem::path& file, audio::SampleRate rate);

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {{"out", 2}}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  explicit Tape(std::vector<float> frames)
    : frames_{std::move(frames)}
  {}

  std::vector<float> frames_; // left, right, left, right
  std::size_t next_ = 0;      // audio
};

} // namespace tutti::jam
