#include <Catch.hpp>

#include "ForwarderChoice.hpp"

using namespace tutti::serve;
using Members = std::vector<std::vector<tutti::room::wire::RoundTrip>>;

namespace {

constexpr std::uint64_t kBerlin = 1;
constexpr std::uint64_t kLisbon = 2;
const std::vector<std::uint64_t> kBoth{kBerlin, kLisbon};

} // namespace

TEST_CASE("A room goes to the forwarder that is nearest to its members")
{
  const Members portuguese{{{kBerlin, 55'000}, {kLisbon, 8'000}}, {{kBerlin, 48'000}, {kLisbon, 5'000}}};
  CHECK(chooseForwarder(kBoth, kBerlin, portuguese) == kLisbon);
  CHECK(chooseForwarder(kBoth, kLisbon, portuguese) == kLisbon);
  const Members mixed{{{kBerlin, 8'000}, {kLisbon, 50'000}},
                      {{kBerlin, 9'000}, {kLisbon, 48'000}},
                      {{kBerlin, 48'000}, {kLisbon, 5'000}}};
  CHECK(chooseForwarder(kBoth, kLisbon, mixed) == kBerlin);
}

TEST_CASE("A little nearer is no reason to move")
{
  CHECK(chooseForwarder(kBoth, kBerlin, Members{{{kBerlin, 50'000}, {kLisbon, 45'000}}}) == kBerlin);
  CHECK(chooseForwarder(kBoth, kBerlin, Members{{{kBerlin, 1'500}, {kLisbon, 200}}}) == kBerlin);
}

TEST_CASE("Where nobody has measured, a room stays where it is")
{
  CHECK(chooseForwarder(kBoth, kLisbon, Members{{}, {}}) == kLisbon);
  CHECK(chooseForwarder(kBoth, kLisbon, Members{}) == kLisbon);
  CHECK(chooseForwarder(kBoth, kBerlin, Members{{{kBerlin, 50'000}}}) == kBerlin); // the other is not reached
}

TEST_CASE("Who has just come in keeps a room from nothing")
{
  CHECK(chooseForwarder(kBoth, kBerlin, Members{{{kBerlin, 50'000}, {kLisbon, 5'000}}, {}, {}}) == kLisbon);
}

TEST_CASE("A forwarder that is gone is left for the nearest that is there")
{
  const std::vector<std::uint64_t> living{2, 3};
  CHECK(chooseForwarder(living, kBerlin, Members{{{1, 1'000}, {2, 30'000}, {3, 20'000}}}) == 3);
  CHECK(chooseForwarder(living, kBerlin, Members{{}}) == 2);
}
