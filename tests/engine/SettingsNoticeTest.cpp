#include "Catch.hpp"
#include "SettingsText.hpp"

using namespace tutti;

TEST_CASE("Why a text does not parse is told without control codes of the text")
{
  const auto reading = engine::parseSettings("tempo: \"\\\x1b\"");
  REQUIRE_FALSE(reading);
  CHECK(reading.error().detail.find('\x1b') == std::string::npos);
  CHECK(reading.error().detail.find("line 1") == 0);
}
