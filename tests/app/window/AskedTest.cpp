#include "window/Asked.hpp"

#include <chrono>

#include <Catch.hpp>

using namespace std::chrono_literals;
using tutti::app::Asked;

SCENARIO("What was asked for is shown at once, and stays until the engine agrees or refuses")
{
  const auto start = tutti::hostTime(5'000'000);

  GIVEN("a value of 1, and a wish for 2")
  {
    Asked<int> value{1};
    REQUIRE(value.ask(2, start));
    CHECK(value.value() == 2);

    WHEN("a snapshot from before the wish arrives")
    {
      THEN("it is not shown")
      {
        CHECK_FALSE(value.tell(1, start + 30ms));
      }
    }
    WHEN("the engine agrees")
    {
      CHECK_FALSE(value.tell(2, start + 30ms)); // nothing changes for the eye
      THEN("its next word counts at once")
      {
        CHECK(value.tell(3, start + 60ms));
        CHECK(value.value() == 3);
      }
    }
    WHEN("the engine still says otherwise after a while")
    {
      THEN("that is the truth")
      {
        CHECK(value.tell(1, start + 200ms));
        CHECK(value.value() == 1);
      }
    }
  }
}
