#include "window/Wording.hpp"

#include <QLocale>

#include <chrono>

#include <Catch.hpp>

using namespace std::chrono_literals;
using namespace tutti;
using namespace tutti::app;
using link::Change;

namespace {

std::string text(const QString& words)
{
  return words.toStdString();
}

Change change(Change::Kind kind, double before = 0, double after = 0, const char* by = nullptr)
{
  Change change;
  change.kind = kind;
  change.before = before;
  change.after = after;
  if (by) change.by = IpAddress::parse(by);
  return change;
}

} // namespace

SCENARIO("A tempo shows as many digits as it takes")
{
  CHECK(text(wording::tempo(128)) == "128.0");
  CHECK(text(wording::tempo(122.00006913)) == "122.0");
  CHECK(text(wording::tempo(128.25)) == "128.25");
  CHECK(text(wording::tempo(99.999)) == "100.0");
}

SCENARIO("A duration has two digits and a unit that suits it")
{
  CHECK(text(wording::duration(0us)) == "0\u00a0µs");
  CHECK(text(wording::duration(7us)) == "7\u00a0µs");
  CHECK(text(wording::duration(412us)) == "410\u00a0µs");
  CHECK(text(wording::duration(994us)) == "990\u00a0µs");
  CHECK(text(wording::duration(996us)) == "1.0\u00a0ms");
  CHECK(text(wording::duration(1'430us)) == "1.4\u00a0ms");
  CHECK(text(wording::duration(9'960us)) == "10\u00a0ms");
  CHECK(text(wording::duration(15'400us)) == "15\u00a0ms");
  CHECK(text(wording::duration(2'340ms)) == "2.3\u00a0s");
}

SCENARIO("An offset has a sign, except where there is none")
{
  CHECK(text(wording::offset(12us)) == "+12\u00a0µs");
  CHECK(text(wording::offset(-38us)) == "−38\u00a0µs");
  CHECK(text(wording::offset(0us)) == "0\u00a0µs");
}

SCENARIO("An age is coarse")
{
  CHECK(text(wording::age(59s)) == "now");
  CHECK(text(wording::age(61s)) == "1 min ago");
  CHECK(text(wording::age(119s)) == "1 min ago");
  CHECK(text(wording::age(125min)) == "2 h ago");
}

SCENARIO("Every change is a sentence that names who did it")
{
  using Kind = Change::Kind;
  CHECK(text(wording::change(change(Kind::tempo, 128, 132, "192.168.1.20"))) ==
        "Tempo 128.0 → 132.0, set by 192.168.1.20");
  CHECK(text(wording::change(change(Kind::tempo, 128, 132.55))) == "Tempo 128.0 → 132.55");
  CHECK(text(wording::change(change(Kind::started, 0, 0, "fe80::1"))) == "Started by fe80::1");
  CHECK(text(wording::change(change(Kind::stopped))) == "Stopped here");
  CHECK(text(wording::change(change(Kind::peerJoined, 1, 2, "10.0.0.7"))).starts_with("10.0.0.7 joined: 2 "));
  CHECK(text(wording::change(change(Kind::peerLeft, 2, 1))).starts_with("A peer left: 1 "));
  CHECK(text(wording::change(change(Kind::sessionJoined, 0, 0, "10.0.0.7"))) ==
        "Joined the session of 10.0.0.7");
  CHECK(text(wording::change(change(Kind::enabled))) == "Link is on");
}

SCENARIO("Shares have as many digits as can be heard")
{
  CHECK(wording::share(0) == "0\u00a0%");
  CHECK(wording::share(0.0004) == "0\u00a0%");
  CHECK(wording::share(0.0125) == "1.3\u00a0%");
  CHECK(wording::share(0.123) == "12\u00a0%");
}

SCENARIO("A recorder counts minutes and seconds, then hours")
{
  CHECK(wording::elapsed(7'900ms) == "0:07");
  CHECK(wording::elapsed(754s) == "12:34");
  CHECK(wording::elapsed(3'723s) == "1:02:03");
}

SCENARIO("The way to somebody is told, also when there is none yet")
{
  CHECK(text(wording::path(room::PathKind::lan)) == "Direct, on this network");
  CHECK(text(wording::path(room::PathKind::direct)) == "Direct, over the Internet");
  CHECK(text(wording::path(room::PathKind::turn)) == "Through a relay");
  CHECK(text(wording::path(room::PathKind::forwarder)) == "Through the room's server");
  CHECK(text(wording::path(std::nullopt)) == "No way found yet");
}
