#include "LinkArguments.hpp"

#include <fmt/format.h>

#include "verbs/terminal/Arguments.hpp"
#include "verbs/terminal/InterfaceFlag.hpp"

namespace tutti::app {
namespace {

constexpr double kSmallestQuantum = 1;
constexpr double kLargestQuantum = 64;

void addTempoChanges(CLI::App& verb, std::vector<TempoChange>& changes)
{
  constexpr auto kFlag = "--set-tempo-at";
  const auto read = [&changes](const std::vector<std::string>& texts) {
    for (const auto& text : texts) changes.push_back(orUsageError(kFlag, parseTempoChange(text)));
  };
  verb
    .add_option_function<std::vector<std::string>>(kFlag, read,
                                                   "Set the tempo so long after the start; repeatable")
    ->type_name("SECONDS:BPM")
    ->allow_extra_args(false);
}

} // namespace

CLI::App* addLinkVerb(CLI::App& program, LinkOptions& options)
{
  auto* verb = program.add_subcommand("link", "A Link peer in the terminal");
  addValue(*verb, "--tempo", "BPM", "Tempo to begin with, 20 to 999 (120)", parseTempo, options.tempo);
  addValue(*verb, "--quantum", "BEATS", "Beats to the bar, 1 to 64 (4)", parseQuantum, options.quantum);
  auto* on = verb->add_flag_callback(
    "--enable", [&options] { options.isEnabled = true; }, "Begin with Link on (so it is)");
  verb->add_flag_callback(
        "--no-enable", [&options] { options.isEnabled = false; }, "Begin with Link off")
    ->excludes(on);
  verb->add_flag("--sync", options.followsStartStop, "Share start and stop with the peers");
  verb->add_flag("--play", options.plays, "Begin to play; in time with the session if there is one");
  addValue(*verb, "--duration", "SECONDS", "Leave after this time", parseSeconds, options.duration);
  addInterfaceFlag(*verb, options.interfaces);
  addTempoChanges(*verb, options.tempoChanges);
  verb->add_flag_callback(
    "--json", [&options] { options.output = Output::json; },
    "One JSON object a line, each second and at each change");
  verb->footer("Keys: a Link on/off, space play/stop, w/e tempo, r/t quantum, s start/stop sync, q quit");
  verb->fallthrough();
  return verb;
}

Result<time::Tempo> parseTempo(std::string_view text)
{
  return numberBetween(time::Tempo::kSlowestBpm, time::Tempo::kFastestBpm, text, "a tempo")
    .map(time::Tempo::fromBpm);
}

Result<time::Beats> parseQuantum(std::string_view text)
{
  return numberBetween(kSmallestQuantum, kLargestQuantum, text, "a quantum").map(time::Beats::fromDouble);
}

Result<TempoChange> parseTempoChange(std::string_view text)
{
  const auto colon = text.find(':');
  if (colon == std::string_view::npos)
    return failure(ErrorKind::malformed,
                   fmt::format("it reads SECONDS:BPM, such as 2.5:128, not '{}'", text));
  const auto after = parseSeconds(text.substr(0, colon));
  if (!after) return tl::unexpected{after.error()};
  return parseTempo(text.substr(colon + 1)).map([&](time::Tempo tempo) {
    return TempoChange{*after, tempo};
  });
}

} // namespace tutti::app
