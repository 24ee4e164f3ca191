#include "Catch.hpp"

#include <tutti/bridge/Notice.hpp>

using namespace std::chrono_literals;

namespace tutti::bridge {

SCENARIO("B-14 B-15 B-3 B-13 every notice is a sentence that a musician understands")
{
  using What = Notice::What;
  for (const auto what : {What::siteJoined, What::siteLeft, What::sessionJoined, What::pressPlay,
                          What::clockStepped, What::tempoRefused, What::startStopRefused, What::poisonedHere,
                          What::poisonedThere, What::nowLeading, What::nowSilent}) {
    const auto text = sentence({.what = what}, "Lisbon");
    CAPTURE(text);
    CHECK(text.size() > 10);
    CHECK(text.back() == '.');
  }
  CHECK(sentence({.what = What::pressPlay}, "Lisbon") == "They are playing. Press play to join in.");
  CHECK(sentence({.what = What::clockStepped, .distance = 12'340us}, "Lisbon").find("12.3 ms") !=
        std::string::npos);
  const auto culprit = sentence(
    {.what = What::poisonedHere, .peer = NodeId{{'h', 'u', 't'}}, .address = IpAddress::v4({10, 0, 0, 9})},
    "Lisbon");
  CHECK(culprit.find("hut") != std::string::npos);
  CHECK(culprit.find("10.0.0.9") != std::string::npos);
}

} // namespace tutti::bridge
