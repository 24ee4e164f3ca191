#include "verbs/doctor/DoctorReport.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include <Catch.hpp>

namespace tutti::app {
namespace {

using Severity = Finding::Severity;

const Finding kFine{Severity::ok, "clock", "It ticks.", "", ""};
const Finding kSoSo{Severity::notice, "clock", "It is slow.", "You are late.", "Wind it."};
const Finding kBad{Severity::problem, "port", "Taken by \"x\xff\".", "Nobody is found.", "Close it."};

std::vector<nlohmann::json> objectsIn(const std::string& lines)
{
  std::vector<nlohmann::json> objects;
  std::istringstream stream{lines};
  for (std::string line; std::getline(stream, line);) objects.push_back(nlohmann::json::parse(line));
  return objects;
}

} // namespace

TEST_CASE("The worst finding decides")
{
  CHECK(worstOf({}) == Severity::ok);
  CHECK(worstOf({kFine, kSoSo}) == Severity::notice);
  CHECK(worstOf({kBad, kSoSo, kFine}) == Severity::problem);
}

TEST_CASE("People read topics, sentences, cures and a verdict")
{
  CHECK(describe({kFine, kSoSo}) == "clock\n"
                                    "  ok       It ticks.\n"
                                    "  notice   It is slow.\n"
                                    "           You are late.\n"
                                    "           Cure: Wind it.\n"
                                    "\n"
                                    "Nothing stands in the way; 1 notice could make it better.\n");
  CHECK(describe({kFine}).find("All is well.") != std::string::npos);
  CHECK(describe({kBad}).find("1 problem to solve before playing, and 0 notices.") != std::string::npos);
}

TEST_CASE("Scripts read one object a line and the verdict last")
{
  const auto objects = objectsIn(encodeJsonLines({kFine, kSoSo, kBad}));
  REQUIRE(objects.size() == 4);
  CHECK(objects[0] ==
        nlohmann::json{
          {"topic", "clock"}, {"severity", "ok"}, {"what", "It ticks."}, {"meaning", ""}, {"cure", ""}});
  CHECK(objects[1]["cure"] == "Wind it.");
  CHECK(objects[2]["what"] ==
        "Taken by \"x\xef\xbf\xbd\"."); // whatever a program is called, it is proper text
  CHECK(objects[3]["topic"] == "verdict");
  CHECK(objects[3]["severity"] == "problem");
  CHECK(objects[3]["problems"] == 1);
  CHECK(objects[3]["notices"] == 1);
}

} // namespace tutti::app
