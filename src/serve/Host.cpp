#include <tutti/serve/Host.hpp>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <sodium.h>

#include <tutti/core/Assert.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/room/Candidates.hpp>
#include <tutti/room/Password.hpp>

#include "DirectoryServer.hpp"
#include "ForwarderThread.hpp"
#include "HomeDoor.hpp"
#include "Knock.hpp"
#include "KnockDesk.hpp"
#include "LanVoice.hpp"
#include "Lobby.hpp"
#include "OlderSessions.hpp"
#include "ProcessorUse.hpp"
#include "ProviderClient.hpp"
#include "RedisStore.hpp"
#include "TurnAnswers.hpp"

namespace tutti::serve {
namespace {

using room::wire::RoomKind;
using time::HostClock;

using namespace std::chrono_literals;

constexpr auto kFirstLook = 3s;                    // at what a store knows
constexpr std::uint32_t kMembersMayUseTurn = 3600; // seconds; they ask again before

Result<net::BatchSocket> openSocket(const std::optional<IpAddress>& listen, std::uint16_t port)
{
  if (listen) return net::BatchSocket::open({*listen, port});
  auto all = net::BatchSocket::open({IpAddress::v6({}), port});
  const bool hasNoV6 = !all && all.error().kind == ErrorKind::unavailable;
  return hasNoV6 ? net::BatchSocket::open({IpAddress::v4({}), port}) : std::move(all);
}

/// The same after a restart: it is the password's salt, so members find their room where they left it.
room::RoomId lastingId(const room::Fingerprint& server, const std::string& name)
{
  std::array<std::byte, room::RoomId::kSize> id{};
  crypto_generichash(reinterpret_cast<unsigned char*>(id.data()), id.size(),
                     reinterpret_cast<const unsigned char*>(name.data()), name.size(),
                     reinterpret_cast<const unsigned char*>(server.data()), server.size());
  return room::RoomId{id};
}

} // namespace

/// Drawn anew at each start; so small that everybody reads it exactly from JSON.
std::uint64_t drawInstance()
{
  std::uint64_t instance = 0;
  while (instance == 0) {
    randombytes_buf(&instance, sizeof instance);
    instance >>= 16U;
  }
  return instance;
}

/// The two halves and what ties them; ended in the order in which they depend on each other.
class Host::Machinery {
public:
  Machinery(const Options& options, TlsIdentity identity, std::unique_ptr<DirectoryServer> directory,
            net::BatchSocket socket)
    : listen_{options.listen}
    , identity_{std::move(identity)}
    , forwarder_{std::move(socket)}
    , turn_{options.turn, kMembersMayUseTurn, askProvider}
    , older_{options}
    , directory_{std::move(directory)}
  {
    DirectoryServer::Neighbours neighbours{
      [this](const Directory::Change& change) { forwarder_.change(change); },
      [this](const Directory::Question& question) { return answerBeside(question); },
      [this](const std::string& who) { return turnAnswer(turn_, who); }};
    if (options.store)
      share(options, std::move(neighbours));
    else
      directory_->furnish(forwarder_.port(), std::move(neighbours));
    if (options.letsInAtOnce) directory_->start();
    if (options.isAnnounced) voice_.emplace([this] { return announcements(); });
    if (options.home) openDoor(*options.home);
  }

  ~Machinery()
  {
    if (store_) store_->stop(); // it speaks to the directory, and the directory to it
  }
  Machinery(const Machinery&) = delete;
  Machinery& operator=(const Machinery&) = delete;

  [[nodiscard]] bool isShared() const { return store_.has_value(); }
  [[nodiscard]] const TlsIdentity& identity() const { return identity_; }
  ForwarderThread& forwarder() { return forwarder_; }
  DirectoryServer& directory() { return *directory_; }

  [[nodiscard]] std::string address() const
  {
    if (listen_ && !listen_->isUnspecified()) return listen_->text();
    const auto own = room::ownCandidates(discovery::localAddresses(), 1);
    return own.empty() ? "127.0.0.1" : own.front().address.text();
  }

  [[nodiscard]] std::optional<Reach> reach() const
  {
    return door_ ? std::optional{door_->reach()} : std::nullopt;
  }

  HostStatistics statistics()
  {
    const auto metrics = look();
    const std::lock_guard lock{looking_};
    const auto delays = metrics.delays.since(delaysTold_);
    delaysTold_ = metrics.delays;
    return {metrics.rooms,
            metrics.members,
            metrics.forwarder,
            delays.percentile(0.99),
            forwarder_.receiveBufferBytes(),
            metrics.processorTime};
  }

private:
  /// What others know is heard before anybody may ask us.
  void share(const Options& options, DirectoryServer::Neighbours neighbours)
  {
    const auto forwarder = options.forwarderAddress ? options.forwarderAddress : IpAddress::parse(address());
    store_.emplace(
      *options.store,
      RedisStore::Neighbours{
        [this](const std::vector<Fact>& facts) { directory_->hear(facts); },
        [this] { return directory_->with([](Directory& all) { return all.everything(); }); },
        [this] { directory_->with([](Directory& all) { all.loseTouch(); }); },
        [this] { directory_->with([](Directory& all) { all.regainTouch(HostClock::now()); }); }});
    neighbours.told = [this](std::vector<Fact> facts) { store_->tell(std::move(facts)); };
    directory_->furnish(forwarder_.port(), std::move(neighbours),
                        Directory::Sharing{drawInstance(), {forwarder.value_or(IpAddress{})}});
    store_->start();
    store_->waitForFirstTry(kFirstLook);
  }

  std::optional<Directory::Answer> answerBeside(const Directory::Question& question)
  {
    const auto now = HostClock::now();
    auto answered = lobby_.ask(question, now);
    if (!answered) answered = knocks_.ask(question, now);
    return answered ? answered : older_.ask(question, now);
  }

  void openDoor(AtHome home)
  {
    home.changed = [this, changed = std::move(home.changed)](const Reach& reach) {
      tellPorts(reach);
      if (changed) changed(reach);
    };
    door_.emplace(Homecoming::Ports{directory_->port(), forwarder_.port()}, std::move(home));
  }

  /// A router may have had to take others outside.
  void tellPorts(const Reach& reach)
  {
    std::optional<Directory::Elsewhere> elsewhere;
    if (reach.outside && reach.udpOutside != forwarder_.port())
      elsewhere = {reach.udpOutside, discovery::localAddresses()};
    directory_->with([&](Directory& directory) { directory.setElsewhere(std::move(elsewhere)); });
  }

  Metrics look()
  {
    const auto forwarder = forwarder_.statistics();
    Metrics metrics;
    metrics.forwarder = forwarder.counters;
    metrics.delays = forwarder.delays;
    directory_->with([&](const Directory& directory) {
      metrics.rooms = directory.rooms();
      metrics.members = directory.members();
      if (store_) metrics.shared = {directory.membersHere(), directory.forwarders(), {}};
    });
    if (metrics.shared) metrics.shared->store = store_->statistics();
    metrics.answers = directory_->answers();
    metrics.processorTime = processorTime();
    return metrics;
  }

  /// For those who look from outside: quantiles and share are of a time that does not depend on who looks.
  Metrics lookOver()
  {
    const auto now = HostClock::now();
    auto metrics = look();
    const std::lock_guard lock{looking_};
    metrics.recentDelays = recentDelays_.look(metrics.delays, now);
    metrics.processorShare = processorShare_.look(now, metrics.processorTime);
    return metrics;
  }

  std::vector<room::Announcement> announcements()
  {
    std::vector<room::Announcement> all;
    for (const auto& record : directory_->with([](Directory& directory) { return directory.records(); }))
      all.push_back({directory_->port(), identity_.fingerprint(), record.id, record.kind, record.isLocked,
                     static_cast<std::uint16_t>(record.members), record.name});
    return all;
  }

  std::optional<IpAddress> listen_;
  TlsIdentity identity_;
  ForwarderThread forwarder_;
  std::mutex looking_; // guards the next three
  DelayHistogram delaysTold_;
  RecentDelays recentDelays_;
  ProcessorShare processorShare_{HostClock::now(), processorTime()};
  Lobby lobby_{[this] { return lookOver(); }};
  KnockDesk knocks_{knockAt};
  TurnDesk turn_;
  OlderSessions older_;
  std::optional<RedisStore> store_;
  std::unique_ptr<DirectoryServer> directory_; // before the forwarder goes: it tells it who leaves
  std::optional<LanVoice> voice_;              // before that: it asks the directory
  std::optional<HomeDoor> door_;               // first of all: it tells the directory
};

Host::Host(std::unique_ptr<Machinery> machinery)
  : machinery_{std::move(machinery)}
{}

Host::~Host() = default;

Result<std::unique_ptr<Host>> Host::open(const Options& options)
{
  TUTTI_ASSERT(sodium_init() >= 0);
  auto identity = TlsIdentity::loadOrMake(options.stateFolder);
  if (!identity) return tl::unexpected{identity.error()};
  auto socket = openSocket(options.listen, options.udpPort);
  if (!socket) return tl::unexpected{socket.error()};
  auto directory = DirectoryServer::open(options.listen, options.httpPort, *identity);
  if (!directory) return tl::unexpected{directory.error()};
  return std::unique_ptr<Host>{new Host{
    std::make_unique<Machinery>(options, std::move(*identity), std::move(*directory), std::move(*socket))}};
}

std::uint16_t Host::httpPort() const
{
  return machinery_->directory().port();
}

std::uint16_t Host::udpPort() const
{
  return machinery_->forwarder().port();
}

std::string Host::address() const
{
  return machinery_->address();
}

const room::Fingerprint& Host::fingerprint() const
{
  return machinery_->identity().fingerprint();
}

void Host::letIn()
{
  machinery_->directory().start();
}

Result<room::Invitation> Host::openRoom(const RoomWish& wish)
{
  if (const auto name = room::checkRoomName(wish.name); !name) return tl::unexpected{name.error()};
  room::wire::OpenRequest request;
  request.room.name = wish.name;
  request.room.id = wish.password ? lastingId(fingerprint(), wish.name) : room::RoomId::draw();
  request.room.host = wish.host;
  request.room.kind = wish.password ? RoomKind::password : wish.isOpen ? RoomKind::open : RoomKind::invited;
  Result<room::Secret> secret = wish.secret.value_or(room::Secret::draw());
  if (wish.password)
    secret = room::checkPassword(*wish.password).and_then([&] {
      return room::Secret::ofPassword(*wish.password, request.room.id);
    });
  if (!secret) return tl::unexpected{secret.error()};
  const auto tokenHash = room::hashOfToken(secret->joinToken());
  if (machinery_->isShared() && !wish.password) // whoever else opens it means the same
    request.room.id = lastingId(fingerprint(), wish.name + '\n' + tokenHash);
  if (wish.isOpen) request.room.secret = *secret;
  request.room.proveHost(*secret);
  request.tokenHash = tokenHash;
  const auto opened =
    machinery_->directory().with([&](Directory& directory) { return directory.open(request); });
  if (!opened) return tl::unexpected{opened.error()};
  const bool isInvited = request.room.kind == RoomKind::invited;
  return room::Invitation{address(), httpPort(), wish.name, isInvited ? std::optional{*secret} : std::nullopt,
                          fingerprint()};
}

HostStatistics Host::statistics()
{
  return machinery_->statistics();
}

std::optional<Reach> Host::reach() const
{
  return machinery_->reach();
}

} // namespace tutti::serve
