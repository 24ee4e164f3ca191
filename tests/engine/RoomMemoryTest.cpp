#include "RoomMemory.hpp"

#include <Catch.hpp>

namespace tutti::engine {
namespace {

room::Fingerprint key(int number)
{
  room::Fingerprint fingerprint{};
  fingerprint.fill(static_cast<std::byte>(number));
  return fingerprint;
}

room::Invitation at(const std::string& host, const std::string& room, int keyNumber)
{
  return {host, room::kDefaultPort, room, std::nullopt, key(keyNumber)};
}

} // namespace

TEST_CASE("Rooms are remembered newest first, each once, eight at most")
{
  RoomMemory memory{{}};
  for (int i = 0; i < 12; ++i) memory.joined(at("band.example", "room " + std::to_string(i), 1));
  memory.joined(at("band.example", "room 7", 1));
  const auto& recent = memory.rooms().recent;
  REQUIRE(recent.size() == Settings::Rooms::kMostRecent);
  CHECK(recent[0].room == "room 7");
  CHECK(recent[1].room == "room 11");
  CHECK(recent.back().room == "room 4");
}

TEST_CASE("A host that has moved to another address, or has a new key, is no second room")
{
  RoomMemory memory{{}};
  memory.joined(at("192.168.1.20", "Kitchen", 1));
  memory.joined(at("192.168.1.77", "Kitchen", 1));
  memory.joined(at("192.168.1.77", "Kitchen", 2));
  REQUIRE(memory.rooms().recent.size() == 1);
  CHECK(memory.rooms().recent[0] == at("192.168.1.77", "Kitchen", 2));
  memory.joined(at("10.0.0.1", "Kitchen", 3));
  CHECK(memory.rooms().recent.size() == 2);
}

TEST_CASE("A room that is forgotten does not come back by itself")
{
  RoomMemory memory{{}};
  memory.joined(at("a.example", "One", 1));
  memory.joined(at("a.example", "Two", 1));
  memory.forget(at("a.example", "One", 1));
  REQUIRE(memory.rooms().recent.size() == 1);
  CHECK(memory.rooms().recent[0].room == "Two");
}

TEST_CASE("The first host of a room is trusted, another one of that name is not until we say so")
{
  RoomMemory memory{{}};
  const auto first = at("192.168.1.20", "Kitchen", 1);
  const auto other = at("192.168.1.20", "Kitchen", 2);
  CHECK_FALSE(memory.isOtherHost(first));
  memory.meet(first);
  CHECK_FALSE(memory.isOtherHost(at("192.168.1.99", "Kitchen", 1)));
  CHECK(memory.isOtherHost(other));
  CHECK_FALSE(memory.isOtherHost(at("192.168.1.20", "Attic", 2)));
  memory.meet(other);
  CHECK_FALSE(memory.isOtherHost(other));
  CHECK_FALSE(memory.isOtherHost(first));
}

TEST_CASE("Forgetting a room does not forget whom we met there")
{
  RoomMemory memory{{}};
  const auto first = at("192.168.1.20", "Kitchen", 1);
  memory.joined(first);
  memory.meet(first);
  memory.forget(first);
  CHECK(memory.isOtherHost(at("192.168.1.20", "Kitchen", 2)));
}

TEST_CASE("Hosts met are not remembered without end")
{
  RoomMemory memory{{}};
  for (int i = 0; i < 100; ++i) memory.meet(at("192.168.1.20", "room " + std::to_string(i), 1));
  CHECK(memory.rooms().met.size() == Settings::Rooms::kMostMet);
  CHECK(memory.rooms().met.front().room == "room 99");
}

} // namespace tutti::engine
