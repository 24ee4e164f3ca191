#include <tutti/engine/PatchPicture.hpp>

#include <regex>

#include <Catch.hpp>

using namespace tutti;
using namespace tutti::patch;

namespace {

std::ptrdiff_t countOf(const std::string& svg, const std::string& what)
{
  std::ptrdiff_t count = 0;
  for (auto at = svg.find(what); at != std::string::npos; at = svg.find(what, at + 1)) ++count;
  return count;
}

Snapshot pair()
{
  Snapshot snapshot;
  snapshot.modules.push_back(
    {.id = {1}, .type = "a", .name = "<&\">", .inputs = {}, .outputs = {{"out", 2}}, .parameters = {}});
  snapshot.modules.push_back(
    {.id = {2}, .type = "b", .name = "b", .inputs = {{"in", 2}}, .outputs = {}, .parameters = {}});
  snapshot.connections.push_back({.from = {{1}, 0}, .to = {{2}, 0}, .gain = {}});
  return snapshot;
}

} // namespace

TEST_CASE("A picture has a box for each module and a line for each cable")
{
  const auto svg = engine::patchPicture(pair());
  CHECK(countOf(svg, "<rect ") == 2);
  CHECK(countOf(svg, "<path ") == 1);
  CHECK(svg.find("&\"") == std::string::npos); // nothing of a name
  CHECK(engine::patchPicture({}).starts_with("<svg "));
}

TEST_CASE("Everything is within the picture, wherever it lies")
{
  auto snapshot = pair();
  constexpr int kFarthest = Position::kFarthest;
  for (const auto& place :
       {Position{0, 0}, Position{-kFarthest, kFarthest}, Position{kFarthest, kFarthest}}) {
    snapshot.modules[0].looks.position = place;
    snapshot.modules[1].looks.position = Position{40, -7};
    const auto svg = engine::patchPicture(snapshot);
    const std::regex corner{"rect x=\"([-0-9.]+)\" y=\"([-0-9.]+)\""};
    for (std::sregex_iterator at{svg.begin(), svg.end(), corner}; at != std::sregex_iterator{}; ++at) {
      CAPTURE(at->str());
      CHECK(std::stod((*at)[1]) >= 0);
      CHECK(std::stod((*at)[1]) < 240);
      CHECK(std::stod((*at)[2]) >= 0);
      CHECK(std::stod((*at)[2]) < 150);
    }
  }
}

TEST_CASE("The same patch is the same picture, and one that lies otherwise is another one")
{
  auto snapshot = pair();
  const auto before = engine::patchPicture(snapshot);
  CHECK(engine::patchPicture(snapshot) == before);
  snapshot.modules[0].looks.position = Position{0, 0};
  snapshot.modules[1].looks.position = Position{50, 900};
  CHECK(engine::patchPicture(snapshot) != before);
}
