#include "Showing.hpp"

#include "Catch.hpp"

using namespace std::chrono_literals;

namespace tutti::bridge {
namespace {

constexpr HostTime kNow{10s};

room::MemberId memberNumber(int number)
{
  std::array<std::byte, room::MemberId::kSize> bytes{};
  bytes[0] = static_cast<std::byte>(number);
  return room::MemberId{bytes};
}

room::Ensemble::MemberView member(int number, const std::string& name)
{
  room::Ensemble::MemberView view;
  view.id = memberNumber(number);
  view.name = name;
  view.path = room::Path{room::PathKind::turn, {}};
  view.roundTrip = Micros{21'000};
  view.clock =
    room::ClockSync::Relation{.offsetMicros = 5e6, .likelyError = Micros{80}, .bound = Micros{10'500}};
  return view;
}

Site::Fellow fellow(int number, Micros phaseError)
{
  return {memberNumber(number), 3, true, false, false, phaseError};
}

} // namespace

SCENARIO("A site is shown with what the room knows of its member")
{
  Showing showing;
  Site::View view;
  view.sites = {fellow(1, 100us)};
  const auto shown = showing.show(view, {member(2, "Anna"), member(1, "Lisbon")}, {}, kNow);
  REQUIRE(shown.sites.size() == 1);
  const auto& site = shown.sites.front();
  CHECK(site.name == "Lisbon");
  CHECK(site.path == room::PathKind::turn);
  CHECK(site.roundTrip == Micros{21'000});
  REQUIRE(site.clock);
  CHECK(site.clock->bound == Micros{10'500});
  CHECK(site.linkPeers == 3);
  CHECK(site.phaseError == Micros{100});
}

SCENARIO("Sites come by name, also one whom the room does not name any more")
{
  Showing showing;
  Site::View view;
  view.sites = {fellow(1, 0us), fellow(2, 0us), fellow(3, 0us)};
  const auto shown = showing.show(view, {member(1, "Porto"), member(2, "Lisbon")}, {}, kNow);
  REQUIRE(shown.sites.size() == 3);
  CHECK(shown.sites[0].name.empty());
  CHECK_FALSE(shown.sites[0].path);
  CHECK(shown.sites[1].name == "Lisbon");
  CHECK(shown.sites[2].name == "Porto");
}

SCENARIO("The phase is that to the site whose clock is everybody's, one point a second for two minutes")
{
  Showing showing;
  Site::View view;
  view.sites = {fellow(1, 900us), fellow(2, 50us)};
  view.sites[1].isReference = true;
  const Showing::Members members{member(1, "Lisbon"), member(2, "Berlin")};
  bridge::Snapshot shown;
  for (int i = 0; i < 4 * 300; ++i) shown = showing.show(view, members, {}, kNow + i * 250ms);
  REQUIRE(shown.phases.size() == 120);
  CHECK(shown.phases.back().error == 50us);
  CHECK(shown.phases.back().likely == 80us);
  CHECK(shown.phases.back().bound == 10'500us);
  CHECK(shown.phases.back().at - shown.phases.front().at == 119s);
}

SCENARIO("Where our clock is everybody's, the phase is that of who strays farthest")
{
  Showing showing;
  Site::View view;
  view.isReference = true;
  view.sites = {fellow(1, 40us), fellow(2, -70us), fellow(3, 60us)};
  const auto shown =
    showing.show(view, {member(1, "Lisbon"), member(2, "Berlin"), member(3, "Porto")}, {}, kNow);
  REQUIRE(shown.phases.size() == 1);
  CHECK(shown.phases.back().error == -70us);
}

SCENARIO("Nobody else in our session: there is no phase to show")
{
  Showing showing;
  Site::View view;
  view.isReference = true;
  view.sites = {fellow(1, 40us)};
  view.sites[0].isInSession = false;
  CHECK(showing.show(view, {member(1, "Lisbon")}, {}, kNow).phases.empty());
}

SCENARIO("What happened is told in sentences, numbered, the last fifty")
{
  Showing showing;
  for (int i = 0; i < 60; ++i)
    showing.note({.what = Notice::What::siteJoined, .member = memberNumber(1)}, {member(1, "Lisbon")},
                 kNow + i * 1s);
  showing.note({.what = Notice::What::siteLeft, .member = memberNumber(9)}, {}, kNow + 60s);
  const auto told = showing.show({}, {}, {}, kNow + 60s).notices;
  REQUIRE(told.size() == 50);
  CHECK(told.front().number == 12);
  CHECK(told.front().text.find("Lisbon") != std::string::npos);
  CHECK(told.back().number == 61);
  CHECK(told.back().text.find("Somebody") != std::string::npos);
}

} // namespace tutti::bridge
