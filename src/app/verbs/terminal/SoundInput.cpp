#include "SoundInput.hpp"

#include <tutti/jam/Tape.hpp>
#include <tutti/jam/Tone.hpp>

#include "Arguments.hpp"

namespace tutti::app {
namespace {

constexpr std::string_view kTone = "tone:";

Result<double> parseHertz(std::string_view text)
{
  return numberBetween(20, 20'000, text, "a tone").map_error([](const Error& error) {
    return Error{error.kind, "a tone is from 20 to 20000 Hz, as in tone:440"};
  });
}

} // namespace

Result<SoundInput> parseSoundInput(std::string_view text)
{
  using Kind = SoundInput::Kind;
  SoundInput input;
  if (text.empty()) return failure(ErrorKind::malformed, "it is device, tone:HZ, clicks or a sound file");
  if (text == "device") return input;
  if (text == "clicks") {
    input.kind = Kind::clicks;
  } else if (text.starts_with(kTone)) {
    input.kind = Kind::tone;
    const auto hertz = parseHertz(text.substr(kTone.size()));
    if (!hertz) return tl::unexpected{hertz.error()};
    input.hertz = *hertz;
  } else {
    input.kind = Kind::file;
    input.file = text;
  }
  return input;
}

Result<std::shared_ptr<patch::Module>> instrumentOf(const SoundInput& input, audio::SampleRate rate)
{
  using Module = std::shared_ptr<patch::Module>;
  switch (input.kind) {
  case SoundInput::Kind::device:
    break;
  case SoundInput::Kind::tone:
    return Module{std::make_shared<jam::Tone>(jam::Tone::Kind::sine, input.hertz)};
  case SoundInput::Kind::clicks:
    return Module{std::make_shared<jam::Tone>(jam::Tone::Kind::clicks)};
  case SoundInput::Kind::file:
    return jam::Tape::open(input.file, rate).map([](std::shared_ptr<jam::Tape> tape) {
      return Module{std::move(tape)};
    });
  }
  return Module{};
}

} // namespace tutti::app
