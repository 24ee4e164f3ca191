#include <tutti/patch/Patch.hpp>

#include <Catch.hpp>

#include "Modules.hpp"

using namespace tutti;
using namespace tutti::patch;
using namespace tutti::audio::literals;
using test::Constant;
using test::Through;

namespace {

struct Pair {
  Patch patch;
  ModuleId source = *patch.add(std::make_shared<Constant>(1.0F), "source");
  ModuleId target = *patch.add(std::make_shared<Through>(), "target");
};

template <class T> std::string refusalOf(const Result<T>& result)
{
  if (result) return "";
  CHECK(result.error().kind == ErrorKind::refused);
  return result.error().detail;
}

} // namespace

TEST_CASE("What is connected is there until it is disconnected")
{
  Pair pair;
  const auto id = *pair.patch.connect({pair.source, 0}, {pair.target, 0}, -3_dB);
  REQUIRE(pair.patch.connections().size() == 1);
  CHECK(pair.patch.connections()[0].gain == -3_dB);
  pair.patch.setGain(id, 100_dB);
  CHECK(pair.patch.connections()[0].gain == 24_dB);
  pair.patch.disconnect(id);
  CHECK(pair.patch.connections().empty());
}

TEST_CASE("Connections that make no sense are refused in a sentence")
{
  Pair pair;
  REQUIRE(pair.patch.connect({pair.source, 0}, {pair.target, 0}));
  CHECK(refusalOf(pair.patch.connect({pair.source, 0}, {pair.target, 0})) ==
        "these two are connected already");
  CHECK(refusalOf(pair.patch.connect({pair.source, 1}, {pair.target, 0})) ==
        "one end of this connection is gone");
  CHECK(refusalOf(pair.patch.connect({pair.source, 0}, {pair.source, 0})) ==
        "one end of this connection is gone");
  CHECK(refusalOf(pair.patch.connect({{99}, 0}, {pair.target, 0})) == "one end of this connection is gone");
  CHECK(pair.patch.connections().size() == 1);
}

TEST_CASE("A module that goes takes its connections along")
{
  Pair pair;
  REQUIRE(pair.patch.connect({pair.source, 0}, {pair.target, 0}));
  REQUIRE(pair.patch.connect({pair.target, 0}, {pair.target, 0}));
  pair.patch.remove(pair.target);
  CHECK(pair.patch.connections().empty());
  CHECK(pair.patch.modules().size() == 1);
  CHECK(pair.patch.find(pair.target) == nullptr);
}

TEST_CASE("A module is in a patch once")
{
  Pair pair;
  const auto again = pair.patch.find(pair.source)->module;
  CHECK(refusalOf(pair.patch.add(again, "again")) == "this module is in the patch already");
  CHECK(refusalOf(pair.patch.fill(pair.target, again)) == "this module is in the patch already");
}

TEST_CASE("A module whose ports could not be saved is refused")
{
  Patch patch;
  for (const std::size_t channels : {std::size_t{0}, Port::kMostChannels + 1})
    CHECK(refusalOf(patch.add(std::make_shared<Through>(channels), "odd")) ==
          "'odd' has inputs or outputs that cannot be");
  CHECK(patch.modules().empty());
}

TEST_CASE("Ids are not used again")
{
  Pair pair;
  pair.patch.remove(pair.target);
  CHECK(*pair.patch.add(std::make_shared<Through>(), "new") > pair.target);
}

TEST_CASE("Names are cleaned of what cannot be shown")
{
  Pair pair;
  pair.patch.rename(pair.source, "Anna\n\x1b[31m");
  CHECK(pair.patch.find(pair.source)->about.name == "Anna??[31m");
}

TEST_CASE("A patch is full at some point, and says so")
{
  Patch patch;
  for (std::size_t i = 0; i < Snapshot::kMostModules; ++i)
    REQUIRE(patch.add(std::make_shared<Through>(), "m"));
  CHECK(refusalOf(patch.add(std::make_shared<Through>(), "m")) == "there is no room for another module");
  for (std::size_t i = 0; i < Snapshot::kMostConnections; ++i)
    REQUIRE(patch.connect({patch.modules()[i % 256].about.id, 0}, {patch.modules()[i / 256].about.id, 0}));
  CHECK(refusalOf(patch.connect({patch.modules()[0].about.id, 0}, {patch.modules()[9].about.id, 0})) ==
        "there is no room for another connection");
}

SCENARIO("A module that leaves keeps its place")
{
  GIVEN("a module that is lost")
  {
    Pair pair;
    REQUIRE(pair.patch.connect({pair.source, 0}, {pair.target, 0}));
    pair.patch.lose(pair.source, "Anna has left");
    const auto* const place = pair.patch.find(pair.source);

    THEN("its place says so, with all that it was")
    {
      CHECK(place->isMissing());
      CHECK(place->whyMissing == "Anna has left");
      CHECK(place->about.name == "source");
      CHECK(place->about.parameters.entries()[0].text == "1");
      CHECK(pair.patch.connections().size() == 1);
    }
    THEN("it can be missing for another reason")
    {
      pair.patch.lose(pair.source, "Anna is somewhere else");
      CHECK(place->whyMissing == "Anna is somewhere else");
      CHECK(place->about.parameters.entries()[0].text == "1");
    }
    THEN("it can be filled again")
    {
      REQUIRE(pair.patch.fill(pair.source, std::make_shared<Constant>(2.0F)));
      CHECK_FALSE(place->isMissing());
      CHECK(place->whyMissing.empty());
      CHECK(place->about.name == "source");
    }
    THEN("but not with something of other ports")
    {
      CHECK(refusalOf(pair.patch.fill(pair.source, std::make_shared<Constant>(2.0F, 2))) ==
            "'source' has other inputs and outputs now");
      CHECK(place->isMissing());
    }
    THEN("a cycle through it is no cycle as long as it is missing")
    {
      Pair loop;
      REQUIRE(loop.patch.connect({loop.target, 0}, {loop.target, 0}));
      CHECK(loop.patch.delayed().size() == 1);
      loop.patch.lose(loop.target, "gone");
      CHECK(loop.patch.delayed().empty());
    }
  }
}

TEST_CASE("A module with other ports keeps what can still be connected")
{
  Pair pair;
  REQUIRE(pair.patch.connect({pair.source, 0}, {pair.target, 0}, -6_dB));
  Looks looks;
  looks.colour = 3;
  pair.patch.setLooks(pair.source, looks);
  const auto stereo = std::make_shared<Constant>(1.0F, 2);
  REQUIRE(pair.patch.exchange(pair.source, stereo));
  REQUIRE(pair.patch.connections().size() == 1);
  CHECK(pair.patch.connections()[0].gain == -6_dB);
  CHECK(pair.patch.find(pair.source)->about.outputs[0].channels == 2);
  CHECK(pair.patch.find(pair.source)->about.looks == looks);
  CHECK_FALSE(pair.patch.exchange(pair.target, stereo));
  REQUIRE(pair.patch.exchange(pair.source, std::make_shared<test::Listener>()));
  CHECK(pair.patch.connections().empty());
}

TEST_CASE("What is put back has its id and its place in the order again")
{
  Pair pair;
  const auto third = *pair.patch.add(std::make_shared<Through>(), "third");
  const auto first = *pair.patch.connect({pair.source, 0}, {pair.target, 0});
  const auto second = *pair.patch.connect({pair.target, 0}, {third, 0});
  const auto before = pair.patch.snapshot();
  const auto target = *pair.patch.find(pair.target);
  const auto cables = pair.patch.connections();
  pair.patch.remove(pair.target);
  CHECK_FALSE(pair.patch.putBack(cables[1]));
  REQUIRE(pair.patch.putBack(target));
  CHECK_FALSE(pair.patch.putBack(target));
  REQUIRE(pair.patch.putBack(cables[1]));
  REQUIRE(pair.patch.putBack(cables[0]));
  CHECK_FALSE(pair.patch.putBack(cables[0]));
  CHECK(pair.patch.snapshot() == before);
  CHECK(pair.patch.connections()[0].id == first);
  CHECK(pair.patch.connections()[1].id == second);
  CHECK(*pair.patch.connect({third, 0}, {pair.target, 0}) > second);
}

TEST_CASE("Who belonged to a group that goes is there without one")
{
  Pair pair;
  const auto group = *pair.patch.addGroup("Both");
  Looks looks;
  looks.group = group;
  pair.patch.setLooks(pair.source, looks);
  CHECK(pair.patch.find(pair.source)->about.looks.group == group);
  pair.patch.putGroup({.id = group, .name = "All", .colour = 2});
  REQUIRE(pair.patch.groups().size() == 1);
  CHECK(pair.patch.groups()[0].name == "All");
  pair.patch.removeGroup(group);
  CHECK(pair.patch.groups().empty());
  CHECK(pair.patch.find(pair.source)->about.looks.group == GroupId{});
  pair.patch.setLooks(pair.source, looks); // of a group that is no more
  CHECK(pair.patch.find(pair.source)->about.looks.group == GroupId{});
}
