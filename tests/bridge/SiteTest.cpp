// What a site orders, in single steps.
#include "Catch.hpp"

#include <algorithm>

#include <tutti/bridge/Site.hpp>

using namespace std::chrono_literals;

namespace tutti::bridge {
namespace {

constexpr HostTime kStart = HostTime{} + 1h;
constexpr NodeId kOurNode{{1, 'u', 's'}};
constexpr NodeId kTheirNode{{1, 'y', 'o', 'u'}};
constexpr NodeId kOurs{{'o', 'u', 'r', 's'}};
constexpr NodeId kTheirs{{'t', 'h', 'e', 'i', 'r', 's'}};
constexpr NodeId kAnna{{'a', 'n', 'n', 'a'}};

room::MemberId member(std::uint8_t number)
{
  std::array<std::byte, room::MemberId::kSize> bytes{};
  bytes[0] = std::byte{number};
  return room::MemberId{bytes};
}

/// The second member of a room, its site's session begun just now, with one program there.
struct Desk {
  Desk()
  {
    view.node = kOurNode;
    view.session = {kOurs, {time::Tempo::fromBpm(120), {}, {}}, {}, Micros{-microsOf(kStart)}};
    view.peers.push_back({kOurs, kOurs, {}, kStart, std::nullopt});
    keep(site.seeLan(view, now));
    isAsked = holds<link::BeginBridging>();
    keep(site.seeLan(view, now));
    meet({{.id = member(1), .clock = room::ClockSync::Relation{.offsetMicros = 5000}}});
  }

  void meet(const std::vector<RoomMember>& members) { keep(site.seeRoom(members, {}, now)); }
  void see() { keep(site.seeLan(view, now)); }
  void pass(Micros time)
  {
    now += time;
    keep(site.advance(now));
  }
  void hear(SiteState state)
  {
    state.saidAt = {++said};
    keep(site.hear(member(1), state, now));
  }
  /// The first member's, older than ours by so much.
  [[nodiscard]] SiteState theirs(Micros older) const
  {
    SiteState state;
    state.node = kTheirNode;
    state.session = {kTheirs,
                     {time::Tempo::fromBpm(100), time::Beats::fromDouble(1), sessionTime(200'000)},
                     {true, time::Beats::fromDouble(2), sessionTime(100'000)},
                     view.session.offset + older - Micros{5000}};
    state.leads = true;
    state.peers = {kTheirs, kAnna};
    state.peerCount = 2;
    return state;
  }

  void keep(Site::Actions actions) { done = std::move(actions); }
  template <class Order> [[nodiscard]] const Order* order() const
  {
    const Order* last = nullptr;
    for (const auto& action : done)
      if (const auto* lan = std::get_if<Site::ToLan>(&action))
        if (const auto* one = std::get_if<Order>(&lan->order)) last = one;
    return last;
  }
  template <class Order> [[nodiscard]] bool holds() const { return order<Order>() != nullptr; }
  [[nodiscard]] std::optional<SiteState> told() const
  {
    std::optional<SiteState> last;
    for (const auto& action : done)
      if (const auto* room = std::get_if<Site::ToRoom>(&action))
        if (const auto* state = std::get_if<SiteState>(&room->message)) last = *state;
    return last;
  }

  HostTime now = kStart;
  Site site{room::RoomId{}, member(2)};
  link::LanView view;
  bool isAsked = false;
  Site::Actions done;
  std::int64_t said = 0;
};

} // namespace

SCENARIO("A site asks for the Link peer's service first, and tells the room as soon as it has it")
{
  CHECK(Desk{}.isAsked);
  Desk desk;
  desk.pass(1s);
  REQUIRE(desk.told());
  CHECK(desk.told()->node == kOurNode);
  CHECK(desk.told()->session == desk.view.session);
  CHECK(desk.told()->peers == std::vector{kOurs});
}

SCENARIO("B-11 where our programs could think otherwise, they are shown a clock that leaves no doubt")
{
  for (const auto older : {Micros{430ms}, Micros{460ms}, Micros{500ms}, Micros{540ms}, Micros{570ms}}) {
    Desk desk;
    auto state = desk.theirs(older);
    state.decision = {kTheirs, {kOurs}};
    desk.hear(state);
    const bool isDoubtful = older >= 450ms && older <= 550ms;
    const Micros shift{isDoubtful ? 1'000'000 : 0};
    CAPTURE(older.count());
    const auto* adopted = desk.order<link::AdoptSession>();
    REQUIRE(adopted != nullptr);
    CHECK(adopted->session.id == kTheirs);
    CHECK(adopted->session.offset == desk.view.session.offset + older + shift);
    CHECK(adopted->session.timeline.timeOrigin == state.session.timeline.timeOrigin + shift);
    CHECK(adopted->session.timeline.beatOrigin == state.session.timeline.beatOrigin);
    CHECK(adopted->session.startStop.timestamp == state.session.startStop.timestamp + shift);
    CHECK(adopted->counted == std::vector{kTheirNode, kAnna, kTheirs});

    desk.view.session = adopted->session;
    desk.see();
    desk.pass(1s);
    REQUIRE(desk.told()); // the room's numbers, and how ours differ
    CHECK(desk.told()->shift == shift);
    CHECK(desk.told()->session.timeline == state.session.timeline);
    CHECK(desk.told()->session.startStop == state.session.startStop);
    CHECK(desk.told()->session.offset == desk.view.session.offset - shift);
  }
}

SCENARIO("B-11 a site without programs of its own has nobody to convince")
{
  Desk desk;
  desk.view.peers.clear();
  desk.see();
  auto state = desk.theirs(500ms);
  state.decision = {kTheirs, {kOurs}};
  desk.hear(state);
  REQUIRE(desk.holds<link::AdoptSession>());
  CHECK(desk.order<link::AdoptSession>()->session.offset == desk.view.session.offset + 500ms);
}

SCENARIO("B-11 nobody goes over before it is decided, nor while their clock is not known")
{
  Desk desk;
  desk.hear(desk.theirs(60s));
  CHECK_FALSE(desk.holds<link::AdoptSession>());
  desk.meet({{.id = member(1)}});
  auto state = desk.theirs(60s);
  state.decision = {kTheirs, {kOurs}};
  desk.hear(state);
  CHECK_FALSE(desk.holds<link::AdoptSession>());
  desk.meet({{.id = member(1), .clock = room::ClockSync::Relation{.offsetMicros = 5000}}});
  CHECK(desk.holds<link::AdoptSession>());
}

SCENARIO("B-13 a session whose beat lies far ahead of its clock is not joined")
{
  Desk desk;
  auto state = desk.theirs(60s);
  state.decision = {kTheirs, {kOurs}};
  // A line through the beat that the clock shows now, but said from a million beats ahead: who changes it now
  // is always earlier.
  const auto& timeline = state.session.timeline;
  const auto ahead = time::Beats::fromDouble(1e6);
  state.session.timeline = {timeline.tempo, ahead, timeline.fromBeats(ahead)};
  desk.hear(state);
  CHECK_FALSE(desk.holds<link::AdoptSession>());
}

SCENARIO("B-7 who is heard here is not spoken for, and is not taken away when it appears")
{
  Desk desk;
  auto state = desk.theirs(0ms);
  state.session = desk.view.session;
  state.session.offset -= Micros{5000};
  state.peers = {kAnna};
  desk.hear(state);
  REQUIRE(desk.holds<link::SpeakFor>());
  CHECK(desk.order<link::SpeakFor>()->announced == std::vector{kTheirNode, kAnna});

  desk.view.peers.push_back({kAnna, kOurs, {}, desk.now, std::nullopt});
  desk.see();
  REQUIRE(desk.holds<link::SpeakFor>());
  CHECK(desk.order<link::SpeakFor>()->announced == std::vector{kTheirNode});
  CHECK(desk.order<link::SpeakFor>()->counted == std::vector{kTheirNode, kAnna});
  CHECK(desk.order<link::SpeakFor>()->withoutGoodbye == std::vector{kAnna});

  desk.view.peers.pop_back();
  desk.see();
  desk.hear(state);
  CHECK_FALSE(desk.holds<link::SpeakFor>());
  desk.pass(5900ms);
  CHECK_FALSE(desk.holds<link::SpeakFor>());
  desk.hear(state);
  desk.pass(100ms);
  REQUIRE(desk.holds<link::SpeakFor>());
  CHECK(desk.order<link::SpeakFor>()->announced == std::vector{kTheirNode, kAnna});
}

SCENARIO("B-12 a site that falls silent is taken leave of after six seconds")
{
  Desk desk;
  auto state = desk.theirs(0ms);
  state.session = desk.view.session;
  desk.hear(state);
  desk.pass(5999ms);
  CHECK_FALSE(desk.holds<link::SpeakFor>());
  desk.pass(1ms);
  REQUIRE(desk.holds<link::SpeakFor>());
  CHECK(desk.order<link::SpeakFor>()->announced.empty());
  CHECK(desk.order<link::SpeakFor>()->withoutGoodbye.empty());
}

SCENARIO("A member that invents programs cannot make us flood our LAN")
{
  Desk desk;
  std::vector<RoomMember> members{{.id = member(1)}, {.id = member(3)}};
  desk.meet(members);
  for (const auto who : {std::uint8_t{1}, std::uint8_t{3}}) {
    auto state = desk.theirs(0ms);
    state.saidAt = {1};
    state.session = desk.view.session;
    state.peers.clear();
    for (std::uint8_t i = 0; i < SiteState::kMostPeers; ++i) state.peers.push_back(NodeId{{'x', who, i}});
    desk.keep(desk.site.hear(member(who), state, desk.now));
  }
  REQUIRE(desk.holds<link::SpeakFor>());
  CHECK(desk.order<link::SpeakFor>()->announced.size() == 128);
}

SCENARIO(
  "B-8 a bridge that is switched off says so to the room, and leaves the proxies to another, if there is one")
{
  for (const bool hasMate : {false, true}) {
    Desk desk;
    desk.hear(desk.theirs(0ms));
    if (hasMate) desk.view.peers.push_back({kTheirNode, kTheirs, {}, desk.now, std::nullopt});
    desk.see();
    desk.keep(desk.site.leave(desk.now));
    REQUIRE(desk.holds<link::EndBridging>());
    CHECK(desk.order<link::EndBridging>()->isFollowed == hasMate);
    const auto isGoodbye = [](const Site::Action& action) {
      const auto* room = std::get_if<Site::ToRoom>(&action);
      return room != nullptr && std::holds_alternative<Goodbye>(room->message);
    };
    CHECK(std::ranges::count_if(desk.done, isGoodbye) == 3);
  }
}

SCENARIO("B-6 the marker tells rooms and members apart")
{
  CHECK(markerOf(room::RoomId{}, member(1)) == markerOf(room::RoomId{}, member(1)));
  CHECK(markerOf(room::RoomId{}, member(1)) != markerOf(room::RoomId{}, member(2)));
  CHECK(markerOf(member(1), member(2)) != markerOf(member(2), member(1)));
}

} // namespace tutti::bridge
