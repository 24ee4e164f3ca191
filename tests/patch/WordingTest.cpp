#include "Wording.hpp"

#include <Catch.hpp>

using namespace tutti::patch;

TEST_CASE("A name keeps its letters, and loses what cannot be shown")
{
  CHECK(nameFrom("Jürgen 🎸 東京") == "Jürgen 🎸 東京");
  CHECK(nameFrom("a\nb\x7f\xc2\x85") == "a?b??");
  CHECK(nameFrom("\xc0\xaf\xed\xa0\x80\xf5") == "??????"); // overlong, a surrogate, beyond the last character
  CHECK(isName("Jürgen"));
  CHECK(isName(""));
  CHECK_FALSE(isName("a\tb"));
  CHECK_FALSE(isName("\xe2\x82")); // torn
}

TEST_CASE("A name that is too long ends with a whole character")
{
  std::string name;
  for (int i = 0; i < 150; ++i) name += "é";
  CHECK(nameFrom(name).size() == kLongestName);
  CHECK(nameFrom("x" + name).size() == kLongestName - 1);
  CHECK(isName(nameFrom("x" + name)));
}
