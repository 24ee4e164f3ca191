#include "EndpointVerb.hpp"

#include <tutti/engine/Endpoints.hpp>

#include "EndpointReport.hpp"
#include "verbs/terminal/Narration.hpp"

namespace tutti::app {
namespace {

using time::HostClock;
using Kind = engine::EndpointEvent::Kind;

/// Nothing where the device itself is meant: its number of channels is the stream's.
engine::MakeSource sourceOf(const SoundInput& input)
{
  if (input.kind == SoundInput::Kind::device) return {};
  return [input](audio::SampleRate rate) { return instrumentOf(input, rate); };
}

engine::EndpointSettings settingsOf(const EndpointOptions& options)
{
  engine::EndpointSettings settings;
  settings.name = options.name;
  settings.device = options.device;
  if (options.isListing) settings.device.backend = audio::Backend::paced; // only looks
  settings.looksAround = options.isListing;
  settings.servers = options.servers;
  settings.source = sourceOf(options.input);
  if (!options.record.empty()) settings.recording.mix = options.record;
  if (!options.recordTracks.empty()) settings.recording.folder = options.recordTracks;
  if (!options.isServing) return settings;
  settings.serving.emplace();
  for (const auto& offered : options.offers)
    settings.serving->fromServer.push_back({offered.about, sourceOf(offered.source)});
  settings.serving->toServer = options.takes;
  settings.serving->port = options.port;
  return settings;
}

class Teller {
public:
  explicit Teller(const EndpointOptions& options)
    : options_{options}
    , narration_{options.duration}
  {}

  int run()
  {
    auto opened = engine::Endpoints::open(settingsOf(options_));
    if (!opened) return fail(opened.error());
    endpoints_ = std::move(*opened);
    greet();
    while (narration_.nextSecond()) tell();
    return status_;
  }

private:
  void greet()
  {
    if (options_.isListing && !options_.isJson) return;
    const auto snapshot = endpoints_->snapshot();
    narration_.line(options_.isJson ? endpointReadyJson(HostClock::now(), options_.name, snapshot)
                                    : endpointReadyText(options_.name, snapshot));
  }

  void tell()
  {
    const auto snapshot = endpoints_->snapshot();
    for (const auto& event : endpoints_->takeEvents()) tell(event);
    if (options_.isJson && !options_.isListing)
      narration_.line(endpointSecondJson(HostClock::now(), snapshot));
    else if (!options_.isListing)
      narration_.live(endpointSecondText(snapshot));
    if (!snapshot.isHopeless || options_.isServing) return;
    status_ = EXIT_FAILURE; // why has been told
    narration_.end();
  }

  /// What a musician should know of is said on stderr as well.
  void tell(const engine::EndpointEvent& event)
  {
    const auto text = endpointEventText(event);
    const bool isWrong =
      event.kind == Kind::problem || event.kind == Kind::left || event.kind == Kind::refused;
    if (options_.isJson) narration_.line(endpointEventJson(event));
    if (isWrong)
      narration_.aside("tutti: " + text);
    else if (!options_.isJson && !text.empty())
      narration_.line(text);
  }

  const EndpointOptions& options_;
  std::unique_ptr<engine::Endpoints> endpoints_;
  Narration narration_;
  int status_ = EXIT_SUCCESS;
};

} // namespace

int runEndpoint(const EndpointOptions& options)
{
  return Teller{options}.run();
}

} // namespace tutti::app
