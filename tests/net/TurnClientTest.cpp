#include "TurnStory.hpp"

using namespace tutti;
using namespace tutti::net;
using namespace std::chrono_literals;
using test::TurnStory;
using Lost = TurnClient::Lost;
using Relayed = TurnClient::Relayed;
using Method = stun::Method;

TEST_CASE("A relay takes two round trips: the first question brings the nonce")
{
  TurnStory story;
  story.start();
  story.pass(2 * TurnStory::kRoundTrip);
  REQUIRE(story.count<Relayed>() == 1);
  CHECK(story.last<Relayed>().relayed == story.server.relayed);
  CHECK(story.last<Relayed>().seenAs == story.server.seenAs);
  CHECK(story.server.asked[Method::allocate] == 2);
  CHECK(story.client.routes().isOpen());
}

TEST_CASE("A silent server is asked seven times in 31.5 seconds, and given up after 39.5")
{
  TurnStory story;
  story.server.isSilent = true;
  const auto begin = story.now;
  story.start();
  story.pass(39s);
  CHECK(story.count<Lost>() == 0);
  REQUIRE(story.sent.size() == 7);
  CHECK(story.sent[1].at == begin + 500ms);
  CHECK(story.sent[6].at == begin + 31'500ms);
  story.pass(1s);
  REQUIRE(story.count<Lost>() == 1);
  CHECK(story.lastAt<Lost>() == begin + 39'500ms);
  CHECK(story.last<Lost>().why.kind == ErrorKind::unavailable);
}

TEST_CASE("A server that comes back is found again, soon at first and patiently later")
{
  TurnStory story;
  story.server.isSilent = true;
  story.start();
  story.pass(10min);
  CHECK(story.sent.size() < 120);
  story.server.isSilent = false;
  story.pass(2min);
  CHECK(story.count<Relayed>() == 1);
}

TEST_CASE("On a stream a question is asked once, and silence ends the connection")
{
  TurnStory story{{"anna", "secret", std::nullopt}, TurnTransport::stream};
  story.server.isSilent = true;
  story.start();
  story.pass(40s);
  CHECK(story.sent.size() == 1);
  CHECK(story.count<Lost>() == 1);
  CHECK(story.count<TurnClient::Reconnect>() == 1);
  story.server.isSilent = false;
  story.perform(story.client.disconnected(story.now));
  story.start();
  story.pass(1s);
  CHECK(story.count<Relayed>() == 1);
}

TEST_CASE("A relay lives for hours, as long as it is wanted")
{
  TurnStory story;
  story.open();
  for (int minute = 0; minute < 180; ++minute) {
    story.pass(1min);
    REQUIRE(story.server.hasRelay(story.now));
    REQUIRE(story.server.permits(story.ben.address, story.now));
  }
  CHECK(story.count<Lost>() == 0);
  CHECK(story.server.channels().size() == 1);
  CHECK(story.server.askedBy.size() < 180 * 5);
}

TEST_CASE("A short lifetime is kept, too")
{
  TurnStory story;
  story.server.lifetime = 6;
  story.open();
  story.pass(5min);
  CHECK(story.count<Lost>() == 0);
  CHECK(story.server.hasRelay(story.now));
}

TEST_CASE("Leaving gives the relay back")
{
  TurnStory story;
  story.open();
  story.perform(story.client.release(story.now));
  CHECK_FALSE(story.client.routes().isOpen());
  story.pass(TurnStory::kRoundTrip);
  CHECK(story.count<TurnClient::Released>() == 1);
  CHECK_FALSE(story.server.hasRelay(story.now));
  CHECK_FALSE(story.client.nextDeadline());
}

TEST_CASE("Leaving a server that is away ends nevertheless")
{
  TurnStory story;
  story.open();
  story.server.isSilent = true;
  story.perform(story.client.release(story.now));
  story.pass(40s);
  CHECK(story.count<TurnClient::Released>() == 1);
}

TEST_CASE("A stale nonce costs one round trip, for each question that meets it")
{
  TurnStory story;
  story.open();
  for (int i = 0; i < 20; ++i) {
    story.server.nonce = "n" + std::to_string(i + 2);
    story.pass(1min);
  }
  CHECK(story.count<Lost>() == 0);
  CHECK(story.server.hasRelay(story.now));
  CHECK(story.server.permits(story.ben.address, story.now));
}

TEST_CASE("A server whose nonce is always stale is not asked for ever")
{
  TurnStory story;
  story.server.refusals[Method::allocate] = {1000, 438};
  story.start();
  story.pass(500ms);
  CHECK(story.count<Lost>() == 1);
  CHECK(story.sent.size() <= 6);
}

TEST_CASE("A wrong password is told, and waits for another one")
{
  TurnStory story{{"anna", "guessed", std::nullopt}};
  story.start();
  story.pass(10min);
  REQUIRE(story.count<Lost>() == 1);
  CHECK(story.last<Lost>().why.kind == ErrorKind::unauthorized);
  CHECK(story.count<TurnClient::NeedsCredentials>() >= 1);
  CHECK(story.sent.size() == 2);
  story.perform(story.client.renew({"anna", "secret", std::nullopt}, story.now));
  story.pass(TurnStory::kRoundTrip);
  CHECK(story.count<Relayed>() == 1);
}

TEST_CASE("Whoever refuses is asked again, ever more seldom")
{
  for (const auto& [code, kind] :
       {std::pair{403, ErrorKind::refused}, std::pair{486, ErrorKind::refused},
        std::pair{508, ErrorKind::unavailable}, std::pair{500, ErrorKind::unavailable},
        std::pair{442, ErrorKind::unsupported}}) {
    TurnStory story;
    story.server.refusals[Method::allocate] = {5, code};
    story.start();
    story.pass(100ms);
    CAPTURE(code);
    REQUIRE(story.count<Lost>() == 1);
    CHECK(story.last<Lost>().why.kind == kind);
    story.pass(2min);
    CHECK(story.count<Relayed>() == 1);
  }
}

TEST_CASE("A server that starts anew is noticed within a refresh, and gives another relay")
{
  TurnStory story;
  story.open();
  const auto before = story.last<Relayed>().relayed;
  story.server.restart();
  story.pass(21s);
  CHECK(story.count<Relayed>() == 2);
  CHECK(story.last<Relayed>().relayed != before);
  CHECK(story.server.permits(story.ben.address, story.now));
  CHECK(story.server.channels().size() == 1);
  CHECK(story.reaches(story.ben));
}

TEST_CASE("Who suspects a restart has the relay back in six round trips")
{
  TurnStory story;
  story.open();
  story.pass(1s);
  story.server.restart();
  story.perform(story.client.suspect(story.now));
  story.pass(6 * TurnStory::kRoundTrip);
  CHECK(story.count<Relayed>() == 2);
  CHECK(story.reaches(story.ben));
}

TEST_CASE("Suspicions that come with each packet ask four times a second at most")
{
  TurnStory story;
  story.open();
  const auto before = story.sent.size();
  for (int i = 0; i < 1000; ++i) {
    story.perform(story.client.suspect(story.now));
    story.pass(1ms);
  }
  CHECK(story.sent.size() - before <= 5);
}

TEST_CASE("A network that was away for a while changes nothing at the server")
{
  TurnStory story;
  story.open();
  const auto relayed = story.last<Relayed>().relayed;
  story.isLosing = true;
  story.pass(1min);
  CHECK(story.count<Lost>() == 1);
  CHECK_FALSE(story.reaches(story.ben));
  story.isLosing = false;
  story.pass(1min);
  CHECK(story.count<Relayed>() == 2);
  CHECK(story.last<Relayed>().relayed == relayed);
  CHECK(story.reaches(story.ben));
  CHECK(story.server.channels().size() == 1);
}

TEST_CASE("A network that was away longer than the relay lasts brings another relay")
{
  TurnStory story;
  story.open();
  story.isLosing = true;
  story.pass(15min);
  story.isLosing = false;
  story.pass(2min);
  CHECK(story.client.routes().isOpen());
  CHECK(story.reaches(story.ben));
}

TEST_CASE("A relay that an earlier program left on our port is given back first")
{
  TurnStory story;
  story.open();
  TurnClient second{
    story.home, {"anna", "secret", std::nullopt}, TurnStory::options(TurnTransport::datagrams)};
  story.client = std::move(second);
  story.start();
  story.pass(10 * TurnStory::kRoundTrip);
  CHECK(story.count<Relayed>() == 2);
  CHECK(story.count<Lost>() == 0);
}

TEST_CASE("A relay of somebody else's on our port is waited for")
{
  TurnStory story;
  story.open();
  story.server.users["ben"] = "other";
  story.client = TurnClient{story.home, {"ben", "other", std::nullopt}};
  story.start();
  story.pass(3s);
  REQUIRE(story.count<Lost>() == 1);
  story.pass(12min);
  CHECK(story.count<Relayed>() == 2);
}

TEST_CASE("SHA-256 is taken where the server knows it")
{
  TurnStory story;
  story.server.usesSha256 = true;
  story.server.nonce = "obMatJos2gAAAn1"; // g: algorithms are named
  story.open();
  story.pass(10min);
  CHECK(story.count<Lost>() == 0);
}

TEST_CASE("A server said to know algorithms that names none was tampered with")
{
  TurnStory story;
  story.server.nonce = "obMatJos2gAAAn1";
  story.start();
  story.pass(1s);
  CHECK(story.count<Relayed>() == 0);
  CHECK(story.sent.size() == 1);
}
