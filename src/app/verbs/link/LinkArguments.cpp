#include "LinkArguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <net/if.h>
#include <optional>

namespace tutti::app {
namespace {

constexpr double kSmallestQuantum = 1;
constexpr double kLargestQuantum = 64;
constexpr double kLongestSeconds = 1e8; // three years; beyond it microseconds are nothing that one waits for

std::optional<double> numberIn(std::string_view text)
{
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

Result<double> numberBetween(double least, double most, std::string_view text, std::string_view what)
{
  const auto value = numberIn(text);
  if (value && *value >= least && *value <= most) return *value;
  return failure(ErrorKind::malformed,
                 fmt::format("{} is a number from {} to {}, not '{}'", what, least, most, text));
}

/// The value, or CLI11's way to say that there is none.
template <class T> T orUsageError(const char* flag, Result<T> parsed)
{
  if (!parsed) throw CLI::ValidationError{flag, parsed.error().detail};
  if constexpr (!std::is_void_v<T>) return *std::move(parsed);
}

/// One flag with a value, read by `parse` into `target`.
template <class Parse, class Target>
void addValue(CLI::App& verb, const char* flag, const char* placeholder, const char* help, Parse parse,
              Target& target)
{
  verb
    .add_option_function<std::string>(
      flag, [flag, parse, &target](const std::string& text) { target = orUsageError(flag, parse(text)); },
      help)
    ->type_name(placeholder)
    ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

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

void addInterfaces(CLI::App& verb, std::vector<std::string>& interfaces)
{
  constexpr auto kFlag = "--interface";
  const auto read = [&interfaces](const std::vector<std::string>& names) {
    orUsageError(kFlag, checkInterfaces(names, interfaceNames()));
    interfaces = names;
  };
  verb
    .add_option_function<std::vector<std::string>>(kFlag, read,
                                                   "Only this network interface; repeatable (all)")
    ->type_name("NAME")
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
  addInterfaces(*verb, options.interfaces);
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

Result<Micros> parseSeconds(std::string_view text)
{
  return numberBetween(0, kLongestSeconds, text, "a time in seconds").map([](double seconds) {
    return Micros{std::llround(seconds * 1e6)};
  });
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

Result<void> checkInterfaces(const std::vector<std::string>& wanted, const std::vector<std::string>& existing)
{
  const auto isMissing = [&](const auto& name) {
    return std::ranges::find(existing, name) == existing.end();
  };
  const auto missing = std::ranges::find_if(wanted, isMissing);
  if (missing == wanted.end()) return {};
  return failure(ErrorKind::malformed, fmt::format("there is no '{}' on this machine; there is: {}", *missing,
                                                   fmt::join(existing, ", ")));
}

std::vector<std::string> interfaceNames()
{
  std::vector<std::string> names;
  auto* all = ::if_nameindex();
  if (all == nullptr) return names;
  for (const auto* entry = all; entry->if_index != 0; ++entry) names.emplace_back(entry->if_name);
  ::if_freenameindex(all);
  return names;
}

} // namespace tutti::app
