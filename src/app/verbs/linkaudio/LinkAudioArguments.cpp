#include "LinkAudioArguments.hpp"

#include <fmt/format.h>

#include "verbs/link/LinkArguments.hpp"
#include "verbs/terminal/Arguments.hpp"
#include "verbs/terminal/DeviceFlags.hpp"
#include "verbs/terminal/InterfaceFlag.hpp"

namespace tutti::app {
namespace {

constexpr std::size_t kLongestName = 256; // spec link-audio 8

Result<std::string> parseName(std::string_view text)
{
  if (!text.empty() && text.size() <= kLongestName) return std::string{text};
  return failure(ErrorKind::malformed,
                 fmt::format("a name has at least one letter, and at most {} bytes", kLongestName));
}

void addSoundFlags(CLI::App& verb, LinkAudioOptions& options, CLI::Option* subscribe)
{
  addDeviceFlags(verb, options.device);
  verb.add_option("--record", options.record, "Write what is heard to this file")
    ->type_name("FILE.wav")
    ->needs(subscribe);
  verb
    .add_option("--record-tracks", options.recordTracks,
                "Write all that is heard, and each channel, to files in this folder")
    ->type_name("FOLDER")
    ->needs(subscribe);
}

} // namespace

CLI::App* addLinkAudioVerb(CLI::App& program, LinkAudioOptions& options)
{
  auto* verb =
    program.add_subcommand("linkaudio", "Audio channels of the Link session, ours and the others'");
  verb->option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  addValues(
    *verb, "--publish", "NAME[=SOURCE]",
    "A channel that the session may hear: device, tone:HZ, clicks (on its beats) or FILE.wav; repeatable",
    parsePublished, options.published);
  auto* subscribe = addValues(*verb, "--subscribe", "PEER/CHANNEL",
                              "Hear this channel as soon as it is there, * is any; repeatable",
                              parseChannelPattern, options.wanted);
  addValue(*verb, "--mode", "live|beats[=N]",
           "Heard as early as is safe, or N beats after it was played, 1 to 16 (beats=1)", parsePlacement,
           options.placement)
    ->needs(subscribe);
  addValue(*verb, "--name", "NAME", "How the others see us (Tutti)", parseName, options.name);
  addValue(*verb, "--tempo", "BPM", "Tempo if nobody else has one, 20 to 999 (120)", parseTempo,
           options.tempo);
  addValue(*verb, "--quantum", "BEATS", "Beats to the bar, 1 to 64 (4)", parseQuantum, options.quantum);
  addInterfaceFlag(*verb, options.interfaces);
  addSoundFlags(*verb, options, subscribe);
  addValue(*verb, "--duration", "SECONDS", "Leave after this time", parseSeconds, options.duration);
  verb->add_flag("--json", options.isJson, "One JSON object a line, each second and at each change");
  verb->footer("Without --publish and --subscribe it says which channels there are.");
  verb->fallthrough();
  return verb;
}

Result<PublishedChannel> parsePublished(std::string_view text)
{
  const auto mark = text.find('=');
  auto name = parseName(text.substr(0, mark));
  if (!name) return tl::unexpected{name.error()};
  PublishedChannel published{std::move(*name), {}};
  if (mark == std::string_view::npos) return published;
  return parseSoundInput(text.substr(mark + 1)).map([&](const SoundInput& source) {
    published.source = source;
    return published;
  });
}

Result<linkaudio::ChannelPattern> parseChannelPattern(std::string_view text)
{
  const auto mark = text.find('/');
  if (mark == std::string_view::npos || mark == 0 || mark + 1 == text.size())
    return failure(ErrorKind::malformed,
                   fmt::format("it reads PEER/CHANNEL, such as Ana/Drums or */Drums, not '{:.60}'", text));
  return linkaudio::ChannelPattern{std::string{text.substr(0, mark)}, std::string{text.substr(mark + 1)}};
}

Result<linkaudio::Placement> parsePlacement(std::string_view text)
{
  using linkaudio::Placement;
  constexpr std::string_view kBeats = "beats=";
  if (text == "live") return Placement::live();
  if (text == "beats") return Placement::inBeats(1);
  if (!text.starts_with(kBeats))
    return failure(ErrorKind::malformed, fmt::format("it is live or beats=N, not '{:.20}'", text));
  const auto sentence = fmt::format("beats are a whole number from 1 to {}", Placement::kMostBeats);
  const auto beats = numberBetween(1, Placement::kMostBeats, text.substr(kBeats.size()), "beats");
  if (!beats || *beats != static_cast<int>(*beats)) return failure(ErrorKind::malformed, sentence);
  return Placement::inBeats(static_cast<int>(*beats));
}

} // namespace tutti::app
