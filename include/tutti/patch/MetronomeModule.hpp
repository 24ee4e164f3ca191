#pragma once

#include <memory>

#include <tutti/audio/Metronome.hpp>
#include <tutti/patch/Module.hpp>
#include <tutti/patch/Workshop.hpp>

namespace tutti::patch {

/// The metronome as a module: one channel of clicks on the shared timeline.
///
/// Threads: `render` *audio*; `set`, `settings` and `parameters` one at a time, any but audio.
class MetronomeModule final : public Module {
public:
  static constexpr std::string_view kType = "metronome";

  explicit MetronomeModule(const audio::MetronomeSettings& settings = {}) { set(settings); }

  void set(const audio::MetronomeSettings& settings);
  [[nodiscard]] const audio::MetronomeSettings& settings() const { return settings_; }

  /// Parameters: `level` in dB, `sounds` (while-playing, always), `count-in` (audible, silent), and
  /// `accents`: `X` strong, `x` normal, `o` soft, `_` silent, as in `XxoXxox`; beats after the last one are
  /// normal.
  static Result<std::shared_ptr<Module>> make(const ModuleDescription& wanted);

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<Port> inputs() const override { return {}; }
  [[nodiscard]] std::vector<Port> outputs() const override { return {{"out", 1}}; }
  [[nodiscard]] Parameters parameters() const override;
  void render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  audio::MetronomeSettings settings_;
  audio::Metronome metronome_; // both
};

} // namespace tutti::patch
