#pragma once

#include <cstdint>

#include <tutti/patch/Module.hpp>

namespace tutti::jam {

/// An instrument for tests and sound checks: a steady sine, or a click each half second, on both channels.
///
/// Threads: `render` *audio*.
class Tone final : public patch::Module {
public:
  enum class Kind : std::uint8_t { sine, clicks };
  static constexpr std::string_view kType = "tone";

  explicit Tone(Kind kind, double hertz = 440)
    : kind_{kind}
    , hertz_{hertz}
  {}

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {{"out", 2}}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  [[nodiscard]] float at(std::int64_t frame, double rate) const noexcept TUTTI_NONBLOCKING;

  Kind kind_;
  double hertz_;
};

} // namespace tutti::jam
