#include <Catch.hpp>

#include "SiteWorld.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::test::sites;
using namespace std::chrono_literals;

SCENARIO("Two sites carry a channel")
{
  World world;
  auto& anna = world.add(1, "Anna");
  auto& ben = world.add(2, "Ben");
  world.show(anna, {{kDrums, "Drums", "Live"}, {kBass, "Bass", "Live"}});
  world.pass(1s);

  THEN("nothing is offered that was not chosen, and nothing is said")
  {
    CHECK(ben.published.empty());
    CHECK(world.said == 0);
  }

  WHEN("one is chosen")
  {
    world.perform(anna, anna.carrier.choose({kDrums}, world.now));
    world.pass(500ms);

    THEN("it is published under the name of its site, and not a sample is sent")
    {
      CHECK(ben.published == std::map<ChannelId, std::string>{{carriedId(kDrums), "Drums (Anna)"}});
      CHECK(anna.sending.empty());
      CHECK(anna.carrier.offered().at(0).askers == 0);
    }

    AND_WHEN("a program at the other site listens")
    {
      world.perform(ben, ben.carrier.isHeard(carriedId(kDrums), true, world.now));
      world.pass(500ms);

      THEN("it is sent, and heard by the stream that was told")
      {
        CHECK(anna.sending == std::set{kDrums});
        CHECK(anna.carrier.offered().at(0).askers == 1);
        REQUIRE(ben.hearing.size() == 1);
        CHECK(ben.hearing.begin()->second.member == anna.id);
        CHECK(ben.hearing.begin()->second.flow.stream == 2);
        CHECK(ben.hearing.begin()->second.flow.codec == stream::Codec::pcm24);
      }
      THEN("it goes on for as long as somebody listens")
      {
        world.pass(60s);
        CHECK(anna.sending == std::set{kDrums});
        CHECK(ben.hearing.size() == 1);
      }
      AND_WHEN("the program stops listening")
      {
        world.perform(ben, ben.carrier.isHeard(carriedId(kDrums), false, world.now));
        world.pass(500ms);
        THEN("nothing is sent any more, and soon nothing is asked")
        {
          CHECK(anna.sending.empty());
          CHECK(ben.hearing.empty());
          CHECK(ben.published.size() == 1);
        }
      }
      AND_WHEN("the other site vanishes without a word")
      {
        world.places.pop_back();
        world.pass(SiteCarrier::kLease + 100ms);
        THEN("nothing is sent any more")
        {
          CHECK(anna.sending.empty());
        }
      }
      AND_WHEN("the choice is taken back")
      {
        world.perform(anna, anna.carrier.choose({}, world.now));
        world.pass(500ms);
        THEN("all is as before")
        {
          CHECK(anna.sending.empty());
          CHECK(ben.hearing.empty());
          CHECK(ben.published.empty());
        }
      }
      AND_WHEN("the channel goes from its LAN and comes back")
      {
        world.show(anna, {{kBass, "Bass", "Live"}});
        world.pass(500ms);
        CHECK(ben.published.empty());
        CHECK(anna.sending.empty());
        world.show(anna, {{kDrums, "Drums", "Live"}});
        world.pass(500ms);
        THEN("it is the same channel, which has to be asked for anew")
        {
          CHECK(ben.published.contains(carriedId(kDrums)));
          CHECK(anna.sending.empty());
        }
      }
      AND_WHEN("one site leaves")
      {
        world.perform(anna, anna.carrier.leave(world.now));
        world.pass(500ms);
        THEN("nothing of it is left")
        {
          CHECK(anna.sending.empty());
          CHECK(ben.published.empty());
          CHECK(ben.hearing.empty());
        }
      }
    }
    AND_WHEN("it is renamed")
    {
      world.show(anna, {{kDrums, "Percussion\n", "Live"}});
      world.pass(500ms);
      THEN("it is here, too, without what is no text")
      {
        CHECK(ben.published.at(carriedId(kDrums)) == "Percussion\uFFFD (Anna)");
      }
    }
    AND_WHEN("its site is silent")
    {
      world.places.erase(world.places.begin());
      world.pass(SiteCarrier::kSilent + 3s);
      THEN("it is withdrawn")
      {
        CHECK(ben.published.empty());
      }
    }
  }
}

TEST_CASE("What is carried is never offered again, whatever LANs and rooms are joined")
{
  World world;
  auto& anna = world.add(1, "Anna");
  auto& ben = world.add(2, "Ben");
  auto& carl = world.add(3, "Carl");
  for (int round = 0; round < 20; ++round) { // everybody chooses all that there is to be seen
    for (const auto& place : world.places) {
      std::vector<SiteCarrier::LanChannel> all;
      if (place.get() == &anna) all.push_back({kDrums, "Drums", "Live"});
      for (const auto& other : world.places) // all LANs are one: the worst that can be
        for (const auto& [id, name] : other->published) all.push_back({id, name, "Tutti"});
      std::set<ChannelId> chosen;
      for (const auto& seen : all) chosen.insert(seen.id);
      world.perform(*place, place->carrier.choose(chosen, world.now));
      world.show(*place, all);
    }
    world.pass(300ms);
  }
  CHECK(anna.carrier.offered().size() == 1);
  CHECK(ben.carrier.offered().empty());
  CHECK(carl.carrier.offered().empty());
  CHECK(anna.published.empty());
  CHECK(ben.published.size() == 1);
  CHECK(carl.published.size() == 1);
}

TEST_CASE("Of two sites on one LAN one carries a channel, the other takes over")
{
  World world;
  auto& anna = world.add(1, "Anna");
  auto& ben = world.add(2, "Ben");
  auto& carl = world.add(3, "Carl");
  for (auto* place : {&anna, &ben}) {
    world.show(*place, {{kDrums, "Drums", "Live"}});
    world.perform(*place, place->carrier.choose({kDrums}, world.now));
  }
  world.pass(500ms);
  CHECK(carl.published == std::map<ChannelId, std::string>{{carriedId(kDrums), "Drums (Anna)"}});
  CHECK(ben.published.empty()); // it is on its LAN
  world.perform(carl, carl.carrier.isHeard(carriedId(kDrums), true, world.now));
  world.pass(500ms);
  CHECK(anna.sending.size() == 1);
  CHECK(ben.sending.empty());
  world.perform(anna, anna.carrier.choose({}, world.now));
  world.pass(1500ms);
  CHECK(carl.published == std::map<ChannelId, std::string>{{carriedId(kDrums), "Drums (Ben)"}});
  CHECK(carl.carrier.published().at(0).isHeard);
  CHECK(ben.sending.size() == 1);
  REQUIRE(carl.hearing.size() == 1);
  CHECK(carl.hearing.begin()->second.member == ben.id);
}

TEST_CASE("Where another bridge publishes on this LAN, we do not")
{
  World world;
  auto& anna = world.add(1, "Anna");
  auto& ben = world.add(2, "Ben");
  world.show(anna, {{kDrums, "Drums", "Live"}});
  world.perform(anna, anna.carrier.choose({kDrums}, world.now));
  world.pass(500ms);
  REQUIRE(ben.published.size() == 1);
  world.perform(ben, ben.carrier.seeRoom({{anna.id, "Anna"}, {ben.id, "Ben"}}, false, world.now));
  CHECK(ben.published.empty());
  world.show(ben, {{carriedId(kDrums), "Drums (Anna)", "Berta"}});
  world.pass(10s);
  CHECK(ben.published.empty());
}

TEST_CASE("What the other bridge of this LAN does not publish, we do after a while, until it does")
{
  World world;
  auto& anna = world.add(1, "Anna");
  auto& ben = world.add(2, "Ben");
  const auto yieldTo = [&] { // a word of the room each quarter of a second, as the shell sees it
    world.perform(ben, ben.carrier.seeRoom({{anna.id, "Anna"}, {ben.id, "Ben"}}, false, world.now));
  };
  world.show(anna, {{kDrums, "Drums", "Live"}});
  world.perform(anna, anna.carrier.choose({kDrums}, world.now));
  yieldTo();
  world.pass(SiteCarrier::kYield - 500ms);
  CHECK(ben.published.empty());
  world.pass(1500ms);
  CHECK(ben.published.size() == 1);
  yieldTo();
  world.pass(5s);
  CHECK(ben.published.size() == 1);
  world.show(ben, {{carriedId(kDrums), "Drums (Anna)", "Berta"}});
  CHECK(ben.published.empty());
  world.pass(10s);
  CHECK(ben.published.empty());
  world.show(ben, {});
  world.pass(SiteCarrier::kYield - 500ms);
  CHECK(ben.published.empty());
  world.pass(1s);
  CHECK(ben.published.size() == 1);
}

TEST_CASE("Sixty-four channels of the longest names cross a room that loses every third word")
{
  World world;
  world.loss = 0.33;
  auto& anna = world.add(1, "Anna");
  auto& ben = world.add(2, "Ben");
  std::vector<SiteCarrier::LanChannel> all;
  std::set<ChannelId> chosen;
  for (std::uint8_t i = 0; i < 80; ++i) {
    all.push_back({channel(i), std::string(200, 'a') + std::to_string(i), std::string(200, 'b')});
    chosen.insert(channel(i));
  }
  world.show(anna, all);
  world.perform(anna, anna.carrier.choose(chosen, world.now));
  world.pass(12s);
  CHECK(ben.published.size() == SiteCarrier::kMostOffered);
  for (const auto& [id, name] : ben.published) CHECK(name == std::string(64, 'a') + " (Anna)");
  std::size_t asked = 0;
  for (const auto& [id, name] : ben.published) {
    if (asked++ == Asks::kMost) break;
    world.perform(ben, ben.carrier.isHeard(id, true, world.now));
  }
  world.pass(10s);
  CHECK(anna.sending.size() == Asks::kMost);
  CHECK(ben.hearing.size() == Asks::kMost);
}

TEST_CASE("A room with nothing to carry is quiet, and one that carries says little")
{
  World world;
  auto& anna = world.add(1, "Anna");
  auto& ben = world.add(2, "Ben");
  world.show(anna, {{kDrums, "Drums", "Live"}});
  world.perform(anna, anna.carrier.choose({kDrums}, world.now));
  world.perform(ben, ben.carrier.isHeard(carriedId(kDrums), true, world.now));
  world.pass(2s);
  world.perform(ben, ben.carrier.isHeard(carriedId(kDrums), true, world.now));
  world.pass(3s);
  const auto before = world.said;
  world.pass(60s);
  CHECK(world.said - before <= 92); // offers each 2 s, asks each second
  world.perform(anna, anna.carrier.choose({}, world.now));
  world.pass(5s);
  const auto quiet = world.said;
  world.pass(60s);
  CHECK(world.said == quiet);
}

TEST_CASE("Strangers, and words that are older than what was said, change nothing")
{
  World world;
  auto& anna = world.add(1, "Anna");
  auto& ben = world.add(2, "Ben");
  world.show(anna, {{kDrums, "Drums", "Live"}});
  world.perform(anna, anna.carrier.choose({kDrums}, world.now));
  world.pass(500ms);
  CHECK(anna.carrier.hear(member(9), Asks{{1}, {{anna.id, kDrums}}}, world.now).empty());
  CHECK(ben.carrier.hear(anna.id, Offers{{1}, 0, 1, {}}, world.now).empty());
  CHECK(ben.carrier.published().size() == 1);
  CHECK(anna.carrier.hear(ben.id, Asks{{5}, {{anna.id, kBass}}}, world.now).empty());
}
