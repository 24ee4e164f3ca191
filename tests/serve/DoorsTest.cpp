#include <Catch.hpp>

#include "Doors.hpp"

using namespace tutti;
using serve::Doors;

namespace {

IpAddress at(const char* text)
{
  return IpAddress::parse(text).value();
}

} // namespace

TEST_CASE("One household does not keep the others out")
{
  Doors doors{{.all = 100, .fromOne = 2}};
  CHECK(doors.tryEnter(at("2001:db8::1")));
  CHECK(doors.tryEnter(at("2001:db8::2")));
  CHECK_FALSE(doors.tryEnter(at("2001:db8::3")));
  CHECK(doors.tryEnter(at("2001:db8:0:1::1")));
  doors.leave(at("2001:db8::2"));
  CHECK(doors.tryEnter(at("2001:db8::3")));
}

TEST_CASE("Nobody comes in when it is full, until somebody has left")
{
  Doors doors{{.all = 2, .fromOne = 2}};
  CHECK(doors.tryEnter(at("192.0.2.1")));
  CHECK(doors.tryEnter(at("192.0.2.2")));
  CHECK_FALSE(doors.tryEnter(at("192.0.2.3")));
  doors.leave(at("192.0.2.1"));
  CHECK(doors.tryEnter(at("192.0.2.3")));
}
