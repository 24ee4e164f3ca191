#include <Catch.hpp>
#include <Eventually.hpp>
#include <TemporaryFolder.hpp>
#include <httplib.h>
#include <tutti/net/BatchSocket.hpp>
#include <tutti/room/Session.hpp>
#include <tutti/serve/Host.hpp>

#include "../net/PretendTurn.hpp"

using namespace tutti;
using test::eventually;
using time::HostClock;

namespace {

/// Who only wants to be there.
class Nobody final : public room::Session::Sink {
public:
  void arrived(net::StreamId, std::span<const std::byte>, const room::Way&, HostTime) override {}
  void tick(HostTime) override {}
  void changed() override {}
};

/// A TURN server on a port of this machine, as long as somebody lets it work.
struct TurnHere {
  TurnHere()
    : socket{std::move(*net::BatchSocket::open({IpAddress::v4({127, 0, 0, 1}), 0}))}
  {}

  void work()
  {
    for (const auto& packet : socket.receive()) {
      const auto reply = net::kindOf(packet.bytes) == net::PacketKind::stun
                           ? server.answer(packet.bytes, packet.at)
                           : std::nullopt;
      if (!reply) continue;
      const std::array<net::Outgoing, 1> out{net::Outgoing{*reply, packet.from}};
      socket.send(out);
    }
  }
  bool hasRelay()
  {
    work();
    return server.hasRelay(HostClock::now());
  }

  net::BatchSocket socket;
  test::PretendTurn server;
};

serve::Host::Options optionsOf(const test::TemporaryFolder& folder, const std::string& url)
{
  serve::Host::Options options;
  options.listen = IpAddress::v4({127, 0, 0, 1});
  options.stateFolder = folder.path();
  options.isAnnounced = false;
  options.turn =
    serve::TurnOptions{{room::TurnUrl::parse(url).value()}, serve::TurnOptions::StaticUser{"anna", "secret"}};
  return options;
}

} // namespace

TEST_CASE("A member gets leave, opens a relay where it is told, and gives it back when it leaves")
{
  const test::TemporaryFolder folder;
  TurnHere turn;
  const auto url = "turn:" + turn.socket.local().text();
  const auto host = std::move(*serve::Host::open(optionsOf(folder, url)));
  const auto invitation = host->openRoom({"Jazz", {}, false, {}, {}}).value();
  Nobody nobody;
  auto session = room::Session::join({invitation, {}, "Anna", "bass", {}}, nobody);
  REQUIRE(session);
  CHECK(eventually([&] { return turn.hasRelay(); }));
  session->reset();
  CHECK(eventually([&] { return !turn.hasRelay(); }));
}

TEST_CASE("Members permit each other at their relays")
{
  const test::TemporaryFolder folder;
  TurnHere annas; // knows one relay, so whoever asks first has it
  const auto url = "turn:" + annas.socket.local().text();
  const auto host = std::move(*serve::Host::open(optionsOf(folder, url)));
  const auto invitation = host->openRoom({"Jazz", {}, false, {}, {}}).value();
  Nobody nobody;
  auto anna = room::Session::join({invitation, {}, "Anna", "bass", {}}, nobody);
  REQUIRE(anna);
  REQUIRE(eventually([&] { return annas.hasRelay(); }));
  auto keys = room::MemberKeys::draw(); // Ben, of whom only his card matters
  const Endpoint bens{IpAddress::v4({198, 51, 100, 7}), 40'000};
  const room::Card card{keys.id(), keys.signPublic(), keys.boxPublic(), 1, "Ben", "", {bens}};
  room::wire::JoinRequest request{room::wire::kVersion,
                                  invitation.secret->joinToken(),
                                  keys.id(),
                                  card.encode(*invitation.secret, keys),
                                  0,
                                  {}};
  request.prove(keys);
  httplib::SSLClient client{"127.0.0.1", host->httpPort()};
  client.enable_server_certificate_verification(false);
  REQUIRE(client.Post("/v1/rooms/Jazz/members", request.encode(), "application/json"));
  CHECK(eventually([&] {
    annas.work();
    return annas.server.permits(bens.address, HostClock::now());
  }));
}
