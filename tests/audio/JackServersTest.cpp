#include "JackServers.hpp"

#include <Catch.hpp>

using namespace tutti::audio;

TEST_CASE("A JACK server is called as its socket says")
{
  CHECK(jackServerOfSocket("jack_default_1000_0", 1000) == "default");
  CHECK(jackServerOfSocket("jack_stage.left_1000_0", 1000) == "stage.left");
  CHECK(jackServerOfSocket("jack_two_1000_0_1000_0", 1000) == "two_1000_0");
}

TEST_CASE("What is no JACK server's socket, or another user's, has no name")
{
  for (const char* const file :
       {"jack_default_1001_0", "jack_default_1000_1", "jack-shm-registry", "jack_db-1000",
        "jack_sem.1000_default_system", "jack__1000_0", "jack_1000_0", "other_1000_0", ""})
    CHECK(jackServerOfSocket(file, 1000).empty());
}
