// By which way a room is joined that somebody in the LAN says to be near.
#include "Catch.hpp"
#include "Eventually.hpp"
#include "Venue.hpp"

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>

#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/discovery/Sockets.hpp>
#include <tutti/engine/Jam.hpp>
#include <tutti/room/Announcement.hpp>

using namespace tutti;
using test::alone;
using test::Venue;

namespace {

constexpr std::uint16_t kNobody = 9; // a port at which nothing listens

/// As anybody in the LAN can, with all that an invitation shows.
void announceWrongly(const room::Invitation& invitation)
{
  room::Announcement word;
  word.httpPort = kNobody;
  word.fingerprint = *invitation.fingerprint;
  word.id = room::RoomId::draw();
  word.kind = room::wire::RoomKind::password; // which is listed, so that we see when it was heard
  word.name = invitation.room;
  const auto datagram = word.encode();
  const auto group = discovery::toAsio(room::Announcement::group());
  asio::io_context context;
  for (const auto& local : discovery::localAddresses()) {
    if (!local.address.isV4()) continue;
    auto socket = discovery::openOwnSocket(context, local);
    if (!socket) continue;
    asio::error_code ignored; // said again until it is heard
    socket->send_to(asio::buffer(datagram.data(), datagram.size()), group, 0, ignored);
  }
}

engine::JamSettings listening()
{
  engine::JamSettings settings;
  settings.name = "Anna";
  settings.listensForRooms = true;
  return settings;
}

bool hasHeard(engine::Jam& jam)
{
  return !jam.snapshot().offers.empty();
}

} // namespace

TEST_CASE("Whoever announces a room where it is not keeps nobody out who has an invitation")
{
  alone([] {
    const Venue venue;
    const auto invitation = room::Invitation::parse(venue.link).value();
    engine::Jam anna{listening(), [] { return time::BeatGrid{}; }};
    REQUIRE(test::eventually([&] {
      announceWrongly(invitation);
      return hasHeard(anna);
    }));
    REQUIRE(anna.join(venue.link, {}));
    const auto shown = anna.snapshot().room;
    CHECK(shown.state == jam::RoomState::joined);
    CHECK(shown.problem.empty());
    CHECK(shown.invitation == venue.link);
  });
}

TEST_CASE("A room whose own address leads nowhere from here is joined where it is announced")
{
  alone([] {
    const test::TemporaryFolder folder;
    serve::Host::Options options;
    options.listen = IpAddress::v4({127, 0, 0, 1});
    options.stateFolder = folder.path();
    const auto host = serve::Host::open(options).value();
    auto invitation = host->openRoom({"Plaza", {}, true, {}, {}}).value();
    invitation.port = kNobody;
    engine::Jam anna{listening(), [] { return time::BeatGrid{}; }};
    REQUIRE(test::eventually([&] { return hasHeard(anna); }));
    CHECK(test::eventually([&] { return anna.join(invitation.link(), {}).has_value(); }));
    invitation.secret = room::Secret::draw();
    CHECK(test::eventually([&] { // what its server says counts, and not that nobody answers elsewhere
      const auto joined = anna.join(invitation.link(), {});
      return !joined && joined.error().detail.find("not valid any more") != std::string::npos;
    }));
  });
}
