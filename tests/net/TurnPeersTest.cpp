#include "TurnStory.hpp"

using namespace tutti;
using namespace tutti::net;
using namespace std::chrono_literals;
using test::TurnStory;
using Method = stun::Method;
using Reachable = TurnClient::Reachable;
using Unreachable = TurnClient::Unreachable;

namespace {

Endpoint peer(int number)
{
  return {IpAddress::v4({198, 51, 100, static_cast<std::uint8_t>(number)}), 7000};
}

} // namespace

TEST_CASE("A peer wanted before there is a relay is permitted with it")
{
  TurnStory story;
  story.perform(story.client.permit(story.ben, story.now));
  story.start();
  story.pass(3 * TurnStory::kRoundTrip);
  REQUIRE(story.count<Reachable>() == 1);
  CHECK(story.last<Reachable>().peer == story.ben);
  CHECK(story.server.channels().empty());
}

TEST_CASE("Permitted first, given a channel later: never out of reach")
{
  TurnStory story;
  story.perform(story.client.permit(story.ben, story.now));
  story.start();
  story.pass(10 * TurnStory::kRoundTrip);
  CHECK(story.reaches(story.ben));
  story.perform(story.client.bindChannel(story.ben, story.now));
  CHECK(story.reaches(story.ben));
  story.pass(10 * TurnStory::kRoundTrip);
  CHECK(story.server.channels().size() == 1);
  CHECK(story.count<Reachable>() == 1);
}

TEST_CASE("A peer that is not wanted any more is forgotten, and keeps its channel's number")
{
  TurnStory story;
  story.open();
  story.perform(story.client.forget(story.ben, story.now));
  CHECK_FALSE(story.reaches(story.ben));
  story.pass(5min);
  CHECK_FALSE(story.server.permits(story.ben.address, story.now));
  story.perform(story.client.bindChannel(peer(1), story.now));
  story.perform(story.client.permit(story.ben, story.now));
  story.pass(1s);
  CHECK(story.reaches(story.ben));
  CHECK(story.reaches(peer(1)));
  CHECK(story.server.channels().size() == 2);
  CHECK(story.count<Unreachable>() == 0);
}

TEST_CASE("A peer that the server forbids is told, and not asked for again")
{
  TurnStory story;
  story.start();
  story.server.refusals[Method::createPermission] = {1, 403};
  story.pass(1s);
  story.perform(story.client.permit(story.ben, story.now));
  story.pass(10min);
  REQUIRE(story.count<Unreachable>() == 1);
  CHECK(story.last<Unreachable>().why.kind == ErrorKind::refused);
  CHECK(story.server.asked[Method::createPermission] == 1);
  CHECK_FALSE(story.reaches(story.ben));
}

TEST_CASE("A server without channels left serves the peer without one")
{
  TurnStory story;
  story.start();
  story.server.refusals[Method::channelBind] = {1000, 508};
  story.pass(1s);
  story.perform(story.client.bindChannel(story.ben, story.now));
  story.pass(10min);
  CHECK(story.count<Reachable>() == 1);
  CHECK(story.server.asked[Method::channelBind] == 2);
  CHECK(story.server.permits(story.ben.address, story.now));
  CHECK(story.reaches(story.ben));
}

TEST_CASE("A number that the server has bound otherwise is replaced")
{
  TurnStory story;
  story.start();
  story.server.refusals[Method::channelBind] = {1, 400};
  story.pass(1s);
  story.perform(story.client.bindChannel(story.ben, story.now));
  story.pass(1s);
  REQUIRE(story.server.channels().size() == 1);
  CHECK(story.server.channels().begin()->first == 0x4002);
}

TEST_CASE("A relay that is gone shows at the first peer")
{
  TurnStory story;
  story.open();
  story.server.restart();
  story.perform(story.client.permit(peer(1), story.now));
  story.pass(1s);
  CHECK(story.count<TurnClient::Relayed>() == 2);
  CHECK(story.reaches(story.ben));
  CHECK(story.reaches(peer(1)));
}

TEST_CASE("Sixty-four peers are served, eight questions at a time; one more is refused")
{
  TurnStory story;
  story.start();
  story.pass(1s);
  for (int i = 1; i <= 64; ++i) story.perform(story.client.bindChannel(peer(i), story.now));
  CHECK(story.sent.size() == 2 + 8);
  story.pass(9 * TurnStory::kRoundTrip);
  CHECK(story.count<Reachable>() == 64);
  story.perform(story.client.permit(peer(65), story.now));
  CHECK(story.count<Unreachable>() == 1);
  story.pass(1h);
  CHECK(story.count<TurnClient::Lost>() == 0);
  CHECK(story.server.channels().size() == 64);
}

TEST_CASE("Peers that come and go all day do not fill the memory")
{
  TurnStory story;
  story.start();
  story.pass(1s);
  for (int i = 0; i < 3000; ++i) {
    const Endpoint visitor{story.ben.address, static_cast<std::uint16_t>(i + 1)};
    story.perform(story.client.permit(visitor, story.now));
    story.pass(1s);
    CHECK(story.reaches(visitor));
    story.perform(story.client.forget(visitor, story.now));
  }
  CHECK(story.count<Unreachable>() == 0);
}

TEST_CASE("Nobody is asked for where nobody can be")
{
  TurnStory story;
  story.start();
  story.pass(1s);
  for (const auto* text :
       {"0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "169.254.1.1", "2001:db8::1"})
    story.perform(story.client.permit({*IpAddress::parse(text), 7000}, story.now));
  story.perform(story.client.permit({story.ben.address, 0}, story.now));
  story.perform(story.client.permit(story.home, story.now));
  CHECK(story.count<Unreachable>() == 8);
  CHECK(story.sent.size() == 2);
}
