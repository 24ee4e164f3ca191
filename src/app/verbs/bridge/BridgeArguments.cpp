#include "BridgeArguments.hpp"

#include <fmt/format.h>

#include "verbs/linkaudio/LinkAudioArguments.hpp"
#include "verbs/terminal/Arguments.hpp"
#include "verbs/terminal/InterfaceFlag.hpp"
#include "verbs/terminal/RoomFlags.hpp"

namespace tutti::app {
namespace {

void needRoom(const BridgeOptions& options)
{
  if (options.invite.empty() && options.inviteFile.empty())
    throw CLI::RequiredError{"which room? Give the invitation that its host sent you, tutti://…",
                             CLI::ExitCodes::RequiredError};
}

Result<stream::Codec> parseCarriedAs(std::string_view text)
{
  if (text == "pcm16") return stream::Codec::pcm16;
  if (text == "pcm24") return stream::Codec::pcm24;
  return failure(ErrorKind::malformed, fmt::format("it is pcm16 or pcm24, not '{:.40}'", text));
}

void addChannels(CLI::App& verb, BridgeOptions& options)
{
  verb.add_flag("--link-audio", options.hasLinkAudio,
                "Publish here the audio channels that the other sites carry, as 'NAME (SITE)'");
  addValue(verb, "--carry-as", "pcm16|pcm24", "How its sound travels (pcm16)", parseCarriedAs,
           options.carriedAs);
}

bool grant(bridge::Rights& rights, std::string_view word)
{
  if (word == "tempo")
    rights.mayChangeTempo = true;
  else if (word == "startstop")
    rights.mayStartAndStop = true;
  else
    return false;
  return true;
}

} // namespace

CLI::App* addBridgeVerb(CLI::App& program, BridgeOptions& options)
{
  auto* verb = program.add_subcommand("bridge", "A Link bridge without a window");
  verb->option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  addRoomFlags(*verb, options.invite, options.inviteFile, options.password);
  verb->add_option("--name", options.name, "How the others see this site (Bridge)")->type_name("NAME");
  addLinkInterfaceFlag(*verb, options.interfaces);
  addSiteFlags(*verb, options.rights, options.carried);
  addChannels(*verb, options);
  addValue(*verb, "--duration", "SECONDS", "Leave after this time", parseSeconds, options.duration);
  verb->add_flag("--json", options.isJson, "One JSON object a line: all sites, each second");
  verb->final_callback([&options] {
    needRoom(options);
    if (!options.carried.empty()) options.hasLinkAudio = true;
  });
  verb->fallthrough();
  return verb;
}

void addSiteFlags(CLI::App& verb, bridge::Rights& rights, std::vector<linkaudio::ChannelPattern>& carried)
{
  addValue(verb, "--may", "tempo,startstop|follow",
           "What the Link programs here may change for everybody (tempo,startstop)", parseRights, rights);
  addValues(verb, "--carry-channel", "PEER/CHANNEL",
            "The other sites may have this channel of the Link programs here, * is any; repeatable",
            parseChannelPattern, carried);
}

Result<bridge::Rights> parseRights(std::string_view text)
{
  bridge::Rights rights{.mayChangeTempo = false, .mayStartAndStop = false};
  if (text == "follow") return rights;
  for (auto rest = text;;) {
    const auto comma = rest.find(',');
    if (!grant(rights, rest.substr(0, comma)))
      return failure(ErrorKind::malformed,
                     fmt::format("it is follow, or what of tempo and startstop is granted, such as "
                                 "tempo,startstop, not '{:.40}'",
                                 text));
    if (comma == std::string_view::npos) return rights;
    rest.remove_prefix(comma + 1);
  }
}

} // namespace tutti::app
