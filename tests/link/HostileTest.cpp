// Strangers on the same Wi-Fi who say too much: what they can make us remember, do and send is bounded.
#include "Catch.hpp"
#include "LinkLan.hpp"
#include "Target.hpp"

using namespace std::chrono_literals;
using tutti::link::test::LinkLan;
using tutti::test::Target;

namespace tutti::link {
namespace {

constexpr std::uint16_t kPort = 4000;

Endpoint from(unsigned number, std::uint16_t port = kPort)
{
  return {Target::address(number), port};
}

/// So many new names, each in a session of its own, `pause` apart, from `sources` addresses in turn.
void flood(Target& target, unsigned names, unsigned sources, Micros pause, std::chrono::seconds ttl = 255s)
{
  for (unsigned i = 0; i < names; ++i) {
    const auto id = Target::name(i, 'f');
    const auto source = from(i % sources, static_cast<std::uint16_t>(1000 + i / sources));
    target.hears(id, Target::state(id, source.address), source, ttl);
    target.playFor(pause);
  }
}

} // namespace

SCENARIO("A stranger with ten thousand names takes up the place of 256")
{
  Target target;
  flood(target, 10'000, 1, 20ms);
  const auto burden = target.node.burden();
  CHECK(burden.entries == 256);
  CHECK(burden.expected == burden.entries); // who made room is no longer waited for
  CHECK(burden.measurements <= 32);
  CHECK(burden.sessions <= 1024);

  WHEN("it falls silent")
  {
    target.playFor(257s);
    THEN("nothing of it is left")
    {
      const auto rest = target.node.burden();
      CHECK(rest.entries + rest.expected + rest.sessions + rest.measurements == 0);
    }
  }
}

SCENARIO("Ten thousand names at one moment are 256 newcomers, the others are not even looked at")
{
  Target target;
  flood(target, 10'000, 1, 0us);
  CHECK(target.node.burden().entries == 256);
  CHECK(target.node.peers().find({Target::name(0, 'f'), Target::kOwn}) != nullptr);
  CHECK(target.node.peers().find({Target::name(255, 'f'), Target::kOwn}) != nullptr);
}

SCENARIO("A crowd of strangers takes up 1024 places, and a peer that we measured keeps its own")
{
  Target target;
  const auto friendly = Target::name(1);
  const auto theirs = Target::state(target.session(), Target::address(50'000));
  target.hears(friendly, theirs, from(50'000), 60s);
  for (int i = 0; i < 300; ++i) { // long enough to be probed
    target.playFor(10ms);
    target.answers(Target::address(50'000), target.session(), target.sessionNow());
  }
  flood(target, 5'000, 50, 1ms);
  const auto burden = target.node.burden();
  CHECK(burden.entries == 1024);
  CHECK(burden.expected == 1024);
  CHECK(target.node.peerCount() == 1);
  CHECK_FALSE(target.wasAlone());
}

SCENARIO("Whoever asks too often gets 256 answers, then 50 a second, and nobody else gets more for it")
{
  Target target;
  target.said();
  for (int i = 0; i < 1000; ++i) target.isPinged(from(7));
  CHECK(target.sentTo(Target::address(7)).size() == 256);
  target.playFor(2s);
  target.said();
  for (int i = 0; i < 1000; ++i) target.isPinged(from(7));
  CHECK(target.sentTo(Target::address(7)).size() == 100);
  target.isPinged(from(8));
  CHECK(target.sentTo(Target::address(8)).size() == 1);
}

SCENARIO("Who is not of this network gets no answer, and is not remembered")
{
  Target target;
  const Endpoint outside{IpAddress::v4({11, 0, 0, 1}), kPort};
  target.hears(Target::name(1), Target::state(target.session(), outside.address), outside);
  target.isPinged(outside);
  CHECK(target.sentTo(outside.address).empty());
  CHECK(target.node.burden().entries == 0);
  CHECK(target.refusals().offLink == 2);
}

SCENARIO("A stranger cannot have us ping a third party")
{
  Target target;
  const auto id = Target::name(1);
  target.hears(id, Target::state(id, Target::address(99)), from(1));
  target.playFor(1s);
  CHECK(target.sentTo(Target::address(99)).empty());
  CHECK(target.refusals().foreignMeasurement == 1);
}

SCENARIO("A peer that changes the tempo a hundred times a second does not silence us")
{
  Target target;
  auto restless = Target::state(target.session(), Target::address(1));
  target.said();
  for (int i = 1; i <= 1000; ++i) {
    restless.timeline.beatOrigin = time::Beats::fromMicroBeats(i);
    target.hears(Target::name(1), restless, from(1));
    target.playFor(10ms);
  }
  const auto announced = Target::count(target.said(), discovery::MessageType::alive);
  CHECK(announced >= std::size_t{10s / 300ms});
  CHECK(announced <= std::size_t{10s / 50ms});
}

SCENARIO("Invented sessions do not keep us from a real one")
{
  LinkLan lan{7};
  auto& old = lan.add(111);
  auto& victim = lan.add(122);
  old.enable();
  lan.run(3s);

  const auto inventMany = [&](unsigned seed) {
    for (unsigned i = 0; i < 100; ++i) {
      const auto id = Target::name(seed * 100 + i, 'f');
      const Endpoint source{IpAddress::v4({10, 0, 9, 9}), static_cast<std::uint16_t>(1000 + i)};
      const auto alive =
        encodeState(discovery::MessageType::alive, 5s, id, Target::state(id, source.address));
      lan.inject(victim, alive.bytes(), source);
    }
  };
  victim.enable();
  for (unsigned i = 0; i < 20; ++i) {
    inventMany(i);
    lan.run(100ms);
  }
  CHECK(victim.session() == old.session());
  CHECK(victim.peers() == 1);
}

SCENARIO("Sessions whose members are gone make room for others")
{
  Target target;
  for (unsigned i = 0; i < 3000; ++i) { // each younger than ours, measured, and gone
    const auto id = Target::name(i, 'y');
    target.hears(id, Target::state(id, Target::address(i)), from(i), 1s);
    target.answers(Target::address(i), id, SessionTime{} - 1h);
    target.playFor(10ms);
  }
  CHECK(target.node.burden().sessions <= 1024);
  target.playFor(10s);

  const auto real = Target::name(1, 'r');
  target.hears(real, Target::state(real, Target::address(60'000)), from(60'000));
  target.answers(Target::address(60'000), real, SessionTime{} + 24h);
  CHECK(target.session() == real);
}

SCENARIO("A gateway that is opened again does not keep the peers of its former life for ever")
{
  Target target;
  target.hears(Target::name(1), Target::state(target.session(), Target::address(1)), from(1));
  REQUIRE(target.node.peerCount() == 1);
  target.plugIn();
  target.playFor(10s);
  CHECK(target.node.peerCount() == 0);
  CHECK(target.node.burden().entries == 0);
}

} // namespace tutti::link
