#include <Catch.hpp>

#include "verbs/bridge/BridgeNews.hpp"

using namespace tutti;
using namespace tutti::app;

namespace {

bridge::Told told(std::uint64_t number, std::string text)
{
  return {.number = number, .at = {}, .text = std::move(text)};
}

} // namespace

TEST_CASE("What a bridge has to say is told once", "[bridge]")
{
  BridgeNews news;
  bridge::Snapshot snapshot;
  CHECK(news.news(snapshot).empty());

  snapshot.notices = {told(1, "Lyon joined"), told(2, "Lyon stopped")};
  CHECK(news.news(snapshot).size() == 2);
  CHECK(news.news(snapshot).empty());

  // The oldest is forgotten meanwhile.
  snapshot.notices = {told(2, "Lyon stopped"), told(3, "Lyon left")};
  const auto fresh = news.news(snapshot);
  REQUIRE(fresh.size() == 1);
  CHECK(fresh.front().text == "Lyon left");
}
