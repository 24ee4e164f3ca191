#include <tutti/patch/MetronomeModule.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include <tutti/patch/ParameterReader.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::patch {
namespace {

using audio::MetronomeSettings;
using audio::Stress;
using Accents = decltype(MetronomeSettings::accents);

constexpr std::string_view kStresses = "_oxX"; // in the order of `Stress`

std::string textOf(const Accents& accents)
{
  std::string text;
  for (const auto stress : accents) text += kStresses[static_cast<std::size_t>(stress)];
  text.erase(text.find_last_not_of('x') + 1);
  return text;
}

/// A gain is a float: -6 dB would be saved as -6.000000142.
double roundedForPeople(double decibels)
{
  return std::round(decibels * 10'000) / 10'000;
}

Accents readAccents(ParameterReader& reader)
{
  const auto text = reader.text("accents", "X");
  Accents accents{};
  accents.fill(Stress::normal);
  if (text.size() > accents.size()) reader.refuse("accents", "has too many beats");
  for (std::size_t beat = 0; beat < std::min(text.size(), accents.size()); ++beat) {
    const auto stress = kStresses.find(text[beat]);
    if (stress != std::string_view::npos)
      accents[beat] = static_cast<Stress>(stress);
    else
      reader.refuse("accents", "is not made of X, x, o and _");
  }
  return accents;
}

MetronomeSettings readSettings(ParameterReader& reader)
{
  MetronomeSettings settings;
  const Range range{.most = Snapshot::kMostGain.value()};
  settings.level =
    audio::Gain::of(audio::Decibels::of(reader.number("level", range, settings.level.level().value())));
  settings.sounds =
    static_cast<MetronomeSettings::Sounds>(reader.choice("sounds", {"while-playing", "always"}, 0));
  settings.countIn =
    static_cast<MetronomeSettings::CountIn>(reader.choice("count-in", {"audible", "silent"}, 0));
  settings.accents = readAccents(reader);
  return settings;
}

} // namespace

void MetronomeModule::set(const MetronomeSettings& settings)
{
  settings_ = settings;
  metronome_.set(settings);
}

Result<std::shared_ptr<Module>> MetronomeModule::make(const ModuleDescription& wanted)
{
  ParameterReader reader{wanted.parameters};
  const auto settings = readSettings(reader);
  return reader.verdict().map(
    [&] { return std::shared_ptr<Module>{std::make_shared<MetronomeModule>(settings)}; });
}

Parameters MetronomeModule::parameters() const
{
  const bool isAlways = settings_.sounds == MetronomeSettings::Sounds::always;
  const bool isSilent = settings_.countIn == MetronomeSettings::CountIn::silent;
  Parameters parameters;
  parameters.add("level", roundedForPeople(settings_.level.level().value()));
  parameters.add("sounds", std::string{isAlways ? "always" : "while-playing"});
  parameters.add("count-in", std::string{isSilent ? "silent" : "audible"});
  parameters.add("accents", textOf(settings_.accents));
  return parameters;
}

void MetronomeModule::render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  metronome_.render(rendering.output(0), rendering.grid, rendering.block.audible, rendering.block.rate);
}

} // namespace tutti::patch
