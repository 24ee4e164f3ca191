#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <optional>

#include <tutti/module/Membership.hpp>
#include <tutti/module/Visit.hpp>

using namespace tutti;
using namespace tutti::module;
using namespace std::chrono_literals;

namespace {

const Hello kHello{"token", {.name = "Tone", .description = {}, .inputs = {}, .outputs = {{"out", 2}}}};
const Welcome kWelcome{48'000, LaneShape::of(0, 2, 64)};

template <class Wanted, class Actions> const Wanted* find(const Actions& actions)
{
  for (const auto& action : actions)
    if (const auto* found = std::get_if<Wanted>(&action)) return found;
  return nullptr;
}

Visit inside()
{
  Visit visit{{}};
  visit.receive(encode(kHello), {});
  visit.admit(kWelcome, {});
  return visit;
}

} // namespace

TEST_CASE("A visitor that does not say who it is within two seconds is shown out")
{
  Visit visit{{}};
  CHECK(*visit.nextDeadline() == HostTime{} + 2s);
  CHECK(visit.advance(HostTime{} + 1999ms).empty());
  CHECK(find<Gone>(visit.advance(HostTime{} + 2s))->how == Farewell::expelled);
  CHECK(visit.isOver());
  CHECK_FALSE(visit.nextDeadline());
}

TEST_CASE("A hello is answered by who decides; the lease is ours to say")
{
  Visit visit{{}};
  const auto knocked = visit.receive(encode(kHello), {});
  REQUIRE(find<Knocked>(knocked));
  CHECK(find<Knocked>(knocked)->hello == kHello);
  auto words = kWelcome;
  words.lease = 1h;
  const auto told = visit.admit(words, {});
  REQUIRE(find<Tell>(told));
  CHECK(std::get<Welcome>(find<Tell>(told)->message).lease == Visit::kLease);
  CHECK(visit.isIn());
}

TEST_CASE("A visitor that is silent for a second has stalled, whatever it plays")
{
  auto visit = inside();
  HostTime now{};
  for (int i = 0; i < 50; ++i) {
    now += 200ms;
    CHECK_FALSE(find<Gone>(visit.receive(encode(Heartbeat{}), now)));
    CHECK(find<Tell>(visit.advance(now))); // and is told that we live
  }
  CHECK_FALSE(find<Gone>(visit.advance(now + 999ms)));
  const auto gone = visit.advance(now + 1s);
  REQUIRE(find<Gone>(gone));
  CHECK(find<Gone>(gone)->how == Farewell::stalled);
}

TEST_CASE("Leaving, and ending without a word, are told apart")
{
  auto polite = inside();
  const auto left = polite.receive(encode(Leave{"Good night."}), {});
  CHECK(find<Gone>(left)->how == Farewell::left);
  CHECK(find<Gone>(left)->why == "Good night.");
  auto dead = inside();
  CHECK(find<Gone>(dead.hungUp())->how == Farewell::lost);
  CHECK(dead.hungUp().empty());
}

TEST_CASE("A flood of messages ends the visit, and an honest pace never does")
{
  auto visit = inside();
  int heard = 0;
  while (!visit.isOver()) {
    visit.receive(encode(Heartbeat{}), {});
    ++heard;
  }
  CHECK(heard < 100);
  auto honest = inside();
  HostTime now{};
  for (int i = 0; i < 10'000; ++i) honest.receive(encode(Heartbeat{}), now += 100ms);
  CHECK(honest.isIn());
}

TEST_CASE("What makes no sense, comes out of turn, or changes who it is ends the visit with a reason")
{
  for (const auto& said :
       {encode(kWelcome), encode(Refusal{"x"}), encode(Hello{"other", kHello.card}), ByteString(9)}) {
    auto visit = inside();
    const auto over = visit.receive(said, {});
    REQUIRE(find<Gone>(over));
    CHECK(find<Gone>(over)->how == Farewell::expelled);
    CHECK_FALSE(find<Gone>(over)->why.empty());
    CHECK(visit.receive(encode(kHello), {}).empty());
  }
  Visit early{{}};
  CHECK(find<Gone>(early.receive(encode(Heartbeat{}), {})));
}

TEST_CASE("A process asks until it is answered, and gives up when its patience ends")
{
  Membership membership{kHello, {}, 2s};
  int asked = 0;
  HostTime now{};
  while (!membership.isOver()) {
    now = *membership.nextDeadline();
    const auto actions = membership.advance(now);
    if (const auto* say = find<Say>(actions)) asked += say->message == Message{kHello} ? 1 : 0;
    if (const auto* parted = find<Parted>(actions)) CHECK(parted->why.kind == ErrorKind::unavailable);
  }
  CHECK(asked == 4);
  CHECK(now == HostTime{} + 2s);
}

TEST_CASE("A refusal is final and says why; so is a goodbye")
{
  Membership refused{kHello, {}, 2s};
  const auto no = refused.receive(encode(Refusal{"No room."}), {});
  REQUIRE(find<Parted>(no));
  CHECK(find<Parted>(no)->why.kind == ErrorKind::refused);
  CHECK(find<Parted>(no)->why.detail == "No room.");
  Membership left{kHello, {}, 2s};
  left.receive(encode(kWelcome), {});
  CHECK(find<Parted>(left.receive(encode(Leave{"Tutti was closed."}), {}))->why.detail ==
        "Tutti was closed.");
}

TEST_CASE("A Tutti that is silent for longer than its lease is gone")
{
  Membership membership{kHello, {}, 2s};
  REQUIRE(find<Joined>(membership.receive(encode(kWelcome), HostTime{} + 1s)));
  CHECK_FALSE(find<Parted>(membership.advance(HostTime{} + 1999ms)));
  CHECK(find<Parted>(membership.advance(HostTime{} + 2s))->why.kind == ErrorKind::unavailable);
}

TEST_CASE("A welcome for other ports than ours is not ours")
{
  Membership membership{kHello, {}, 2s};
  CHECK(membership.receive(encode(Welcome{48'000, LaneShape::of(1, 2, 64)}), {}).empty());
  CHECK_FALSE(membership.isIn());
}

TEST_CASE("A process says goodbye once")
{
  Membership membership{kHello, {}, 2s};
  membership.receive(encode(kWelcome), {});
  const auto actions = membership.leave("Done.");
  REQUIRE(find<Say>(actions));
  CHECK(find<Say>(actions)->message == Message{Leave{"Done."}});
  CHECK(membership.leave("Done.").empty());
  CHECK(membership.isOver());
}

TEST_CASE("Both sides find each other over a line that loses half of what is said, and stay together")
{
  test::Dice dice{5};
  for (int round = 0; round < 20; ++round) {
    Visit visit{{}};
    Membership membership{kHello, {}, 5s};
    bool wasIn = false;
    for (HostTime now{}; now < HostTime{} + 30s; now += 10ms) {
      const bool isLossy = now < HostTime{} + 3s;
      for (const auto& action : membership.advance(now)) {
        const auto* say = std::get_if<Say>(&action);
        if (say == nullptr || (isLossy && dice.whole(0, 1) == 0)) continue;
        const auto heard = visit.receive(encode(say->message), now);
        if (find<Knocked>(heard) || find<AskedAgain>(heard)) {
          const auto told = visit.admit(kWelcome, now);
          if (!isLossy || dice.whole(0, 1) == 0) membership.receive(encode(find<Tell>(told)->message), now);
        }
      }
      for (const auto& action : visit.advance(now)) {
        const auto* tell = std::get_if<Tell>(&action);
        if (tell != nullptr && (!isLossy || dice.whole(0, 3) != 0))
          membership.receive(encode(tell->message), now);
      }
      wasIn = wasIn || membership.isIn();
    }
    // Whoever was heard by neither side in time has parted, on both; nobody is in alone.
    CHECK(visit.isIn() == membership.isIn());
    CHECK((wasIn || visit.isOver()));
  }
}
