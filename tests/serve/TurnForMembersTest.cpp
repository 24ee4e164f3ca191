#include <TemporaryFolder.hpp>
#include <httplib.h>
#include <tutti/room/TurnGrant.hpp>
#include <tutti/serve/Host.hpp>

#include "DirectoryDesk.hpp"

using namespace tutti;
using namespace tutti::serve;
using namespace tutti::test;

namespace {

/// A host with a room, and Anna in it.
struct RoomWithTurn {
  explicit RoomWithTurn(std::optional<TurnOptions> turn)
  {
    Host::Options options;
    options.listen = IpAddress::v4({127, 0, 0, 1});
    options.stateFolder = folder.path();
    options.isAnnounced = false;
    options.turn = std::move(turn);
    auto opened = Host::open(options);
    REQUIRE(opened);
    host = std::move(*opened);
    const auto invitation = host->openRoom({"Jazz", {}, false, {}, {}});
    REQUIRE(invitation);
    client.emplace("127.0.0.1", host->httpPort());
    client->enable_server_certificate_verification(false);
    join(*invitation->secret);
  }

  void join(const room::Secret& secret)
  {
    const auto& keys = keysOf(kAnna);
    const room::Card card{keys.id(), keys.signPublic(), keys.boxPublic(), 1, "Anna", "", {}};
    room::wire::JoinRequest request{
      room::wire::kVersion, secret.joinToken(), kAnna, card.encode(secret, keys), 0, {}};
    request.prove(keys);
    const auto reply = room::wire::JoinReply::parse(post("members", request.encode()).body);
    REQUIRE(reply);
    anna.id = kAnna;
    anna.pass = reply->pass;
  }

  httplib::Response post(const std::string& what, const std::string& body)
  {
    const auto answer = client->Post("/v1/rooms/Jazz/" + what, body, "application/json");
    REQUIRE(answer);
    return *answer;
  }

  test::TemporaryFolder folder;
  std::unique_ptr<Host> host;
  std::optional<httplib::SSLClient> client;
  room::wire::MemberRequest anna;
};

const TurnOptions kShared{{*room::TurnUrl::parse("turn:a")}, TurnOptions::SharedSecret{"topsecret"}};

} // namespace

TEST_CASE("A member of a room gets leave to use TURN servers, for an hour")
{
  RoomWithTurn room{kShared};
  const auto answer = room.post("turn", room.anna.encode());
  CHECK(answer.status == 200);
  const auto grant = room::TurnGrant::parse(answer.body);
  REQUIRE(grant);
  CHECK(grant->servers == kShared.servers);
  CHECK(grant->secondsToLive == 3600);
  CHECK(grant->username.find(':') != std::string::npos);
  CHECK(answer.body.find("topsecret") == std::string::npos);
}

TEST_CASE("Who is not in the room, or has left it, gets none")
{
  RoomWithTurn room{kShared};
  auto stranger = room.anna;
  stranger.pass = "guessed";
  CHECK(room.post("turn", stranger.encode()).status == 403);
  CHECK(room.post("leave", room.anna.encode()).status == 200);
  CHECK(room.post("turn", room.anna.encode()).status == 403);
}

TEST_CASE("Where the host has no TURN servers, its members are told so")
{
  RoomWithTurn room{{}};
  const auto answer = room.post("turn", room.anna.encode());
  CHECK(answer.status == 503);
  CHECK(room::wire::Refusal::parse(answer.body)->code == "no-turn");
}
