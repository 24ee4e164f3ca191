#include "PortName.hpp"

#include <Catch.hpp>

using tutti::audio::portName;

TEST_CASE("A plain name stays as it is")
{
  CHECK(portName("player-Anna 2.0") == "player-Anna 2.0");
}

TEST_CASE("What a sound server cannot have becomes an underscore, one for each letter")
{
  CHECK(portName("player-a:b/c\n") == "player-a_b_c_");
  CHECK(portName("Zo\xC3\xAB") == "Zo_");
  CHECK(portName("\xE9\x9F\xB3\xE6\xA5\xBD") == "__");
  CHECK(portName("\xF0\x9F\x8E\xB8") == "_");
}

TEST_CASE("No name is empty or long")
{
  CHECK(portName("") == "_");
  CHECK(portName("\x80\x80") == "_");
  CHECK(portName(std::string(1000, 'x')).size() == 48);
  CHECK(portName(std::string("a\0b", 3)) == "a_b");
}
