#include "EndpointArguments.hpp"

#include <charconv>
#include <fmt/format.h>

#include "verbs/terminal/Arguments.hpp"
#include "verbs/terminal/DeviceFlags.hpp"
#include "verbs/terminal/StreamWords.hpp"

namespace tutti::app {
namespace {

using endpoint::StreamOffer;

/// What stands before the first `mark`; the rest stays, without it.
std::string_view cutAt(char mark, std::string_view& text)
{
  const auto place = text.find(mark);
  const auto before = text.substr(0, place);
  text = place == std::string_view::npos ? std::string_view{} : text.substr(place + 1);
  return before;
}

template <class Number> std::optional<Number> wholeNumber(std::string_view text)
{
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<std::uint16_t> parsePort(std::string_view text)
{
  if (const auto port = wholeNumber<std::uint16_t>(text)) return *port;
  return failure(ErrorKind::malformed, fmt::format("a port is from 0, any, to 65535, not '{:.20}'", text));
}

Result<audio::SampleRate> parseRate(std::string_view text)
{
  return numberBetween(8'000, 192'000, text, "a rate").map([](double hertz) {
    return audio::SampleRate::fromHertz(static_cast<std::int32_t>(hertz));
  });
}

void addServerFlags(CLI::App& verb, EndpointOptions& options)
{
  auto* serve = verb.add_flag("--serve", options.isServing, "Offer streams of this machine to the LAN");
  addValues(
    verb, "--offer", "NAME[/CHANNELS[/TYPE]][=SOURCE]",
    "A stream that others hear: device, tone:HZ, clicks or FILE.wav; repeatable (Inputs/2/f32=device)",
    parseOfferedStream, options.offers)
    ->needs(serve);
  addValues(verb, "--take", "NAME[/CHANNELS[/TYPE]]",
            "A stream that others may send, and that is heard here; repeatable (Outputs/2/f32)", parseStream,
            options.takes)
    ->needs(serve);
  addValue(verb, "--port", "N", "TCP port for callers (any)", parsePort, options.port)->needs(serve);
}

void addClientFlags(CLI::App& verb, EndpointOptions& options)
{
  auto* connect = addValues(verb, "--connect", "NAME|ADDRESS:PORT",
                            "Use all streams of this server; repeatable", parseServer, options.servers);
  addValue(verb, "--input", kSoundInputWords, "What servers hear of us (device)", parseSoundInput,
           options.input)
    ->needs(connect);
  verb.add_flag("--list", options.isListing, "Say which servers there are in the LAN");
}

void addSoundFlags(CLI::App& verb, EndpointOptions& options)
{
  addDeviceFlags(verb, options.device);
  addValue(verb, "--rate", "HZ", "Frames a second, 8000 to 192000 (as the device has it)", parseRate,
           options.device.rate);
  verb.add_option("--record", options.record, "Write what comes in to this file")->type_name("FILE.wav");
  verb
    .add_option("--record-tracks", options.recordTracks,
                "Write all that comes in, and each stream, to files in this folder")
    ->type_name("FOLDER");
}

void needRole(const EndpointOptions& options)
{
  if (!options.isServing && options.servers.empty() && !options.isListing)
    throw CLI::RequiredError{
      "what for? --serve offers streams, --connect NAME uses those of a server, --list "
      "says which servers there are",
      CLI::ExitCodes::RequiredError};
  if (options.isListing && (options.isServing || !options.servers.empty()))
    throw CLI::ExcludesError{"--list only looks: it goes without --serve and --connect",
                             CLI::ExitCodes::ExcludesError};
}

/// A stage box, if nothing is said: all that goes in, and all that comes out.
void offerSomething(EndpointOptions& options)
{
  if (!options.isServing || !options.offers.empty() || !options.takes.empty()) return;
  options.offers.push_back({{"Inputs", {}}, {}});
  options.takes.push_back({"Outputs", {}});
}

} // namespace

CLI::App* addEndpointVerb(CLI::App& program, EndpointOptions& options)
{
  auto* verb = program.add_subcommand("endpoint", "Audio streams from and to other machines of the LAN");
  verb->option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  addServerFlags(*verb, options);
  addClientFlags(*verb, options);
  addValue(*verb, "--name", "NAME", "How the others see us (Tutti)", parseStreamName, options.name);
  addSoundFlags(*verb, options);
  addValue(*verb, "--duration", "SECONDS", "Leave after this time", parseSeconds, options.duration);
  verb->add_flag("--json", options.isJson, "One JSON object a line: all streams, each second");
  verb->final_callback([&options] {
    needRole(options);
    offerSomething(options);
  });
  verb->fallthrough();
  return verb;
}

Result<StreamOffer> parseStream(std::string_view text)
{
  auto rest = text;
  auto name = parseStreamName(cutAt('/', rest));
  if (!name) return tl::unexpected{name.error()};
  StreamOffer offer{std::move(*name), {}};
  if (const auto channels = cutAt('/', rest); !channels.empty()) {
    const auto count = parseChannels(channels);
    if (!count) return tl::unexpected{count.error()};
    offer.format.channels = *count;
  }
  if (rest.empty()) return offer;
  const auto type = endpoint::sampleTypeNamed(rest);
  if (!type)
    return failure(
      ErrorKind::malformed,
      fmt::format("'{:.20}' is none of u8, u16, u24, u32, u64, i8, i16, i24, i32, i64, f32, f64", rest));
  offer.format.type = *type;
  return offer;
}

Result<OfferedStream> parseOfferedStream(std::string_view text)
{
  const bool hasSource = text.find('=') != std::string_view::npos;
  auto about = parseStream(cutAt('=', text));
  if (!about) return tl::unexpected{about.error()};
  OfferedStream offered{std::move(*about), {}};
  if (!hasSource) return offered;
  return parseSoundInput(text).map([&](const SoundInput& source) {
    offered.source = source;
    return offered;
  });
}

Result<endpoint::CallList::Wanted> parseServer(std::string_view text)
{
  const auto colon = text.rfind(':');
  const auto address =
    colon == std::string_view::npos ? std::nullopt : IpAddress::parse(text.substr(0, colon));
  if (!address)
    return parseStreamName(text).map(
      [](std::string name) { return endpoint::CallList::Wanted{std::move(name)}; });
  const auto port = wholeNumber<std::uint16_t>(text.substr(colon + 1));
  if (!address->isV4() || !port || *port == 0)
    return failure(ErrorKind::malformed,
                   fmt::format("a server is a name, or an IPv4 address with a port, not '{:.60}'", text));
  return endpoint::CallList::Wanted{Endpoint{*address, *port}};
}

} // namespace tutti::app
