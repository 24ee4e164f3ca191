#include <Catch.hpp>
#include <tutti/discovery/Announcer.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::discovery;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
constexpr auto kLeastPause = 50ms;
constexpr auto kHeartbeat = 250ms;

/// When an announcer spoke, counted from the start.
struct Voice {
  Announcer announcer;
  std::vector<std::chrono::milliseconds> spoke;

  void heard(bool isSpeaking, HostTime at)
  {
    if (isSpeaking) spoke.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(at - kStart));
  }
  void changed(HostTime at) { heard(announcer.changed(at), at); }
  void responded(HostTime at) { announcer.responded(at); }

  /// Does what falls due until then, at the moment it does.
  void playUntil(HostTime end)
  {
    while (announcer.nextDeadline() <= end) {
      const auto due = announcer.nextDeadline();
      heard(announcer.advance(due), due);
    }
  }
};

using Moments = std::vector<std::chrono::milliseconds>;

} // namespace

TEST_CASE("A new gateway announces itself exactly once, at once")
{
  Voice voice;
  voice.changed(kStart);
  voice.playUntil(kStart + kHeartbeat - 1us);
  CHECK(voice.spoke == Moments{0ms});
}

TEST_CASE("Left alone an announcer speaks four times a second")
{
  Voice voice;
  voice.changed(kStart);
  voice.playUntil(kStart + 3s);
  REQUIRE(voice.spoke.size() == 13);
  for (std::size_t i = 0; i < voice.spoke.size(); ++i)
    CHECK(voice.spoke[i] == static_cast<int>(i) * kHeartbeat);
}

TEST_CASE("Nothing is said before it is due")
{
  Voice voice;
  voice.changed(kStart);
  CHECK_FALSE(voice.announcer.advance(kStart + kHeartbeat - 1us));
  CHECK(voice.announcer.advance(kStart + kHeartbeat));
}

TEST_CASE("A burst of changes is two announcements, the second with the last word")
{
  Voice voice;
  voice.changed(kStart);
  for (auto at = kStart + 1ms; at <= kStart + 40ms; at += 1ms) voice.changed(at);
  voice.playUntil(kStart + kLeastPause + kHeartbeat - 1ms);
  CHECK(voice.spoke == Moments{0ms, kLeastPause});
}

TEST_CASE("A change after a pause is announced at once, and the heartbeat starts over")
{
  Voice voice;
  voice.changed(kStart);
  voice.playUntil(kStart + 100ms);
  voice.changed(kStart + 100ms);
  voice.playUntil(kStart + 100ms + kHeartbeat);
  CHECK(voice.spoke == Moments{0ms, 100ms, 100ms + kHeartbeat});
}

TEST_CASE("A pause is counted in whole milliseconds, as the reference counts it")
{
  Voice voice;
  voice.changed(kStart);
  voice.changed(kStart + kLeastPause - 1us); // 49 whole ms: 1 ms is missing
  CHECK(voice.spoke.size() == 1);
  CHECK(voice.announcer.nextDeadline() == kStart + kLeastPause - 1us + 1ms);
  voice.changed(kStart + kLeastPause);
  CHECK(voice.spoke.size() == 2);
}

TEST_CASE("A Response shortly before holds a heartbeat back until 50 ms after it")
{
  Voice voice;
  voice.changed(kStart);
  voice.responded(kStart + kHeartbeat - 20ms);
  voice.playUntil(kStart + kHeartbeat + kLeastPause);
  CHECK(voice.spoke == Moments{0ms, kHeartbeat - 20ms + kLeastPause});
}

TEST_CASE("A Response shortly before holds a change back too")
{
  Voice voice;
  voice.changed(kStart);
  voice.responded(kStart + 100ms);
  voice.changed(kStart + 110ms);
  voice.playUntil(kStart + 200ms);
  CHECK(voice.spoke == Moments{0ms, 150ms});
}

TEST_CASE("However many peers are answered, an announcement is postponed four times at most")
{
  Voice voice;
  voice.changed(kStart);
  for (auto at = kStart; at < kStart + 10s; at += 10ms) {
    voice.playUntil(at);
    voice.responded(at);
  }
  REQUIRE(voice.spoke.size() > 10);
  for (std::size_t i = 1; i < voice.spoke.size(); ++i)
    CHECK(voice.spoke[i] - voice.spoke[i - 1] <= kHeartbeat + 4 * kLeastPause);
}

TEST_CASE("An alarm that comes late is served at once")
{
  Voice voice;
  voice.changed(kStart);
  CHECK(voice.announcer.advance(kStart + 7s));
  CHECK(voice.announcer.nextDeadline() == kStart + 7s + kHeartbeat);
}

TEST_CASE("Changes and answers without end do not silence an announcer")
{
  Voice voice;
  voice.changed(kStart);
  for (auto at = kStart; at < kStart + 10s; at += 10ms) {
    voice.playUntil(at);
    voice.responded(at);
    voice.changed(at);
  }
  REQUIRE(voice.spoke.size() > 10);
  for (std::size_t i = 1; i < voice.spoke.size(); ++i) {
    CHECK(voice.spoke[i] - voice.spoke[i - 1] >= kLeastPause);
    CHECK(voice.spoke[i] - voice.spoke[i - 1] <= 5 * kLeastPause);
  }
}
