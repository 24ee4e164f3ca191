#include <Catch.hpp>
#include <array>
#include <tutti/core/Datagram.hpp>

using namespace tutti;

namespace {

const std::array<std::byte, 2> kTwo{std::byte{1}, std::byte{2}};

}

// Spec link 2.3: a message of 512 bytes or more must not be sent.
static_assert(Datagram::capacity() == 511);

TEST_CASE("A new datagram is empty")
{
  const Datagram datagram;
  CHECK(datagram.size() == 0);
  CHECK(datagram.bytes().empty());
}

TEST_CASE("A datagram can be filled to its last byte")
{
  BoundedDatagram<6> datagram;
  for (int i = 0; i < 3; ++i) datagram.append(kTwo);
  CHECK(datagram.size() == datagram.capacity());
  datagram.append({});
  CHECK(datagram.bytes().back() == std::byte{2});
}

TEST_CASE("Datagrams are equal by what they hold")
{
  Datagram one;
  Datagram other;
  CHECK(one == other);
  one.append(kTwo);
  CHECK_FALSE(one == other);
  other.append(kTwo);
  CHECK(one == other);
  other.append(kTwo);
  CHECK_FALSE(one == other);
}
