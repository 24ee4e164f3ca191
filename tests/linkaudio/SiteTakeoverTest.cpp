// What a member cannot do who offers what another one carries already.
#include <Catch.hpp>

#include "SiteWorld.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::test::sites;
using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t kLow = 1; // the ids of members: keys are drawn until they are as one likes
constexpr std::uint8_t kMiddle = 2;
constexpr std::uint8_t kHigh = 3;

std::vector<SiteCarrier::LanChannel> channels(std::uint8_t first, std::uint8_t last)
{
  std::vector<SiteCarrier::LanChannel> all;
  for (auto i = first; i <= last; ++i) all.push_back({channel(i), "Channel " + std::to_string(i), "Live"});
  return all;
}

void offer(World& world, Place& place, std::uint8_t first, std::uint8_t last)
{
  std::set<ChannelId> chosen;
  for (auto i = first; i <= last; ++i) chosen.insert(channel(i));
  world.perform(place, place.carrier.choose(std::move(chosen), world.now));
}

/// Who carries, who listens, and who wants to be taken for the first.
struct Trio {
  World world;
  Place& anna = world.add(kMiddle, "Anna");
  Place& ben = world.add(kHigh, "Ben");
  Place& villain = world.add(kLow, "Villain");
};

} // namespace

TEST_CASE("Nobody takes a channel over by offering it under a lower id")
{
  Trio trio;
  auto& [world, anna, ben, villain] = trio;
  world.show(anna, {{kDrums, "Drums", "Live"}});
  world.perform(anna, anna.carrier.choose({kDrums}, world.now));
  world.pass(500ms);
  world.perform(ben, ben.carrier.isHeard(carriedId(kDrums), true, world.now));
  world.pass(500ms);
  world.show(villain, {{kDrums, "Drums", "Live"}});
  world.perform(villain, villain.carrier.choose({kDrums}, world.now));
  world.pass(10s);
  CHECK(ben.published == std::map<ChannelId, std::string>{{carriedId(kDrums), "Drums (Anna)"}});
  REQUIRE(ben.hearing.size() == 1);
  CHECK(ben.hearing.begin()->second.member == anna.id);
  CHECK(villain.sending.empty());

  world.perform(anna, anna.carrier.choose({}, world.now)); // it is free now, and somebody has it
  world.pass(1500ms);
  CHECK(ben.published == std::map<ChannelId, std::string>{{carriedId(kDrums), "Drums (Villain)"}});
  world.perform(anna, anna.carrier.choose({kDrums}, world.now));
  world.pass(10s);
  CHECK(ben.published == std::map<ChannelId, std::string>{{carriedId(kDrums), "Drums (Villain)"}});
}

TEST_CASE("Who offers as many channels as are published pushes out none that was there")
{
  Trio trio;
  auto& [world, anna, ben, villain] = trio;
  world.show(anna, channels(1, 2));
  offer(world, anna, 1, 2);
  world.pass(500ms);
  world.show(villain, channels(11, 90));
  offer(world, villain, 11, 90);
  world.pass(5s);
  CHECK(ben.published.size() == SiteCarrier::kMostPublished);
  CHECK(ben.published.contains(carriedId(channel(1))));
  CHECK(ben.published.contains(carriedId(channel(2))));
}

TEST_CASE("A channel that moves to another page of its site's list stays that site's")
{
  Trio trio;
  auto& [world, anna, ben, villain] = trio;
  world.show(anna, channels(1, 40));
  offer(world, anna, 2, 40);
  world.pass(500ms);
  world.show(villain, channels(2, 40));
  offer(world, villain, 2, 40);
  world.pass(500ms);
  offer(world, anna, 1, 40); // the last of each page is on the next one from now on
  world.pass(500ms);
  CHECK(ben.carrier.published().size() == 40);
  for (const auto& published : ben.carrier.published()) CHECK(published.member == anna.id);
  offer(world, anna, 1, 20);
  world.pass(500ms);
  for (const auto& published : ben.carrier.published()) {
    const bool isAnnas = published.name.ends_with("(Anna)");
    CHECK(isAnnas == (published.member == anna.id));
  }
  CHECK(ben.carrier.published().size() == 40); // what she has left is the other one's
}

TEST_CASE("A bridge that waits for another one to publish remembers whose a channel is")
{
  Trio trio;
  auto& [world, anna, ben, villain] = trio;
  const std::vector<SiteCarrier::Fellow> fellows{{anna.id, "Anna"}, {villain.id, "Villain"}};
  world.perform(ben, ben.carrier.seeRoom(fellows, false, world.now));
  world.show(anna, {{kDrums, "Drums", "Live"}});
  world.perform(anna, anna.carrier.choose({kDrums}, world.now));
  world.pass(500ms);
  CHECK(ben.published.empty());
  world.show(villain, {{kDrums, "Drums", "Live"}});
  world.perform(villain, villain.carrier.choose({kDrums}, world.now));
  world.pass(500ms);
  world.perform(ben, ben.carrier.seeRoom(fellows, true, world.now));
  CHECK(ben.published == std::map<ChannelId, std::string>{{carriedId(kDrums), "Drums (Anna)"}});
}
