#include <Catch.hpp>
#include <Name.hpp>

using namespace tutti::linkaudio;

TEST_CASE("A name is cut where a character ends")
{
  CHECK(cutName("Drums") == "Drums");
  CHECK(cutName("").empty());
  CHECK(cutName(std::string(256, 'a')).size() == 256);
  CHECK(cutName(std::string(257, 'a')).size() == 256);
  std::string name(255, 'a');
  CHECK(cutName(name + "é") == name);
  CHECK(cutName("é" + name) == "é" + name.substr(1));
  CHECK(cutName(std::string(254, 'a') + "é").size() == 256);
}

TEST_CASE("What is no proper text is replaced before anybody sees it")
{
  CHECK(readableName("Schlagzeug ä") == "Schlagzeug ä");
  CHECK(readableName("a\xff"
                     "b") == "a\uFFFDb");
  CHECK(readableName("cut \xc3") == "cut \uFFFD");
  CHECK(readableName("bell\a and\x1b[2J") == "bell\uFFFD and\uFFFD[2J");
  CHECK(readableName(std::string(1100, '\xff')).size() <= kLongestName);
  CHECK(readableName("").empty());
}
