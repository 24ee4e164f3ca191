#include "verbs/demo/DemoReport.hpp"

#include <nlohmann/json.hpp>

#include <Catch.hpp>

namespace tutti::app {
namespace {

using namespace std::chrono_literals;

DemoEar ear(const std::string& listener, const std::string& heard, Micros playout)
{
  DemoEar ear;
  ear.listener = listener;
  ear.heard.name = heard;
  ear.heard.isHeard = true;
  ear.heard.lostShare = 0.012;
  ear.heard.delay.deviceIn = 1'300us;
  ear.heard.delay.playout = playout;
  return ear;
}

std::size_t count(const std::string& text, const std::string& word)
{
  std::size_t found = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
  return found;
}

} // namespace

TEST_CASE("Who hears whom, after how long and why, is told in words and to scripts")
{
  const auto anna = ear("Anna", "Bela", 2'700us);
  CHECK(earText(anna).starts_with("Anna hears Bela after 4.0 ms: their device 1.3,"));
  CHECK(earText(anna).find("1.2 % lost") != std::string::npos);
  const auto told = nlohmann::json::parse(earJson(hostTime(7), anna));
  CHECK(told["listener"] == "Anna");
  CHECK(told["player"] == "Bela");
  CHECK(told["delayMs"]["total"] == 4.0);
  CHECK(nlohmann::json::parse(beatJson(hostTime(7), {"Anna", 132.00004, 1}))["tempo"] == 132.0);
}

TEST_CASE("The picture has a bar of six parts for each ear, and the longest fills the width")
{
  const auto picture = demoPicture({ear("Anna", "Bela", 2'700us), ear("Bela", "Anna", 700us)});
  CHECK(picture.starts_with("<svg "));
  CHECK(picture.ends_with("</svg>\n"));
  CHECK(picture.find("Anna hears Bela after 4.0 ms") != std::string::npos);
  CHECK(count(picture, "<rect") == 1 + 2 * 6 + 6);
  CHECK(picture.find("width=\"453.6\"") != std::string::npos); // 2.7 of 4.0 ms of 672 pixels
}

TEST_CASE("A delay that is not known yet draws no bar backwards")
{
  CHECK(demoPicture({ear("Anna", "Bela", -5'000us)}).find("width=\"-") == std::string::npos);
}

} // namespace tutti::app
