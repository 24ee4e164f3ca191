#include "LinkAudioVerb.hpp"

#include <tutti/engine/Engine.hpp>
#include <tutti/patch/MetronomeModule.hpp>

#include "LinkAudioReport.hpp"
#include "verbs/terminal/Narration.hpp"

namespace tutti::app {
namespace {

using time::HostClock;
using Kind = engine::LinkSoundEvent::Kind;

/// A click on each beat of the session, the downbeat strong, whether it plays or not.
std::shared_ptr<patch::Module> beatClicks()
{
  audio::MetronomeSettings settings;
  settings.sounds = audio::MetronomeSettings::Sounds::always;
  return std::make_shared<patch::MetronomeModule>(settings);
}

/// Nothing where the device itself is meant.
engine::MakeSource sourceOf(const SoundInput& input)
{
  if (input.kind == SoundInput::Kind::device) return {};
  return [input](audio::SampleRate rate) -> Result<std::shared_ptr<patch::Module>> {
    if (input.kind == SoundInput::Kind::clicks) return beatClicks();
    return instrumentOf(input, rate);
  };
}

/// Who only looks needs no sound device.
bool onlyLooks(const LinkAudioOptions& options)
{
  return options.published.empty() && options.wanted.empty();
}

engine::LinkSoundSettings soundOf(const LinkAudioOptions& options)
{
  engine::LinkSoundSettings settings;
  settings.name = options.name;
  settings.device = options.device;
  if (onlyLooks(options)) settings.device.backend = audio::Backend::paced;
  for (const auto& channel : options.published)
    settings.published.push_back({channel.name, sourceOf(channel.source)});
  settings.wanted = options.wanted;
  settings.placement = options.placement;
  if (!options.record.empty()) settings.recording.mix = options.record;
  if (!options.recordTracks.empty()) settings.recording.folder = options.recordTracks;
  return settings;
}

engine::Settings sessionOf(const LinkAudioOptions& options)
{
  engine::Settings settings;
  settings.tempo = options.tempo;
  settings.quantum = options.quantum;
  settings.followsStartStop = false;
  return settings;
}

class Teller {
public:
  explicit Teller(const LinkAudioOptions& options)
    : options_{options}
    , narration_{options.duration}
    , engine_{sessionOf(options), options.interfaces}
  {}

  int run()
  {
    auto opened = engine_.openLinkSound(soundOf(options_));
    if (!opened) return fail(opened.error());
    sound_ = std::move(*opened);
    const auto snapshot = sound_->snapshot();
    narration_.line(options_.isJson ? linkAudioReadyJson(HostClock::now(), options_.name, snapshot)
                                    : linkAudioReadyText(options_.name, snapshot));
    while (narration_.nextSecond()) tell();
    return EXIT_SUCCESS;
  }

private:
  void tell()
  {
    const auto snapshot = sound_->snapshot();
    for (const auto& event : sound_->takeEvents()) tell(event);
    if (options_.isJson)
      narration_.line(linkAudioSecondJson(HostClock::now(), snapshot));
    else
      narration_.live(linkAudioSecondText(snapshot));
  }

  /// What a musician should know of is said on stderr as well.
  void tell(const engine::LinkSoundEvent& event)
  {
    const auto text = linkAudioEventText(event);
    if (options_.isJson) narration_.line(linkAudioEventJson(event));
    if (event.kind == Kind::problem)
      narration_.aside("tutti: " + text);
    else if (!options_.isJson && !text.empty())
      narration_.line(text);
  }

  const LinkAudioOptions& options_;
  Narration narration_;
  engine::Engine engine_;
  std::unique_ptr<engine::LinkSound> sound_; // gone before the engine
};

} // namespace

int runLinkAudio(const LinkAudioOptions& options)
{
  return Teller{options}.run();
}

} // namespace tutti::app
