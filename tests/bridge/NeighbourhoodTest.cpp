#include "Catch.hpp"

#include <Neighbourhood.hpp>

using namespace std::chrono_literals;

namespace tutti::bridge {
namespace {

constexpr HostTime kStart = HostTime{} + 1h;
constexpr NodeId kAnna{{'a'}};
constexpr NodeId kBela{{'b'}};
constexpr NodeId kSession{{'s'}};

link::LanPeer peer(const NodeId& id, const NodeId& session, HostTime at)
{
  return {id, session, {}, at, std::nullopt};
}

} // namespace

SCENARIO("The programs of a session, the founder first")
{
  Neighbourhood lan;
  link::LanView view;
  view.peers = {peer(kAnna, kSession, kStart), peer(kBela, kBela, kStart), peer(kSession, kSession, kStart)};
  lan.see(view, kStart);
  CHECK(lan.peersIn(kSession) == std::vector{kSession, kAnna});
  CHECK(lan.isFounderIn(kSession));
  CHECK(lan.isFounderIn(kBela));
  CHECK_FALSE(lan.isFounderIn(kAnna));
}

SCENARIO("B-6 whom a bridge speaks for is not here")
{
  Neighbourhood lan;
  link::LanView view;
  view.peers = {peer(kAnna, kSession, kStart)};
  view.peers[0].marker = link::Marker{};
  lan.see(view, kStart);
  CHECK_FALSE(lan.has(kAnna));
  CHECK(lan.peersIn(kSession).empty());
  CHECK_FALSE(lan.wasHeard(kAnna, kStart));
}

SCENARIO("B-7 who was heard is remembered for six seconds")
{
  Neighbourhood lan;
  link::LanView view;
  view.peers = {peer(kAnna, kSession, kStart)};
  lan.see(view, kStart);
  lan.see({}, kStart + 1s);
  CHECK_FALSE(lan.has(kAnna));
  CHECK(lan.wasHeard(kAnna, kStart + 5999ms));
  CHECK_FALSE(lan.wasHeard(kAnna, kStart + 6s));
  lan.see({}, kStart + 6s);
  CHECK_FALSE(lan.lastHeard(kAnna));
}

} // namespace tutti::bridge
