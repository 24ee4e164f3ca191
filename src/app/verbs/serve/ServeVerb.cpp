#include "ServeVerb.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include <tutti/core/Log.hpp>
#include <tutti/serve/Connections.hpp>

#include "InviteFile.hpp"
#include "ServeReport.hpp"
#include "verbs/terminal/Narration.hpp"
#include "verbs/terminal/RememberedSettings.hpp"

namespace tutti::app {
namespace {

using time::HostClock;

/// $XDG_STATE_HOME/tutti, as the XDG base directories ask.
std::filesystem::path stateFolder(const std::string& wished)
{
  if (!wished.empty()) return wished;
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && *state == '/') return std::filesystem::path{state} / "tutti";
  const char* home = std::getenv("HOME");
  return std::filesystem::path{home != nullptr && *home == '/' ? home : "/var/lib"} / ".local" / "state" /
         "tutti";
}

/// Not for as many as a server bears.
bool isTight(std::size_t files)
{
  return serve::Connections::fitting(files) < serve::Connections::kMost;
}

class Server {
public:
  Server(const ServeOptions& options, serve::Host& host)
    : options_{options}
    , host_{host}
    , narration_{options.duration}
  {}

  int run()
  {
    narration_.line(options_.isJson ? listeningJson(host_) : listeningText(host_));
    if (!options_.room.empty())
      if (const auto opened = openRoom(); !opened) return fail(opened.error());
    host_.letIn();
    if (!options_.isJson && host_.statistics().receiveBufferBytes < std::size_t{4} << 20U)
      narration_.aside(
        "The system keeps the receive buffer small; 'sysctl -w net.core.rmem_max=4194304' helps.\n");
    if (const auto files = serve::Connections::openFiles(); !options_.isJson && isTight(files))
      narration_.aside(fewConnectionsText(files));
    while (narration_.nextSecond()) {
      tellReach();
      tell();
    }
    return EXIT_SUCCESS;
  }

private:
  Result<void> openRoom()
  {
    const auto before = keptInvitation();
    if (!before) return tl::unexpected{before.error()};
    const auto seed = before->hostSeed.value_or(room::drawHostSeed());
    serve::RoomWish wish{
      options_.room, {}, options_.isOpen, room::MemberKeys::ofHost(seed).signPublic(), before->secret};
    if (!options_.password.empty()) wish.password = options_.password;
    auto invitation = host_.openRoom(wish);
    if (!invitation) return tl::unexpected{invitation.error()};
    const auto link = invitation->link();
    invitation->hostSeed = seed;
    const auto hostLink = invitation->link();
    if (const auto kept = keep(link, hostLink); !kept) return kept;
    narration_.line(options_.isJson ? roomJson(options_.room, link, hostLink)
                                    : roomText(options_.room, link, hostLink));
    invitation_ = *invitation;
    return {};
  }

  /// Each change once. The invitations that are kept lead to where others get in.
  void tellReach()
  {
    const auto reach = host_.reach();
    if (!reach || reach == reachTold_) return;
    reachTold_ = reach;
    std::string link;
    if (invitation_ && reach->outside) {
      const auto elsewhere = serve::forElsewhere(*invitation_, *reach);
      link = elsewhere.forOthers().link();
      if (const auto kept = keep(link, elsewhere.link()); !kept) narration_.aside(kept.error().detail + '\n');
    }
    narration_.line(options_.isJson ? reachJson(*reach, link) : reachText(*reach, link));
  }

  /// The host's own invitation lies beside that for the others, which may be given away.
  [[nodiscard]] std::string hostFile() const { return options_.inviteFile + ".host"; }

  /// What an earlier start has kept: the room's secret, the host's seed.
  Result<room::Invitation> keptInvitation()
  {
    room::Invitation kept;
    if (options_.inviteFile.empty()) return kept;
    const auto others = invitationIn(options_.inviteFile);
    if (!others) return tl::unexpected{others.error()};
    const auto hosts = invitationIn(hostFile());
    if (!hosts) return tl::unexpected{hosts.error()};
    if (*others) kept.secret = (*others)->secret;
    if (*hosts) kept.hostSeed = (*hosts)->hostSeed;
    return kept;
  }

  Result<void> keep(const std::string& link, const std::string& hostLink)
  {
    if (options_.inviteFile.empty()) return {};
    return keepInvitation(options_.inviteFile, link).and_then([&] {
      return keepInvitation(hostFile(), hostLink);
    });
  }

  void tell()
  {
    ServeSecond second{HostClock::now(), host_.statistics(), 0};
    const auto used = second.now.processorTime;
    const auto elapsed = second.at - toldAt_;
    if (elapsed > Micros{0})
      second.cpuShare = static_cast<double>((used - used_).count()) / static_cast<double>(elapsed.count());
    toldAt_ = second.at;
    used_ = used;
    if (options_.isJson)
      narration_.line(secondJson(second));
    else
      narration_.live(secondText(second, before_));
    before_ = second.now.forwarder;
  }

  const ServeOptions& options_;
  serve::Host& host_;
  Narration narration_;
  HostTime toldAt_ = HostClock::now();
  Micros used_ = host_.statistics().processorTime;
  serve::ForwarderCounters before_;
  std::optional<room::Invitation> invitation_; // of the room, as its host
  std::optional<serve::Reach> reachTold_;
};

/// Who is known in the settings tries, unless a flag names another.
std::optional<serve::AtHome> atHome(const ServeOptions& options)
{
  if (!options.isAtHome) return std::nullopt;
  auto known = options.testedBy;
  if (!known) known = rememberedSettings().knownServer;
  return serve::AtHome{known, {}};
}

} // namespace

int runServe(const ServeOptions& options)
{
  serve::Connections::raiseOpenFiles();
  serve::Host::Options wish;
  wish.listen = options.listen;
  wish.httpPort = options.httpPort;
  wish.udpPort = options.udpPort;
  wish.stateFolder = stateFolder(options.state);
  wish.isAnnounced = options.isAnnounced;
  wish.letsInAtOnce = false; // a stranger could open our room before us
  auto turn = options.turn.options();
  if (!turn) return fail(turn.error());
  wish.turn = std::move(*turn);
  auto store = options.store.options();
  if (!store) return fail(store.error());
  wish.store = std::move(*store);
  wish.forwarderAddress = options.store.forwarderAddress;
  if (!options.sessionUser.empty()) wish.sessions = {options.sessionUser, options.sessionPassword};
  wish.home = atHome(options);
  const auto host = serve::Host::open(wish);
  if (!host) return fail(host.error());
  return Server{options, **host}.run();
}

} // namespace tutti::app
