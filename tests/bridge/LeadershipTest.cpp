#include "Catch.hpp"

#include <Leadership.hpp>

using namespace std::chrono_literals;

namespace tutti::bridge {
namespace {

constexpr HostTime kStart = HostTime{} + 1h;
constexpr NodeId kTheirNode{{1, 7}};
const room::MemberId kLow{};
const auto kHigh = [] {
  std::array<std::byte, room::MemberId::kSize> bytes{};
  bytes[0] = std::byte{9};
  return room::MemberId{bytes};
}();

struct Lan {
  Fellows fellows;
  Neighbourhood neighbourhood;
  std::int64_t said = 0;

  void theySay(bool leads, const room::MemberId& who, HostTime now, bool isReachable = true)
  {
    fellows.setRoster({{.id = who, .isReachable = isReachable}});
    SiteState state;
    state.saidAt = {++said};
    state.node = kTheirNode;
    state.leads = leads;
    fellows.hear(who, state, now);
  }
  void theySpeakHere(HostTime at)
  {
    link::LanView view;
    view.peers.push_back({kTheirNode, {}, {}, at, std::nullopt});
    neighbourhood.see(view, at);
  }
};

} // namespace

SCENARIO("B-8 who is alone on a LAN leads")
{
  Lan lan;
  Leadership ours{kHigh};
  ours.advance(lan.fellows, lan.neighbourhood, kStart);
  CHECK(ours.isOurs());
  lan.theySay(true, kLow, kStart); // in another town
  ours.advance(lan.fellows, lan.neighbourhood, kStart);
  CHECK(ours.isOurs());
  CHECK_FALSE(ours.hasMate());
}

SCENARIO("B-8 the lower of two leads, and the higher stops only when it hears so")
{
  Lan lan;
  Leadership ours{kHigh};
  lan.theySay(false, kLow, kStart);
  lan.theySpeakHere(kStart);
  ours.advance(lan.fellows, lan.neighbourhood, kStart);
  CHECK(ours.isOurs());
  CHECK(ours.leader() == kLow);
  lan.theySay(true, kLow, kStart + 100ms);
  ours.advance(lan.fellows, lan.neighbourhood, kStart + 100ms);
  CHECK_FALSE(ours.isOurs());
  CHECK(ours.hasMate());

  WHEN("it is unheard for 1.5 s and has no way to the room")
  {
    lan.theySay(true, kLow, kStart + 1s, false);
    ours.advance(lan.fellows, lan.neighbourhood, kStart + 1499ms);
    CHECK_FALSE(ours.isOurs());
    ours.advance(lan.fellows, lan.neighbourhood, kStart + 1500ms);
    THEN("it is dead")
    {
      CHECK(ours.isOurs());
    }
  }
  WHEN("it is unheard, but the room hears it")
  {
    for (auto now = kStart + 1s; now < kStart + 6s; now += 1s) {
      lan.theySay(true, kLow, now);
      ours.advance(lan.fellows, lan.neighbourhood, now);
      CHECK_FALSE(ours.isOurs());
    }
    ours.advance(lan.fellows, lan.neighbourhood, kStart + 6s);
    THEN("it is dead for this LAN after six seconds")
    {
      CHECK(ours.isOurs());
    }
  }
}

SCENARIO("B-8 the lower one does not mind the higher")
{
  Lan lan;
  Leadership ours{kLow};
  lan.theySay(true, kHigh, kStart);
  lan.theySpeakHere(kStart);
  ours.advance(lan.fellows, lan.neighbourhood, kStart);
  CHECK(ours.isOurs());
  CHECK(ours.hasMate());
}

} // namespace tutti::bridge
