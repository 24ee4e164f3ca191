#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fcntl.h>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <unistd.h>

#include <tutti/core/Log.hpp>

#include "Launch.hpp"
#include "verbs/bridge/BridgeArguments.hpp"
#include "verbs/bridge/BridgeVerb.hpp"
#include "verbs/demo/DemoVerb.hpp"
#include "verbs/devices/DevicesVerb.hpp"
#include "verbs/doctor/DoctorVerb.hpp"
#include "verbs/endpoint/EndpointArguments.hpp"
#include "verbs/endpoint/EndpointVerb.hpp"
#include "verbs/jam/JamArguments.hpp"
#include "verbs/jam/JamVerb.hpp"
#include "verbs/link/LinkArguments.hpp"
#include "verbs/link/LinkVerb.hpp"
#include "verbs/linkaudio/LinkAudioArguments.hpp"
#include "verbs/linkaudio/LinkAudioVerb.hpp"
#include "verbs/patch/PatchArguments.hpp"
#include "verbs/patch/PatchVerb.hpp"
#include "verbs/serve/ServeArguments.hpp"
#include "verbs/serve/ServeVerb.hpp"

namespace tutti::app {
namespace {

constexpr int kWrongUsage = 2;

/// Logs are written to the end, also when something throws.
class Logging {
public:
  explicit Logging(spdlog::level::level_enum level) { log::start(level); }
  ~Logging() { log::stop(); }
  Logging(const Logging&) = delete;
  Logging& operator=(const Logging&) = delete;
};

/// A program started with a standard stream closed would get a socket in its place, and print into it.
void keepStandardStreams()
{
  while (true) {
    const int opened = ::open("/dev/null", O_RDWR);
    if (opened > STDERR_FILENO) ::close(opened);
    if (opened < 0 || opened > STDERR_FILENO) return;
  }
}

void addLogLevel(CLI::App& program, spdlog::level::level_enum& level)
{
  const std::map<std::string, spdlog::level::level_enum> levels{{"debug", spdlog::level::debug},
                                                                {"info", spdlog::level::info},
                                                                {"warn", spdlog::level::warn},
                                                                {"error", spdlog::level::err},
                                                                {"off", spdlog::level::off}};
  const auto read = [&level, levels](const std::string& name) {
    const auto found = levels.find(name);
    if (found == levels.end())
      throw CLI::ValidationError{"--log", "there is debug, info, warn, error and off"};
    level = found->second;
  };
  program
    .add_option_function<std::string>("--log", read,
                                      "What to say on stderr: debug, info, warn, error, off (warn)")
    ->type_name("LEVEL");
}

/// What the desktop calls us with when somebody clicks an invitation.
void addInvitation(CLI::App& program, std::string& link)
{
  const auto check = [](const std::string& text) {
    constexpr std::string_view kScheme = "tutti://";
    const auto isSame = [](char wanted, unsigned char given) { return wanted == std::tolower(given); };
    const bool isLink =
      text.size() > kScheme.size() && std::equal(kScheme.begin(), kScheme.end(), text.begin(), isSame);
    return isLink ? std::string{} : fmt::format("'{}' is neither a verb nor an invitation (tutti://…)", text);
  };
  program.add_option("INVITATION", link, "Open the window with this invitation: it asks before it joins")
    ->check(CLI::Validator{check, "tutti://…"})
    ->option_text("tutti://…");
}

/// What a verb does not take ends up here.
void refuseInvitationOfVerb(const CLI::App& program, const std::string& link)
{
  if (!link.empty() && !program.get_subcommands().empty())
    throw CLI::ExtrasError{std::vector<std::string>{link}};
}

/// Help and version are printed as asked; anything else is one line and where to read on.
int explain(const CLI::App& program, const CLI::ParseError& error)
{
  if (error.get_exit_code() == 0) return program.exit(error);
  const auto verbs = program.get_subcommands();
  const auto verb = verbs.empty() ? std::string{} : ' ' + verbs.front()->get_name();
  std::cerr << "tutti: " << error.what() << "; 'tutti" << verb << " --help' tells more.\n";
  return kWrongUsage;
}

int run(int argc, char** argv)
{
  CLI::App program{"Tutti: play together over a network, on one beat.\nWithout a verb: the window.", "tutti"};
  program.set_version_flag("--version", "tutti " TUTTI_VERSION, "Print the version");
  program.require_subcommand(0, 1);
  auto level = spdlog::level::warn;
  addLogLevel(program, level);
  std::string invitation;
  addInvitation(program, invitation);
  LinkOptions linkOptions;
  const auto* link = addLinkVerb(program, linkOptions);
  DevicesOptions devicesOptions;
  const auto* devices = addDevicesVerb(program, devicesOptions);
  DemoOptions demoOptions;
  const auto* demo = addDemoVerb(program, demoOptions);
  DoctorOptions doctorOptions;
  const auto* doctor = addDoctorVerb(program, doctorOptions);
  JamOptions jamOptions;
  const auto* jam = addJamVerb(program, jamOptions);
  BridgeOptions bridgeOptions;
  const auto* bridge = addBridgeVerb(program, bridgeOptions);
  EndpointOptions endpointOptions;
  const auto* endpoint = addEndpointVerb(program, endpointOptions);
  LinkAudioOptions linkAudioOptions;
  const auto* linkAudio = addLinkAudioVerb(program, linkAudioOptions);
  PatchOptions patchOptions;
  const auto* patch = addPatchVerb(program, patchOptions);
  ServeOptions serveOptions;
  const auto* serve = addServeVerb(program, serveOptions);
  try {
    program.parse(argc, argv);
    refuseInvitationOfVerb(program, invitation);
  } catch (const CLI::ParseError& error) {
    return explain(program, error);
  }
  const Logging logging{level};
  if (link->parsed()) return runLink(linkOptions);
  if (devices->parsed()) return runDevices(devicesOptions);
  if (demo->parsed()) return runDemo(demoOptions);
  if (doctor->parsed()) return runDoctor(doctorOptions);
  if (jam->parsed()) return runJam(jamOptions);
  if (bridge->parsed()) return runBridge(bridgeOptions);
  if (endpoint->parsed()) return runEndpoint(endpointOptions);
  if (linkAudio->parsed()) return runLinkAudio(linkAudioOptions);
  if (patch->parsed()) return runPatch(patchOptions);
  if (serve->parsed()) return runServe(serveOptions);
  return launchWindow(argc, argv, invitation);
}

} // namespace
} // namespace tutti::app

int main(int argc, char** argv)
{
  tutti::app::keepStandardStreams();
  try {
    return tutti::app::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tutti: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
