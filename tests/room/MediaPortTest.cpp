#include <Catch.hpp>
#include <Eventually.hpp>
#include <algorithm>

#include "MediaPort.hpp"

using namespace tutti;
using namespace tutti::room;
using test::eventually;

namespace {

const Endpoint kPeer{IpAddress::v4({198, 51, 100, 20}), 7000};
const Endpoint kRelay{IpAddress::v4({192, 0, 2, 1}), 50'000};
constexpr std::uint16_t kChannel = 0x4001;

net::BatchSocket opened()
{
  auto socket = net::BatchSocket::open({IpAddress::v4({127, 0, 0, 1}), 0});
  REQUIRE(socket);
  return std::move(*socket);
}

/// The next datagram that comes, and from where.
std::pair<ByteString, Endpoint> heardBy(net::BatchSocket& socket)
{
  std::pair<ByteString, Endpoint> heard;
  REQUIRE(eventually([&] {
    const auto batch = socket.receive();
    if (batch.empty()) return false;
    heard = {{batch[0].bytes.begin(), batch[0].bytes.end()}, batch[0].from};
    return true;
  }));
  return heard;
}

/// A port with a relay at `server`, by which one peer is reached.
struct Stage {
  Stage()
  {
    net::TurnRoutes routes{server.local(), net::TurnTransport::datagrams, {}};
    routes.tryAdd({kPeer, kChannel, true});
    port.setCarriers({{kRelay, 1, false, OwnRelays::Port::media, routes}});
    port.useKey({1, {}});
  }

  bool play()
  {
    std::array<std::byte, 600> buffer{};
    buffer[0] = std::byte{0x80};
    buffer[1] = std::byte{96};
    buffer[11] = std::byte{1};
    return port.sendMedia(buffer, 200);
  }

  net::BatchSocket server = opened();
  net::BatchSocket friendly = opened();
  net::Doorbell bell;
  RelayConnections connections{bell};
  MediaPort port{opened(), connections};
};

ByteString channelData(const ByteString& payload)
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.u16(kChannel);
  out.u16(static_cast<std::uint16_t>(payload.size()));
  out.bytes(payload);
  return bytes;
}

} // namespace

TEST_CASE("Media goes straight to one member and packed to another, sealed once")
{
  Stage stage;
  stage.port.setRoutes({Way{stage.friendly.local()}, Way{kPeer, kRelay}});
  REQUIRE(stage.play());
  const auto [straight, from] = heardBy(stage.friendly);
  const auto [packed, again] = heardBy(stage.server);
  CHECK(from == again); // one port for all
  CHECK(packed == channelData(straight));
}

TEST_CASE("What goes by a relay that is not there any more is lost, and nothing else is")
{
  Stage stage;
  stage.port.setRoutes({Way{kPeer, kRelay}, Way{stage.friendly.local()}});
  stage.port.setCarriers({});
  REQUIRE(stage.play());
  heardBy(stage.friendly);
  CHECK(stage.server.receive().empty());
}

TEST_CASE("What a peer sends by a relay comes as the peer's, by that relay")
{
  Stage stage;
  const ByteString word(20, std::byte{0x80});
  auto packed = channelData(word);
  const auto arrival =
    stage.port.unpacked(OwnRelays::Port::media, {packed, stage.server.local(), time::HostClock::now()});
  CHECK(arrival.from == Way{kPeer, kRelay});
  CHECK(std::ranges::equal(arrival.bytes, word));
  const auto stranger =
    stage.port.unpacked(OwnRelays::Port::media, {packed, stage.friendly.local(), time::HostClock::now()});
  CHECK(stranger.from == Way{stage.friendly.local()});
  CHECK(stranger.bytes.size() == packed.size());
}

TEST_CASE("A second port is opened when a relay needs one")
{
  Stage stage;
  const ByteString word(20, std::byte{1});
  CHECK(stage.port.spareDescriptor() == -1);
  stage.port.sendToServer(OwnRelays::Port::media, word, stage.server.local());
  CHECK(heardBy(stage.server).second.port == stage.port.port());
  stage.port.sendToServer(OwnRelays::Port::spare, word, stage.server.local());
  CHECK(heardBy(stage.server).second.port != stage.port.port());
  CHECK(stage.port.spareDescriptor() >= 0);
}
