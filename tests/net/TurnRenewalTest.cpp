#include "TurnStory.hpp"

using namespace tutti;
using namespace tutti::net;
using namespace std::chrono_literals;
using test::TurnStory;
using Lost = TurnClient::Lost;
using NeedsCredentials = TurnClient::NeedsCredentials;
using Relayed = TurnClient::Relayed;

namespace {

const HostTime kBegin = hostTime(1'000'000); // of every story

/// A relay that ends with its credentials, in 400 seconds, at a server that knows others already.
void openUntilCredentialsEnd(TurnStory& story)
{
  auto options = TurnStory::options(TurnTransport::datagrams);
  options.outlivesCredentials = false;
  story.client = TurnClient{story.home, {"anna", "secret", kBegin + 400s}, options};
  story.server.users["1000:anna"] = "signed";
  story.open();
}

} // namespace

TEST_CASE("Credentials are asked for when a quarter of their time is left, until they come")
{
  TurnStory story{{"anna", "secret", kBegin + 400s}};
  story.open();
  story.pass(kBegin + 299s - story.now);
  CHECK(story.count<NeedsCredentials>() == 0);
  story.pass(2s);
  CHECK(story.count<NeedsCredentials>() == 1);
  story.pass(60s);
  CHECK(story.count<NeedsCredentials>() == 3);
  story.perform(story.client.renew({"anna", "secret", kBegin + 800s}, story.now));
  story.pass(200s);
  CHECK(story.count<NeedsCredentials>() == 3);
  CHECK(story.count<Lost>() == 0);
}

TEST_CASE("A new password for the same name is used at once, without a gap")
{
  TurnStory story;
  story.open();
  story.server.users["anna"] = "changed";
  story.perform(story.client.renew({"anna", "changed", std::nullopt}, story.now));
  story.pass(30min);
  CHECK(story.count<Lost>() == 0);
  CHECK(story.count<Relayed>() == 1);
  CHECK(story.server.permits(story.ben.address, story.now));
}

TEST_CASE("A server that lets another name renew the relay does so without a gap")
{
  TurnStory story{{"anna", "secret", kBegin + 400s}};
  story.server.isRenewedByAnyone = true;
  story.server.users["1000:anna"] = "signed";
  story.open();
  story.perform(story.client.renew({"1000:anna", "signed", kBegin + 1000s}, story.now));
  story.pass(TurnStory::kRoundTrip);
  story.server.users.erase("anna");
  story.pass(10min);
  CHECK(story.count<Lost>() == 0);
  CHECK(story.count<Relayed>() == 1);
  CHECK(story.server.askedBy.back() == "1000:anna");
}

TEST_CASE("Where only the old name may renew, it does so beyond its end, and nothing is lost")
{
  TurnStory story{{"anna", "secret", kBegin + 400s}};
  story.server.users["1000:anna"] = "signed";
  story.open();
  story.pass(300s);
  story.perform(story.client.renew({"1000:anna", "signed", kBegin + 1000s}, story.now));
  story.pass(300s);
  CHECK(story.count<Lost>() == 0);
  CHECK(story.count<Relayed>() == 1);
  CHECK(story.count<NeedsCredentials>() == 1);
  CHECK(story.reaches(story.ben));
  story.pass(kBegin + 851s - story.now);
  CHECK(story.count<NeedsCredentials>() == 2); // those that wait end, too
}

TEST_CASE("A server that refuses the old name after its end tells when the relay ends; it forwards till then")
{
  TurnStory story{{"anna", "secret", kBegin + 400s}};
  story.server.users["1000:anna"] = "signed";
  story.open();
  story.pass(300s);
  story.perform(story.client.renew({"1000:anna", "signed", kBegin + 5000s}, story.now));
  story.pass(kBegin + 400s - story.now);
  story.server.users.erase("anna");
  story.pass(25s);
  REQUIRE(story.count<TurnClient::Ending>() == 1);
  const auto end = story.last<TurnClient::Ending>().at;
  CHECK(end - story.now > 9min);
  CHECK(story.count<Lost>() == 0);
  CHECK(story.reaches(story.ben));
  story.pass(end + 1s - story.now);
  CHECK(story.count<TurnClient::Ending>() == 1);
  CHECK(story.count<Relayed>() == 2);
  CHECK(story.reaches(story.ben));
  CHECK(story.server.askedBy.back() == "1000:anna");
}

TEST_CASE("On a stream a refused old name is left by a new connection")
{
  TurnStory story{{"anna", "secret", kBegin + 400s}, TurnTransport::stream};
  story.server.users["1000:anna"] = "signed";
  story.open();
  story.perform(story.client.renew({"1000:anna", "signed", kBegin + 5000s}, story.now));
  story.pass(kBegin + 400s - story.now);
  story.server.users.erase("anna");
  story.pass(25s);
  REQUIRE(story.count<TurnClient::Reconnect>() == 1);
  story.perform(story.client.disconnected(story.now));
  story.server.restart(); // another port of ours: it knows nothing of it
  story.start();
  story.pass(1s);
  CHECK(story.count<Relayed>() == 2);
  CHECK(story.server.askedBy.back() == "1000:anna");
}

TEST_CASE("Where relays end with their credentials, ours is changed shortly before")
{
  TurnStory story;
  openUntilCredentialsEnd(story);
  story.pass(300s);
  story.perform(story.client.renew({"1000:anna", "signed", kBegin + 1000s}, story.now));
  story.pass(kBegin + 359s - story.now);
  CHECK(story.count<Lost>() == 0);
  story.pass(kBegin + 400s - story.now);
  REQUIRE(story.count<Relayed>() == 2);
  CHECK(story.lastAt<Relayed>() - story.lastAt<Lost>() == 2 * TurnStory::kRoundTrip);
  CHECK(story.reaches(story.ben));
  CHECK(story.server.askedBy.back() == "1000:anna");
}

TEST_CASE("A server that lingers on a relay given back is asked again until it has let go")
{
  TurnStory story;
  openUntilCredentialsEnd(story);
  story.server.refusals[stun::Method::allocate] = {8, 437};
  story.perform(story.client.renew({"1000:anna", "signed", kBegin + 1000s}, story.now));
  story.pass(kBegin + 400s - story.now);
  CHECK(story.count<Lost>() == 1);
  REQUIRE(story.count<Relayed>() == 2);
  CHECK(story.lastAt<Relayed>() - story.lastAt<Lost>() < 1200ms);
}

TEST_CASE("New credentials that are wrong cost nothing while the old ones are good")
{
  TurnStory story;
  story.open();
  story.perform(story.client.renew({"anna", "mistyped", std::nullopt}, story.now));
  story.pass(10min);
  CHECK(story.count<NeedsCredentials>() >= 1);
  CHECK(story.count<Lost>() == 0);
  CHECK(story.server.hasRelay(story.now));
}

TEST_CASE("Credentials that ended unnoticed are asked for, and the relay comes back with new ones")
{
  TurnStory story;
  story.open();
  story.server.users.clear();
  story.server.nonce = "n2";
  story.pass(30s);
  CHECK(story.count<NeedsCredentials>() >= 1);
  CHECK(story.count<Lost>() == 0); // what was granted is kept
  story.pass(12min);
  CHECK(story.count<Lost>() >= 1);
  story.server.users["1000:anna"] = "signed";
  story.perform(story.client.renew({"1000:anna", "signed", std::nullopt}, story.now));
  story.pass(2min);
  CHECK(story.count<Relayed>() == 2);
  CHECK(story.reaches(story.ben));
}

TEST_CASE("Credentials that come while the server starts anew are taken for the new relay")
{
  TurnStory story{{"anna", "secret", kBegin + 400s}};
  story.server.users["1000:anna"] = "signed";
  story.open();
  story.perform(story.client.renew({"1000:anna", "signed", kBegin + 1000s}, story.now));
  story.pass(1s);
  story.server.restart();
  story.server.users.erase("anna");
  story.pass(21s);
  CHECK(story.count<Relayed>() == 2);
  CHECK(story.server.askedBy.back() == "1000:anna");
}

TEST_CASE("A server that starts anew after our credentials have ended takes those that wait")
{
  TurnStory story{{"anna", "secret", kBegin + 400s}};
  story.server.isStuckOnNames = true;
  story.server.users["1000:anna"] = "signed";
  story.open();
  story.pass(310s);
  story.perform(story.client.renew({"1000:anna", "signed", kBegin + 5000s}, story.now));
  story.pass(kBegin + 905s - story.now);
  CHECK(story.count<Relayed>() == 1);
  story.server.users.erase("anna");
  story.server.restart();
  story.perform(story.client.suspect(story.now));
  story.pass(8 * TurnStory::kRoundTrip);
  CHECK(story.count<Relayed>() == 2);
  CHECK(story.reaches(story.ben));
}

TEST_CASE("Credentials that have ended on their way to us are replaced at once")
{
  TurnStory story{{"anna", "guessed", std::nullopt}};
  story.start();
  story.pass(1s);
  const auto before = story.count<NeedsCredentials>();
  story.perform(story.client.renew({"anna", "secret", story.now - 1s}, story.now));
  CHECK(story.count<NeedsCredentials>() == before + 1);
  REQUIRE(story.client.nextDeadline());
  CHECK(*story.client.nextDeadline() > story.now);
}

TEST_CASE("A connection that ends while credentials wait is opened with the new ones")
{
  TurnStory story{{"anna", "secret", kBegin + 400s}, TurnTransport::stream};
  story.server.users["1000:anna"] = "signed";
  story.open();
  story.perform(story.client.renew({"1000:anna", "signed", kBegin + 1000s}, story.now));
  story.pass(1s);
  story.perform(story.client.disconnected(story.now));
  story.server.restart();
  story.start();
  story.pass(1s);
  CHECK(story.count<Relayed>() == 2);
  CHECK(story.server.askedBy.back() == "1000:anna");
}
