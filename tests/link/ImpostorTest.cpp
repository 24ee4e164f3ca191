// Strangers who speak in another's name.
#include "Catch.hpp"
#include "Target.hpp"

using namespace std::chrono_literals;
using tutti::test::Target;

namespace tutti::link {
namespace {

const auto kPeer = Target::name(1);
const Endpoint kPeerSpeaksFrom{Target::address(1), 4000};
const Endpoint kForgerSpeaksFrom{Target::address(2), 4000};

/// A peer of our session, announcing itself four times a second for a while.
void heartbeats(Target& target, Micros duration)
{
  for (auto end = target.now + duration; target.now < end; target.playFor(250ms))
    target.hears(kPeer, Target::state(target.session(), kPeerSpeaksFrom.address), kPeerSpeaksFrom);
}

} // namespace

SCENARIO("Nobody says goodbye for another")
{
  Target target;
  heartbeats(target, 1s);
  REQUIRE(target.node.peerCount() == 1);

  WHEN("a goodbye comes from elsewhere")
  {
    target.hearsGoodbye(kPeer, kForgerSpeaksFrom);
    THEN("the peer stays")
    {
      CHECK(target.node.peerCount() == 1);
      CHECK_FALSE(target.wasAlone());
      CHECK(target.refusals().foreignVoice == 1);
    }
  }
  WHEN("it comes from the peer, if by another port")
  {
    target.hearsGoodbye(kPeer, {kPeerSpeaksFrom.address, 4001});
    THEN("the peer is gone") CHECK(target.node.peerCount() == 0);
  }
}

SCENARIO("Nobody takes a peer's place while it speaks")
{
  Target target;
  heartbeats(target, 1s);
  const auto forged = Target::state(Target::name(9), kForgerSpeaksFrom.address);
  for (int i = 0; i < 100; ++i) {
    target.hears(kPeer, forged, kForgerSpeaksFrom, 255s);
    heartbeats(target, 250ms);
  }
  CHECK(target.node.peerCount() == 1);
  CHECK_FALSE(target.wasAlone());
  CHECK(target.node.peers().find({kPeer, Target::kOwn})->source == kPeerSpeaksFrom);
}

SCENARIO("A peer that is on the network twice loses one of its addresses")
{
  Target target;
  const auto state = Target::state(target.session(), kPeerSpeaksFrom.address);
  const Endpoint wifi{Target::address(3), 4000};
  const auto speaksByWifi = [&] { target.hears(kPeer, Target::state(target.session(), wifi.address), wifi); };
  for (int i = 0; i < 8; ++i) {
    target.hears(kPeer, state, kPeerSpeaksFrom);
    speaksByWifi();
    target.playFor(250ms);
  }
  for (int i = 0; i < 40; ++i) { // the cable is out
    speaksByWifi();
    target.playFor(250ms);
  }
  CHECK(target.node.peerCount() == 1);
  CHECK_FALSE(target.wasAlone());
  CHECK(target.node.peers().find({kPeer, Target::kOwn})->source == wifi);
}

SCENARIO("A founder in whose name somebody claimed to have left its session is believed again after a second")
{
  Target target;
  const Endpoint third{Target::address(3), 4000};
  target.hears(Target::name(3), Target::state(target.session(), third.address), third);
  target.hears(kPeer, Target::state(target.session(), kPeerSpeaksFrom.address), kPeerSpeaksFrom, 255s);
  REQUIRE(target.node.peerCount() == 2);

  const auto own = Target::state(kPeer, kPeerSpeaksFrom.address);
  target.hears(kPeer, own, kPeerSpeaksFrom); // it could be an older datagram that was overtaken
  CHECK(target.node.peerCount() == 2);
  target.playFor(1s);
  target.hears(kPeer, own, kPeerSpeaksFrom);
  CHECK(target.node.peerCount() == 1);
}

} // namespace tutti::link
