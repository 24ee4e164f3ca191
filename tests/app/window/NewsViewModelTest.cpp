#include "NewsViewModel.hpp"

#include <chrono>

#include <Catch.hpp>

using namespace std::chrono_literals;
using namespace tutti;
using link::Change;

namespace {

constexpr HostTime kStart = hostTime(1'000'000'000);

/// Tempo changes of a peer, each `interval` after the one before and one bpm faster, from 120 on.
engine::Snapshot turning(int changes, Micros interval)
{
  engine::Snapshot snapshot;
  for (int i = 0; i < changes; ++i)
    snapshot.link.changes.push_back({.number = static_cast<std::uint64_t>(i + 1),
                                     .at = kStart + i * interval,
                                     .kind = Change::Kind::tempo,
                                     .before = 120.0 + i,
                                     .after = 121.0 + i,
                                     .by = IpAddress::parse("10.0.0.7")});
  return snapshot;
}

} // namespace

SCENARIO("A peer who turns the tempo knob is told as one change")
{
  app::NewsViewModel news;
  news.show(turning(12, 100ms));
  CHECK(news.line().toStdString() == "Tempo 120.0 → 132.0, set by 10.0.0.7");
}

SCENARIO("Tempo changes with a pause between them are told one by one")
{
  app::NewsViewModel news;
  news.show(turning(3, 5s));
  CHECK(news.line().toStdString() == "Tempo 122.0 → 123.0, set by 10.0.0.7");
}

SCENARIO("A change by somebody else is not part of the gesture")
{
  auto snapshot = turning(3, 100ms);
  snapshot.link.changes.back().by.reset();
  app::NewsViewModel news;
  news.show(snapshot);
  CHECK(news.line().toStdString() == "Tempo 122.0 → 123.0");
}

SCENARIO("Old news is not told again")
{
  app::NewsViewModel news;
  int told = 0;
  QObject::connect(&news, &app::NewsViewModel::lineChanged, [&] { ++told; });
  news.show(turning(2, 5s));
  news.show(turning(2, 5s));
  CHECK(told == 1);
}

SCENARIO("A notice stays until it is dismissed")
{
  app::NewsViewModel news;
  news.setNotice("The settings file was set aside");
  news.show(turning(1, 1s));
  CHECK(news.notice() == "The settings file was set aside");
  news.dismissNotice();
  CHECK(news.notice().isEmpty());
}

SCENARIO("What happens elsewhere is told in the same line, until the session has news")
{
  app::NewsViewModel news;
  news.show(turning(1, 1s));
  news.tell("Lisbon's Link programs are in your session.");
  CHECK(news.line() == "Lisbon's Link programs are in your session.");
  news.show(turning(1, 1s));
  CHECK(news.line() == "Lisbon's Link programs are in your session.");
  news.show(turning(2, 5s));
  CHECK(news.line().toStdString() == "Tempo 121.0 → 122.0, set by 10.0.0.7");
}
