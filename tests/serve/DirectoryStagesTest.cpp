#include "SharedDesks.hpp"

using namespace tutti;
using namespace tutti::test;

namespace {

constexpr std::uint64_t kFirst = 1; // so SharedDesks numbers them
constexpr std::uint64_t kThird = 3;

struct Stage : SharedDesks {
  Stage()
    : SharedDesks{3}
  {
    openRoom();
    pass();
    anna = joined(0, kAnna);
    pass();
    ben = joined(2, kBen);
    pass();
  }
  /// Both are heard for so long, and say how far the forwarders are.
  void play(std::chrono::seconds time, const std::vector<RoundTrip>& annas,
            const std::vector<RoundTrip>& bens)
  {
    for (const auto end = now + time; now < end; advance(1s)) {
      auto request = as(kAnna, anna);
      request.roundTrips = annas;
      if (isFirstThere) answer(0, "poll", request);
      request = as(kBen, ben);
      request.roundTrips = bens;
      answer(2, "poll", request);
    }
  }
  std::vector<RoomForwarder> forwardersAt(std::size_t i) { return polled(i, as(kBen, ben)).forwarders; }
  JoinReply anna;
  JoinReply ben;
  bool isFirstThere = true;
};

} // namespace

TEST_CASE("Members of one room are sent to one forwarder, whomever they ask")
{
  Stage stage;
  CHECK(stage.anna.update.forwarders.front().id == kFirst); // of the directory where the first came in
  for (std::size_t i = 0; i < stage.size(); ++i) {
    const auto forwarders = stage.forwardersAt(i);
    REQUIRE(forwarders.size() == 3);
    CHECK(forwarders.front() == RoomForwarder{kFirst, {IpAddress::v4({192, 0, 2, 1})}, 7001});
  }
}

TEST_CASE("A room moves to the forwarder that is nearest to its members, everywhere alike")
{
  Stage stage;
  const std::vector<RoundTrip> far{{1, 50'000}, {2, 48'000}, {3, 8'000}};
  stage.play(20s, far, far);
  for (std::size_t i = 0; i < stage.size(); ++i) CHECK(stage.forwardersAt(i).front().id == kThird);
}

TEST_CASE("News of another forwarder wake members")
{
  Stage stage;
  const auto before = stage.polled(2, stage.as(kBen, stage.ben));
  const auto quiet = stage.as(kBen, stage.ben, before.revision);
  CHECK(std::holds_alternative<Directory::Wait>(stage.ask(2, "poll", quiet, true)));
  stage[2].takeNews();
  const std::vector<RoundTrip> far{{1, 50'000}, {2, 48'000}, {3, 8'000}};
  stage.play(20s, far, far);
  CHECK(stage[2].takeNews().contains(stage.record.id));
  CHECK(std::holds_alternative<Directory::Answer>(stage.ask(2, "poll", quiet, true)));
}

TEST_CASE("A room does not go to and fro between forwarders")
{
  Stage stage;
  const std::vector<RoundTrip> here{{1, 20'000}, {2, 21'000}, {3, 19'000}};
  const std::vector<RoundTrip> there{{1, 20'000}, {2, 19'000}, {3, 21'000}};
  for (int i = 0; i < 5; ++i) {
    stage.play(12s, i % 2 == 0 ? here : there, i % 2 == 0 ? here : there);
    CHECK(stage.forwardersAt(0).front().id == kFirst);
  }
}

TEST_CASE("A room whose forwarder is not heard any more gets another one within two leases")
{
  Stage stage;
  stage.play(6s, {{1, 5'000}, {2, 50'000}, {3, 48'000}}, {{1, 9'000}, {2, 30'000}, {3, 8'000}});
  stage.cut(0); // dies, and its forwarder with it
  stage.isFirstThere = false;
  const std::vector<RoundTrip> bens{{2, 30'000}, {3, 8'000}};
  stage.play(12s, {}, bens);
  for (const std::size_t i : {1U, 2U}) {
    const auto forwarders = stage.forwardersAt(i);
    CHECK(forwarders.size() == 2);
    CHECK(forwarders.front().id == kThird);
  }
}

TEST_CASE("While the others are not heard, a room keeps its forwarder")
{
  Stage stage;
  for (std::size_t i = 0; i < stage.size(); ++i) stage.cut(i);
  stage.play(60s, {}, {});
  CHECK(stage.forwardersAt(2).front().id == kFirst);
  for (std::size_t i = 0; i < stage.size(); ++i) stage.mend(i);
  stage.play(20s, {}, {});
  CHECK(stage.forwardersAt(2).front().id == kFirst);
}
