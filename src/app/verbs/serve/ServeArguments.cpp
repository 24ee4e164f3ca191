#include "ServeArguments.hpp"

#include <cstdlib>
#include <fmt/format.h>

#include "verbs/terminal/Arguments.hpp"

namespace tutti::app {
namespace {

/// As an argument, it is visible to other users of the machine. Flags that say that there is none come first:
/// who has set it for `tutti jam` has not set it for every room.
void readEnvironment(ServeOptions& options)
{
  const bool asksForOne = !options.room.empty() && !options.isOpen && options.inviteFile.empty();
  const char* password = std::getenv("TUTTI_PASSWORD");
  if (asksForOne && options.password.empty() && password != nullptr) options.password = password;
  const char* session = std::getenv("TUTTI_SESSION_PASSWORD");
  if (!options.sessionUser.empty() && session != nullptr) options.sessionPassword = session;
}

/// Whether the login of the older session API is one.
Result<void> checkSessions(const ServeOptions& options)
{
  if (options.sessionUser.empty()) return {};
  if (options.sessionUser.find(':') != std::string::npos)
    return failure(ErrorKind::malformed, "a name with a colon cannot log in");
  if (options.sessionPassword.empty())
    return failure(ErrorKind::malformed, "its password is missing: set TUTTI_SESSION_PASSWORD");
  return {};
}

void addRoomFlags(CLI::App& verb, ServeOptions& options)
{
  auto* room =
    verb.add_option("--room", options.room, "Open a room and print its invitation")->type_name("NAME");
  auto* password = verb
                     .add_option("--password", options.password,
                                 "The room asks for this password, 12 letters or more; or set TUTTI_PASSWORD")
                     ->type_name("TEXT")
                     ->needs(room);
  verb.add_flag("--open", options.isOpen, "The room is for everybody; this server could listen")
    ->needs(room)
    ->excludes(password);
  verb
    .add_option("--invite-file", options.inviteFile,
                "Keep the invitation in this file, so that it stays the same after a restart")
    ->type_name("FILE")
    ->needs(room)
    ->excludes(password);
}

void addHomeFlags(CLI::App& verb, ServeOptions& options)
{
  auto* atHome = verb.add_flag("--at-home", options.isAtHome,
                               "Ask the router here to let others in; say whether they get in");
  addValue(verb, "--tested-by", "HOST[:PORT][#KEY]", "Another 'tutti serve', which tries whether they do",
           room::ServerAddress::parse, options.testedBy)
    ->needs(atHome);
}

void addTurnFlags(CLI::App& verb, TurnWish& wish)
{
  verb
    .add_option_function<std::vector<std::string>>(
      "--turn-server",
      [&wish](const std::vector<std::string>& texts) {
        for (const auto& text : texts) orUsageError("--turn-server", wish.addServer(text));
      },
      "Members may use this TURN server; repeatable, also turns:…, and …?transport=tcp")
    ->type_name("HOST[:PORT]")
    ->expected(1)
    ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  verb.add_option("--turn-secret", wish.secret, "What the TURN servers share with us; or TUTTI_TURN_SECRET")
    ->type_name("TEXT");
  verb.add_option("--turn-secret-file", wish.secretFile, "The same, from the first line of a file")
    ->type_name("FILE");
  verb.add_option("--turn-user", wish.user, "Instead of a secret: one name for all; see TUTTI_TURN_PASSWORD")
    ->type_name("NAME");
  verb.add_option("--turn-password-file", wish.passwordFile, "That name's password, from a file")
    ->type_name("FILE");
  verb
    .add_option("--turn-provider-url", wish.providerUrl,
                "Ask this HTTP API for TURN servers; its token: TUTTI_TURN_TOKEN")
    ->type_name("URL");
  verb.add_option("--turn-token-file", wish.tokenFile, "That token, from a file")->type_name("FILE");
}

void addStoreFlags(CLI::App& verb, StoreWish& wish)
{
  verb
    .add_option_function<std::string>(
      "--store",
      [&wish](const std::string& text) {
        auto url = serve::StoreUrl::parse(text);
        if (!url) throw CLI::ValidationError{"--store", url.error().detail};
        wish.url = std::move(*url);
      },
      "Share all rooms with other servers through this Redis: redis://, rediss://, unix://")
    ->type_name("URL");
  verb
    .add_option("--store-password-file", wish.passwordFile,
                "Its password, from a file; or TUTTI_STORE_PASSWORD")
    ->type_name("FILE");
  verb.add_option("--store-ca", wish.authorities, "Trust these signers of its certificate (the system's)")
    ->type_name("FILE");
  verb
    .add_option_function<std::string>(
      "--forwarder-address",
      [&wish](const std::string& text) {
        wish.forwarderAddress = IpAddress::parse(text);
        if (!wish.forwarderAddress)
          throw CLI::ValidationError{"--forwarder-address",
                                     fmt::format("'{}' is no IPv4 or IPv6 address", text)};
      },
      "By which members of shared rooms reach our forwarder (as in invitations)")
    ->type_name("ADDRESS");
}

} // namespace

CLI::App* addServeVerb(CLI::App& program, ServeOptions& options)
{
  auto* verb = program.add_subcommand("serve", "Everything that rooms need: directory and forwarder");
  verb->option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  verb->add_flag("--json", options.isJson, "One JSON object a line: what is there, then figures each second");
  verb
    ->add_option_function<std::string>(
      "--listen",
      [&options](const std::string& text) {
        options.listen = IpAddress::parse(text);
        if (!options.listen)
          throw CLI::ValidationError{"--listen", fmt::format("'{}' is no IPv4 or IPv6 address", text)};
      },
      "Only this address (all)")
    ->type_name("ADDRESS");
  verb->add_option("--http-port", options.httpPort, "TCP port of the directory, 0: any (7885)")
    ->type_name("N");
  verb->add_option("--udp-port", options.udpPort, "UDP port of the forwarder, 0: any (7885)")->type_name("N");
  addRoomFlags(*verb, options);
  addHomeFlags(*verb, options);
  addTurnFlags(*verb, options.turn);
  addStoreFlags(*verb, options.store);
  verb
    ->add_option("--session-user", options.sessionUser,
                 "Serve the older session API to this login; its password: TUTTI_SESSION_PASSWORD")
    ->type_name("NAME");
  verb->add_option("--state", options.state, "Folder of the server's key ($XDG_STATE_HOME/tutti)")
    ->type_name("FOLDER");
  verb->add_flag_callback(
    "--no-announce", [&options] { options.isAnnounced = false; }, "Do not tell the LAN about rooms");
  addValue(*verb, "--duration", "SECONDS", "Leave after this time", parseSeconds, options.duration);
  verb->parse_complete_callback([&options] {
    readEnvironment(options);
    orUsageError("--turn-server", options.turn.check());
    orUsageError("--session-user", checkSessions(options));
    orUsageError("--store", options.store.check());
  });
  verb->fallthrough();
  return verb;
}

} // namespace tutti::app
