#include "DeviceWatch.hpp"

#include <Catch.hpp>

using namespace tutti;
using namespace tutti::audio;
using Kind = DeviceEvent::Kind;

namespace {

constexpr auto k48 = SampleRate::fromHertz(48'000);
constexpr auto k44 = SampleRate::fromHertz(44'100);

/// A device that is looked at ten times a second.
class Story {
public:
  std::vector<DeviceEvent> look(bool isThere, std::uint64_t more, SampleRate rate = k48,
                                std::size_t frames = 64)
  {
    now_ += Micros{100'000};
    periods_ += more;
    return watch_.look({isThere, periods_, rate, frames}, now_);
  }
  std::vector<Kind> kinds(bool isThere, std::uint64_t more, SampleRate rate = k48, std::size_t frames = 64)
  {
    std::vector<Kind> kinds;
    for (const auto& event : look(isThere, more, rate, frames)) kinds.push_back(event.kind);
    return kinds;
  }
  [[nodiscard]] bool isRunning() const { return watch_.isRunning(); }

private:
  HostTime now_ = hostTime(1'000'000);
  std::uint64_t periods_ = 0;
  DeviceWatch watch_{{true, 0, k48, 64}, now_};
};

using Kinds = std::vector<Kind>;

} // namespace

TEST_CASE("A device that plays has no story")
{
  Story story;
  for (int look = 0; look < 100; ++look) CHECK(story.kinds(true, 75).empty());
  CHECK(story.isRunning());
}

TEST_CASE("A stream that ends is lost, and has returned with its next period")
{
  Story story;
  story.look(true, 75);
  CHECK(story.kinds(false, 10) == Kinds{Kind::lost});
  CHECK(story.kinds(false, 0).empty());
  CHECK_FALSE(story.isRunning());
  CHECK(story.kinds(true, 0).empty()); // it is there, but silent yet
  CHECK(story.kinds(true, 3) == Kinds{Kind::returned});
  CHECK(story.isRunning());
}

TEST_CASE("A device that hangs for half a second is lost, although it is there")
{
  Story story;
  story.look(true, 75);
  for (int look = 0; look < 4; ++look) CHECK(story.kinds(true, 0).empty());
  CHECK(story.kinds(true, 0) == Kinds{Kind::lost});
  CHECK(story.kinds(true, 0).empty());
  CHECK(story.kinds(true, 1) == Kinds{Kind::returned});
}

TEST_CASE("A device that never begins is lost after half a second")
{
  Story story;
  for (int look = 0; look < 4; ++look) CHECK(story.kinds(true, 0).empty());
  CHECK(story.kinds(true, 0) == Kinds{Kind::lost});
}

TEST_CASE("Rate and block size are told once when they change")
{
  Story story;
  CHECK(story.kinds(true, 75, k44) == Kinds{Kind::rateChanged});
  CHECK(story.kinds(true, 75, k44).empty());
  const auto events = story.look(true, 75, k44, 256);
  REQUIRE(events.size() == 1);
  CHECK(events[0].kind == Kind::framesChanged);
  CHECK(events[0].rate == k44);
  CHECK(events[0].frames == 256);
}

TEST_CASE("A device that returns as another one says both")
{
  Story story;
  story.look(true, 75);
  CHECK(story.kinds(false, 0, SampleRate::fromHertz(1), 0) == Kinds{Kind::lost});
  CHECK(story.kinds(true, 75, k44, 128) == Kinds{Kind::returned, Kind::rateChanged, Kind::framesChanged});
}

TEST_CASE("A device that ended and came back between two looks is not worth a word")
{
  Story story;
  story.look(true, 75);
  CHECK(story.kinds(true, 20).empty());
}
