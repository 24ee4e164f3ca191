#include <tutti/jam/WayInUse.hpp>

#include <Catch.hpp>

using namespace tutti;
using jam::WayInUse;
using Verdict = WayInUse::Verdict;

namespace {

const Endpoint kForwarder{*IpAddress::parse("203.0.113.1"), 4001};
const Endpoint kMember{*IpAddress::parse("192.168.1.7"), 4000};
const Endpoint kRelay{*IpAddress::parse("198.51.100.2"), 3478};

} // namespace

TEST_CASE("The first packet's way is in use")
{
  WayInUse way;
  CHECK(way.follow(kForwarder) == Verdict::usual);
  CHECK(way.follow(kForwarder) == Verdict::usual);
}

TEST_CASE("Another way is in use once eight packets in a row came by it")
{
  WayInUse way;
  way.follow(kForwarder);
  for (int i = 1; i < WayInUse::kInARow; ++i) CHECK(way.follow(kMember) == Verdict::another);
  CHECK(way.follow(kMember) == Verdict::changed);
  CHECK(way.follow(kMember) == Verdict::usual);
  CHECK(way.follow(kForwarder) == Verdict::another);
}

TEST_CASE("Packets that alternate between ways change nothing")
{
  WayInUse way;
  way.follow(kForwarder);
  for (int i = 0; i < 100; ++i) {
    CHECK(way.follow(kMember) == Verdict::another);
    CHECK(way.follow(kForwarder) == Verdict::usual);
  }
}

TEST_CASE("An address through a relay of ours is another way than the address itself")
{
  WayInUse way;
  way.follow(kMember);
  int changes = 0;
  for (int i = 0; i < WayInUse::kInARow; ++i)
    if (way.follow({kMember, kRelay}) == Verdict::changed) ++changes;
  CHECK(changes == 1);
}
