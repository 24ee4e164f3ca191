#include <Catch.hpp>

#include <tutti/jam/FromPlayer.hpp>

#include "ChannelGuests.hpp"

using namespace tutti;
using namespace tutti::engine;
using jam::GuestId;
using jam::StripId;

namespace {

linkaudio::ChannelId idOf(std::uint8_t number)
{
  return {NodeId{{number}}};
}

ChannelHere channel(const std::string& peer, const std::string& name, std::uint8_t number)
{
  return {{idOf(number), name, {}, peer}, nullptr};
}

ChannelOfOurs ours(const std::string& name, ChannelOffer::Hears hears = ChannelOffer::Hears::hand,
                   const std::string& player = {})
{
  return {{name, hears, player}, std::make_shared<linkaudio::Sink>(idOf(200))};
}

GuestId from(const std::string& name)
{
  return {"from-channel", name};
}
GuestId to(const std::string& name)
{
  return {"to-channel", name};
}

std::string whyMissing(const jam::Desk& desk, const GuestId& id)
{
  for (const auto& guest : desk.showGuests())
    if (guest.id == id) return guest.isHere ? "is here" : guest.whyMissing;
  return "is not in the patch";
}

/// A desk, and what there is for it.
struct World {
  std::vector<std::string> settle() { return guests.settle(desk, there, players); }
  void wire(const std::string& name) { REQUIRE(desk.lead(from(name), StripId::master(), "Connect")); }

  jam::Desk desk;
  ChannelsThere there;
  std::vector<PlayerHere> players;
  ChannelGuests guests{std::make_shared<linkaudio::CurrentSession>()};
};

} // namespace

TEST_CASE("A channel is in the patch when somebody wants it, and leaves nothing behind without a cable")
{
  World world;
  const auto before = world.desk.save();
  world.there.others = {channel("Live", "Drums", 1), channel("Live", "Bass", 2)};
  CHECK(world.settle().empty());
  CHECK(world.desk.save() == before);
  world.there.chosen = {idOf(1)};
  CHECK(world.settle().empty());
  CHECK(world.desk.isConnected(from("Live / Drums")));
  CHECK(whyMissing(world.desk, from("Live / Bass")) == "is not in the patch");
  CHECK(world.guests.wanted() == std::set{idOf(1)});
  CHECK(world.guests.guestOf(idOf(1)) == "Live / Drums");
  world.there.chosen.clear();
  world.there.dropped = {from("Live / Drums")};
  CHECK(world.settle().empty());
  CHECK(world.desk.patch().connections().size() == before.connections.size());
  CHECK(world.guests.wanted().empty());
}

TEST_CASE("All channels can be modules, and only one with a cable is fetched")
{
  World world;
  world.there.bringsAll = true;
  world.there.others = {channel("Live", "Drums", 1), channel("Live", "Bass", 2)};
  world.settle();
  CHECK(world.guests.wanted().empty());
  world.wire("Live / Bass");
  world.settle();
  CHECK(world.guests.wanted() == std::set{idOf(2)});
  world.there.others[1].source = std::make_shared<linkaudio::Source>(idOf(2));
  world.settle();
  CHECK(world.desk.isConnected(from("Live / Bass")));
}

TEST_CASE("Whoever goes leaves a ghost that says why, and takes its place again by name")
{
  World world;
  world.there.others = {channel("Live", "Drums", 1), channel("Live", "Bass", 2)};
  world.there.chosen = {idOf(1)};
  world.settle();
  world.there.chosen.clear();
  world.there.others.erase(world.there.others.begin());
  world.settle();
  CHECK(whyMissing(world.desk, from("Live / Drums")) == "Live does not publish it now");
  world.there.others.clear();
  world.settle();
  CHECK(whyMissing(world.desk, from("Live / Drums")) == "Live is not in the Link session");
  REQUIRE(world.guests.missing().size() == 1);
  world.there.whyNone = "Link Audio is off here";
  world.settle();
  CHECK(whyMissing(world.desk, from("Live / Drums")) == "Link Audio is off here");
  world.there.whyNone.clear();
  world.there.others = {channel("Live", "Drums", 7)}; // another run of the same program
  world.settle();
  CHECK(whyMissing(world.desk, from("Live / Drums")) == "is here");
  CHECK(world.guests.wanted() == std::set{idOf(7)});
}

TEST_CASE("Whoever is back before it was missed has its old place")
{
  for (const bool bringsAll : {false, true}) {
    World world;
    world.there.bringsAll = bringsAll;
    world.there.others = {channel("Live", "Drums", 1)};
    world.there.chosen = {idOf(1)};
    world.settle();
    world.there.chosen.clear();
    world.there.others.push_back(channel("Live", "Drums", 2));
    world.settle();
    world.there.others.erase(world.there.others.begin());
    world.settle();
    CHECK(world.desk.showGuests().size() == 1);
    CHECK(world.guests.wanted() == std::set{idOf(2)});
    CHECK(world.guests.guestOf(idOf(2)) == "Live / Drums");
  }
}

TEST_CASE("A patch of another day waits for its channels, those of others and ours")
{
  World first;
  first.there.others = {channel("Live", "Drums", 1)};
  first.there.chosen = {idOf(1)};
  first.there.ours = {ours("Mix", ChannelOffer::Hears::mix)};
  first.settle();
  CHECK(first.desk.isConnected(to("Mix")));

  World second;
  REQUIRE(second.desk.load(first.desk.save()));
  second.settle();
  CHECK(whyMissing(second.desk, from("Live / Drums")) == "Live is not in the Link session");
  CHECK(second.guests.missingOurs() == std::vector<std::string>{"Mix"});
  second.there.others = {channel("Live", "Drums", 3)};
  second.there.ours = {ours("Mix")};
  second.settle();
  CHECK(whyMissing(second.desk, from("Live / Drums")) == "is here");
  CHECK(second.desk.isConnected(to("Mix")));
  CHECK(second.guests.missingOurs().empty());
}

TEST_CASE("A player is published as soon as they are here, and a hand may lead it otherwise")
{
  World world;
  world.there.ours = {ours("Ben's guitar", ChannelOffer::Hears::player, "Ben")};
  world.settle();
  CHECK_FALSE(world.desk.isConnected(to("Ben's guitar")));
  const jam::PlayerId ben{"ben"};
  REQUIRE(world.desk.add(ben, "Ben", std::make_shared<jam::FromPlayer>(nullptr, 2)));
  world.players = {{ben, "Ben"}};
  world.settle();
  CHECK(world.desk.isConnected(to("Ben's guitar")));
  world.desk.undo();
  world.settle();
  CHECK_FALSE(world.desk.isConnected(to("Ben's guitar")));
}

TEST_CASE("What is not published any more goes with its cables; undone, it is missing")
{
  World world;
  world.there.ours = {ours("Mix", ChannelOffer::Hears::mix)};
  world.settle();
  world.there.ours.clear();
  world.there.dropped = {to("Mix")};
  CHECK(world.settle().empty());
  CHECK(whyMissing(world.desk, to("Mix")) == "is not in the patch");
  world.there.dropped.clear();
  world.desk.undo();
  world.settle();
  CHECK(world.guests.missingOurs() == std::vector<std::string>{"Mix"});
}

TEST_CASE("A channel that finds no place says so once")
{
  World world;
  world.there.bringsAll = true;
  for (std::size_t i = 0; i <= jam::kMostGuests; ++i)
    world.there.others.push_back(
      channel("Crowd", "Voice " + std::to_string(i), static_cast<std::uint8_t>(i)));
  CHECK(world.settle() ==
        std::vector<std::string>{"The channel “Crowd / Voice 64” finds no place in the patch: 64 come from "
                                 "outside already; there is room for no more."});
  CHECK(world.settle().empty());
}
