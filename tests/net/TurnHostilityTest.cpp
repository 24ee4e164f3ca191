#include "TurnStory.hpp"

using namespace tutti;
using namespace tutti::net;
using namespace std::chrono_literals;
using test::PretendTurn;
using test::TurnStory;
using Relayed = TurnClient::Relayed;
using Method = stun::Method;

namespace {

const Endpoint kStranger{*IpAddress::parse("192.0.2.66"), 3478};

ByteString lastSent(const TurnStory& story)
{
  return std::get<TurnClient::Send>(story.sent.back().action).bytes;
}

} // namespace

TEST_CASE("What comes from another address than the server's changes nothing and gets no answer")
{
  TurnStory story;
  story.start();
  story.pass(TurnStory::kRoundTrip);
  const auto reply = story.server.answer(lastSent(story), story.now);
  REQUIRE(reply);
  const auto before = story.sent.size();
  story.say(*reply, kStranger);
  CHECK(story.count<Relayed>() == 0);
  CHECK(story.sent.size() == before);
}

TEST_CASE("An answer under a wrong seal is as good as none")
{
  TurnStory story;
  story.start();
  story.pass(TurnStory::kRoundTrip);
  story.say(PretendTurn::forgedSuccess(lastSent(story)), story.home);
  CHECK(story.count<Relayed>() == 0);
  story.pass(TurnStory::kRoundTrip);
  REQUIRE(story.count<Relayed>() == 1);
  CHECK(story.last<Relayed>().relayed == story.server.relayed);
}

TEST_CASE("Questions from the server, and answers to what was not asked, get no answer")
{
  TurnStory story;
  story.open();
  const auto before = story.sent.size();
  for (const auto kind :
       {stun::Class::request, stun::Class::success, stun::Class::error, stun::Class::indication})
    for (const auto method : {Method::binding, Method::refresh, Method::data, Method::channelBind}) {
      stun::Writer out{kind, method, stun::TransactionId{}};
      story.say({out.bytes().begin(), out.bytes().end()}, story.home);
    }
  CHECK(story.sent.size() == before);
  CHECK(story.count<TurnClient::Lost>() == 0);
}

TEST_CASE("A server may point to another one, which has to answer for itself")
{
  TurnStory story;
  const Endpoint other{*IpAddress::parse("192.0.2.2"), 3479};
  story.server.refusals[Method::allocate] = {1, 300};
  story.server.alternate = other;
  story.start();
  story.pass(10 * TurnStory::kRoundTrip);
  CHECK(story.client.server() == other);
  CHECK(story.count<Relayed>() == 1);
  CHECK(story.client.routes().server() == other);
}

TEST_CASE("On a stream the pointer is followed by connecting there")
{
  TurnStory story{{"anna", "secret", std::nullopt}, TurnTransport::stream};
  const Endpoint other{*IpAddress::parse("192.0.2.2"), 3479};
  story.server.refusals[Method::allocate] = {1, 300};
  story.server.alternate = other;
  story.start();
  story.pass(1s);
  REQUIRE(story.count<TurnClient::Reconnect>() == 1);
  CHECK(story.client.server() == other);
  story.perform(story.client.disconnected(story.now));
  story.start();
  story.pass(1s);
  CHECK(story.count<Relayed>() == 1);
}

TEST_CASE("Servers that point in circles are left after three")
{
  TurnStory story;
  story.server.refusals[Method::allocate] = {1000, 300};
  story.server.alternate = Endpoint{*IpAddress::parse("192.0.2.2"), 3479};
  story.start();
  story.pass(900ms);
  CHECK(story.count<TurnClient::Lost>() == 1);
  CHECK(story.sent.size() <= 4);
  CHECK(story.client.server() == story.home);
}

TEST_CASE("A server cannot point us into our own machine, to a crowd or to nobody")
{
  for (const auto* text : {"127.0.0.1", "224.0.0.1", "0.1.2.3", "255.255.255.255", "169.254.0.1"}) {
    TurnStory story;
    story.server.refusals[Method::allocate] = {1, 300};
    story.server.alternate = Endpoint{*IpAddress::parse(text), 3479};
    story.start();
    story.pass(500ms);
    CAPTURE(text);
    CHECK(story.client.server() == story.home);
    CHECK(story.sent.size() == 1);
  }
}

TEST_CASE("An alternate that stays silent gets one round of questions; then the first server is asked again")
{
  TurnStory story;
  const Endpoint other{*IpAddress::parse("192.0.2.2"), 3479};
  story.server.refusals[Method::allocate] = {1, 300};
  story.server.alternate = other;
  story.start();
  story.pass(TurnStory::kRoundTrip);
  story.server.isSilent = true;
  story.server.alternate.reset();
  story.pass(45s);
  const auto toOther = std::ranges::count_if(story.sent, [&](const TurnStory::Event& event) {
    return std::get<TurnClient::Send>(event.action).to == other;
  });
  CHECK(toOther == 7);
  CHECK(story.client.server() == story.home);
  story.server.isSilent = false;
  story.pass(1min);
  CHECK(story.count<Relayed>() == 1);
}

TEST_CASE("Data before there is a relay is nobody's")
{
  TurnStory story;
  story.start();
  const auto bytes = ByteString{std::byte{0x40}, std::byte{1}, std::byte{0}, std::byte{0}};
  CHECK_FALSE(story.client.routes().unwrap(bytes, story.home));
}
