#include "JamArguments.hpp"

#include <charconv>
#include <fmt/format.h>

#include <tutti/module/CommandLine.hpp>

#include "verbs/bridge/BridgeArguments.hpp"
#include "verbs/terminal/Arguments.hpp"
#include "verbs/terminal/DeviceFlags.hpp"
#include "verbs/terminal/InterfaceFlag.hpp"
#include "verbs/terminal/RoomFlags.hpp"
#include "verbs/terminal/StreamWords.hpp"

namespace tutti::app {
namespace {

constexpr std::string_view kSteady = "steady:";
constexpr std::string_view kBeats = "beats:";
constexpr double kUsualSteady = 40; // ms: what most can still play with

template <class Read>
CLI::Option* addText(CLI::App& verb, const char* flag, const char* help, const char* type, Read read)
{
  return verb.add_option_function<std::string>(flag, read, help)->type_name(type);
}

void readFormat(JamOptions& options, const std::string& text)
{
  using stream::Codec;
  if (text == "pcm16")
    options.codec = Codec::pcm16;
  else if (text == "pcm24")
    options.codec = Codec::pcm24;
  else if (text == "float")
    options.codec = Codec::float32;
  else if (text == "opus")
    options.codec = Codec::opus;
  else
    throw CLI::ValidationError{"--format", fmt::format("'{}' is none of pcm16, pcm24, float, opus", text)};
}

/// What stands behind `prefix`; nothing where that is no number of this range.
template <class Number>
std::optional<Number> numberBehind(std::string_view prefix, const std::string& text, Number least,
                                   Number most)
{
  Number number{};
  const auto* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data() + prefix.size(), end, number);
  if (error != std::errc{} || read != end || !(number >= least && number <= most)) return std::nullopt;
  return number;
}

void readMode(JamOptions& options, const std::string& text)
{
  using stream::DelayMode;
  options.mode = {};
  if (text == "live") return;
  if (text.starts_with(kBeats)) {
    const auto beats = numberBehind(kBeats, text, 1, DelayMode::kMostBeats);
    if (!beats)
      throw CLI::ValidationError{
        "--mode", fmt::format("a delay in beats is from 1 to {}, as in beats:4", DelayMode::kMostBeats)};
    options.mode = DelayMode::inBeats(*beats);
    return;
  }
  std::optional millis{kUsualSteady};
  if (text.starts_with(kSteady))
    millis = numberBehind(kSteady, text, 1.0, 200.0);
  else if (text != "steady")
    throw CLI::ValidationError{"--mode", fmt::format("'{}' is none of live, steady[:MS], beats:N", text)};
  if (!millis) throw CLI::ValidationError{"--mode", "a steady delay is from 1 to 200 ms, as in steady:40"};
  options.mode = DelayMode::steady(Micros{static_cast<std::int64_t>(*millis * 1000)});
}

void addSound(CLI::App& verb, JamOptions& options)
{
  addDeviceFlags(verb, options.device);
  addText(verb, "--format", "How our sound travels (pcm16)", "pcm16|pcm24|float|opus",
          [&](const std::string& text) { readFormat(options, text); });
  verb
    .add_option_function<double>(
      "--intent", [&](double value) { options.intent = stream::Intent::of(value); },
      "From 0, low delay, to 1, safe (0.5)")
    ->check(CLI::Range(0.0, 1.0))
    ->type_name("0..1");
  addText(verb, "--mode",
          "The delay to the others: the shortest that is safe, a fixed time, or beats of the session (live)",
          "live|steady[:MS]|beats:N", [&](const std::string& text) { readMode(options, text); });
  addValue(verb, "--input", kSoundInputWords, "What the others hear of us (device)", parseSoundInput,
           options.input);
  verb.add_option("--record", options.record, "Write what we hear to this file")->type_name("FILE.wav");
  verb
    .add_option("--record-tracks", options.recordTracks,
                "Write the mix, ourselves and each player to files in this folder")
    ->type_name("FOLDER");
  verb.add_flag("--metronome", options.isMetronomeOn, "Hear the metronome");
  verb.add_flag("--monitor", options.isMonitoring, "Hear ourselves, directly");
}

Result<engine::LanOffer> parseOffer(std::string_view text)
{
  const auto equals = text.rfind('=');
  auto name = parseStreamName(text.substr(0, equals));
  if (!name) return tl::unexpected{name.error()};
  engine::LanOffer offer{std::move(*name)};
  if (equals == std::string_view::npos) return offer;
  return parseChannels(text.substr(equals + 1)).map([&](std::size_t channels) {
    offer.channels = channels;
    return offer;
  });
}

void addStreams(CLI::App& verb, JamOptions& options)
{
  addValues(verb, "--lan-stream", "NAME",
            "All streams of this server of the LAN are modules of the patch; repeatable", parseStreamName,
            options.lanServers);
  addValues(verb, "--offer-stream", "NAME[=CHANNELS]",
            "A module of the patch whose sound everybody in the LAN may hear; repeatable (2 channels)",
            parseOffer, options.lanOffers);
}

void addChannels(CLI::App& verb, JamOptions& options)
{
  verb.add_flag("--link-audio", options.hasLinkAudio,
                "The audio channels of the Link session are modules of the patch");
  addValues(
    verb, "--publish-channel", "NAME[=mix|player:NAME]",
    "A channel that the Link session may hear: what is connected to this module of the patch, the mix "
    "or a player; repeatable",
    parseChannelOffer, options.channelOffers);
}

Result<patch::ProcessDescription> parseProgram(std::string_view text)
{
  const auto equals = text.find('=');
  if (equals == std::string_view::npos)
    return failure(ErrorKind::malformed, "a program is NAME=COMMAND, as in Organ=/usr/bin/organ");
  return module::programFrom(text.substr(0, equals), text.substr(equals + 1));
}

void addPrograms(CLI::App& verb, JamOptions& options)
{
  addValues(verb, "--program", "NAME=COMMAND…",
            "Start this program, which is a module of the patch; repeatable", parseProgram, options.programs);
  verb
    .add_option("--approve-programs", options.approvedPatches,
                "The programs that this patch names may be started when it is loaded; repeatable")
    ->type_name("FILE")
    ->expected(1)
    ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void addLink(CLI::App& verb, JamOptions& options)
{
  verb.add_flag("--link", options.isLinkEnabled, "Share tempo and beat with Link programs here");
  addLinkInterfaceFlag(verb, options.interfaces);
  verb.add_flag("--bridge", options.isBridging,
                "The Link programs here are one session with those of all others in the room who bridge");
  addSiteFlags(verb, options.rights, options.carried);
}

/// Who bridges is in the Link session, and what is for the other sites goes over a bridge.
void completeBridge(JamOptions& options)
{
  options.isBridging = options.isBridging || !options.carried.empty();
  if (!options.isBridging) return;
  if (options.isAlone)
    throw CLI::ValidationError{"--bridge",
                               "there is nobody to bridge to in a room of this machine (--alone)"};
  options.isLinkEnabled = true;
}

void needRoom(const JamOptions& options)
{
  if (options.invite.empty() && options.inviteFile.empty() && !options.isAlone)
    throw CLI::RequiredError{"which room? Give the invitation that its host sent you, tutti://…, or --alone",
                             CLI::ExitCodes::RequiredError};
}

} // namespace

CLI::App* addJamVerb(CLI::App& program, JamOptions& options)
{
  auto* verb = program.add_subcommand("jam", "A musician without a window");
  verb->option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  addRoomFlags(*verb, options.invite, options.inviteFile, options.password);
  verb->add_flag("--alone", options.isAlone,
                 "No invitation: a room of this machine, with an echo to play with");
  verb->add_option("--name", options.name, "How the others see us")->type_name("NAME");
  verb->add_option("--instrument", options.instrument, "What we play")->type_name("TEXT");
  addSound(*verb, options);
  addStreams(*verb, options);
  addChannels(*verb, options);
  addLink(*verb, options);
  addPrograms(*verb, options);
  addValue(*verb, "--duration", "SECONDS", "Leave after this time", parseSeconds, options.duration);
  verb->add_flag("--json", options.isJson, "One JSON object a line: each player and ourselves, each second");
  verb->final_callback([&options] {
    needRoom(options);
    completeBridge(options);
  });
  verb->fallthrough();
  return verb;
}

Result<engine::ChannelOffer> parseChannelOffer(std::string_view text)
{
  using Hears = engine::ChannelOffer::Hears;
  constexpr std::string_view kPlayer = "player:";
  const auto equals = text.rfind('=');
  auto name = parseStreamName(text.substr(0, equals));
  if (!name) return tl::unexpected{name.error()};
  engine::ChannelOffer offer{.name = std::move(*name)};
  if (equals == std::string_view::npos) return offer;
  const auto hears = text.substr(equals + 1);
  offer.hears = hears == "mix" ? Hears::mix : Hears::player;
  if (offer.hears == Hears::mix) return offer;
  if (!hears.starts_with(kPlayer) || hears.size() == kPlayer.size())
    return failure(ErrorKind::malformed, fmt::format("it hears mix or player:NAME, not '{:.60}'", hears));
  offer.player = hears.substr(kPlayer.size());
  return offer;
}

} // namespace tutti::app
