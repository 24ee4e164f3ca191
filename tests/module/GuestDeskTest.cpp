#include <Catch.hpp>
#include <algorithm>
#include <string>

#include <tutti/module/GuestDesk.hpp>
#include <tutti/module/Membership.hpp>

#include "Stage.hpp"

using namespace tutti;
using namespace tutti::module;
using namespace std::chrono_literals;

namespace {

const patch::ProcessDescription kEcho{"echo", "/usr/bin/echo-module", {"--wet"}};
const audio::SampleRate k48 = audio::SampleRate::fromHertz(48'000);

Card card(std::string name = "Echo")
{
  return {.name = std::move(name), .description = {}, .inputs = {{"in", 2}}, .outputs = {{"out", 2}}};
}

Approvals approved()
{
  Approvals approvals;
  approvals.add(kEcho);
  return approvals;
}

GuestDesk::Setup setup()
{
  return {.pace = {k48, 64}, .admitsStrangers = true, .drawToken = [n = 0]() mutable {
            return "token " + std::to_string(++n);
          }};
}

/// A desk, and what it did last.
struct Scene {
  GuestDesk desk;
  HostTime now{};
  GuestOutbox out;

  explicit Scene(GuestDesk::Setup how = setup())
    : desk{std::move(how)}
  {}

  void join(std::uint32_t id, const Card& who, const std::string& token = {})
  {
    out = {};
    desk.called({id}, {}, now, out);
    desk.receive({id}, encode(Hello{token, who}), now, out);
  }
  void say(std::uint32_t id, const Message& message)
  {
    out = {};
    desk.receive({id}, encode(message), now, out);
  }
  void hangUp(std::uint32_t id)
  {
    out = {};
    desk.hungUp({id}, now, out);
  }
  void want(std::vector<patch::ProcessDescription> processes)
  {
    out = {};
    desk.want(std::move(processes), approved(), now, out);
  }
  /// Time passes, and everybody there gives signs of life.
  void pass(Micros time, std::initializer_list<std::uint32_t> alive)
  {
    for (const auto end = now + time; now < end;) {
      now += 50ms;
      for (const auto id : alive) desk.receive({id}, encode(Heartbeat{}), now, out);
      desk.advance(now, out);
    }
  }
  [[nodiscard]] std::string refusal() const
  {
    for (const auto& saying : out.sayings) {
      const auto message = parseMessage(saying.message).value();
      if (const auto* refusal = std::get_if<Refusal>(&message)) return refusal->reason;
    }
    return {};
  }
  [[nodiscard]] const GuestOutbox::Saying* welcome() const
  {
    const auto found =
      std::ranges::find_if(out.sayings, [](const auto& saying) { return saying.shape.has_value(); });
    return found == out.sayings.end() ? nullptr : &*found;
  }
};

} // namespace

TEST_CASE("A program that comes by itself gets a name, memory and a place in the patch")
{
  Scene scene;
  scene.join(1, card());
  REQUIRE(scene.out.arrivals.size() == 1);
  CHECK(scene.out.arrivals.front().name == "Echo");
  CHECK(scene.out.arrivals.front().module->inputs() == std::vector<patch::Port>{{"in", 2}});
  REQUIRE(scene.welcome());
  CHECK(scene.welcome()->shape == LaneShape::of(2, 2, 64));
  CHECK(scene.welcome()->memory.isOpen());
  const auto guests = scene.desk.guests();
  REQUIRE(guests.size() == 1);
  CHECK(guests.front().isHere);
  CHECK(guests.front().trouble.empty());
}

TEST_CASE("Those that are called the same are numbered, however long the name")
{
  Scene scene;
  const std::string longest(Card::kLongestName, 'x');
  for (std::uint32_t id = 1; id < 5; ++id) {
    scene.join(id, card(longest));
    REQUIRE(scene.out.arrivals.size() == 1);
    CHECK(scene.out.arrivals.front().name.size() <= Card::kLongestName);
  }
  CHECK(scene.desk.guests().size() == 4);
}

TEST_CASE("A program that leaves is gone, and so is one that came by itself and crashed")
{
  Scene scene;
  scene.join(1, card("A"));
  scene.join(2, card("B"));
  scene.say(1, Leave{"Good night."});
  REQUIRE(scene.out.departures.size() == 1);
  CHECK(scene.out.departures.front().name == "A");
  CHECK(scene.out.departures.front().why == "Good night.");
  scene.hangUp(2);
  REQUIRE(scene.out.departures.size() == 1);
  CHECK(scene.out.departures.front().name == "B");
  CHECK(scene.desk.guests().empty());
}

TEST_CASE("Who comes with a token that was not given out is refused; strangers may be, too")
{
  Scene scene;
  scene.join(1, card(), "stolen");
  CHECK(scene.refusal().find("token") != std::string::npos);
  CHECK(scene.desk.guests().empty());
  auto closed = setup();
  closed.admitsStrangers = false;
  Scene house{std::move(closed)};
  house.join(1, card());
  CHECK_FALSE(house.refusal().empty());
}

TEST_CASE("Only what the user has approved is started, and each start has a token of its own")
{
  Scene scene;
  scene.want({kEcho, {"evil", "/bin/rm", {"-rf", "/"}}});
  REQUIRE(scene.out.starts.size() == 1);
  CHECK(scene.out.starts.front().process == kEcho);
  CHECK(scene.out.starts.front().token == "token 1");
  const auto pictures = scene.desk.processes();
  REQUIRE(pictures.size() == 2);
  CHECK(pictures[0].state == ProcessPicture::State::running);
  CHECK(pictures[0].text == "It runs, and has not joined yet.");
  CHECK(pictures[1].state == ProcessPicture::State::notApproved);
  CHECK(pictures[1].command == "/bin/rm -rf /");
}

TEST_CASE("A process that crashes keeps its place, says why, and plays on in the same module when it is back")
{
  Scene scene;
  scene.want({kEcho});
  scene.join(1, card(), "token 1");
  const auto module = scene.out.arrivals.at(0).module;
  CHECK(scene.desk.processes().front().text == "It plays.");

  scene.hangUp(1); // first the line breaks, then the system tells
  CHECK(scene.out.departures.empty());
  scene.desk.ended("echo", Supervisor::Ending::crashed, "It was ended by a signal (Killed).", scene.now,
                   scene.out);
  CHECK(scene.out.departures.empty());
  CHECK_FALSE(scene.desk.guests().front().isHere);
  CHECK(scene.desk.guests().front().trouble == "It was ended by a signal (Killed).");

  scene.pass(100ms, {});
  REQUIRE(scene.out.starts.size() == 1);
  CHECK(scene.out.starts.front().token == "token 2");
  scene.join(2, card(), "token 2");
  CHECK(scene.out.arrivals.empty());
  REQUIRE(scene.welcome());
  CHECK(scene.desk.guests().size() == 1);
  CHECK(scene.desk.guests().front().isHere);
  CHECK(scene.desk.guests().front().trouble.empty());
  scene.join(3, card(), "token 1"); // of the dead one
  CHECK_FALSE(scene.refusal().empty());
}

TEST_CASE("One that comes back with other ports is another module")
{
  Scene scene;
  scene.want({kEcho});
  scene.join(1, card(), "token 1");
  scene.hangUp(1);
  scene.desk.ended("echo", Supervisor::Ending::crashed, "x", scene.now, scene.out);
  scene.pass(100ms, {});
  auto other = card();
  other.outputs.push_back({"dry", 1});
  scene.join(2, other, "token 2");
  REQUIRE(scene.out.arrivals.size() == 1);
  CHECK(scene.out.arrivals.front().name == "Echo 2");
}

TEST_CASE("One that is given up, finished or not wanted any more loses its place, with the reason")
{
  Scene scene;
  scene.want({kEcho});
  scene.join(1, card(), "token 1");
  scene.hangUp(1);
  for (int i = 0; i < 8; ++i) {
    scene.desk.ended("echo", Supervisor::Ending::crashed, "It was ended by a signal (Killed).", scene.now,
                     scene.out);
    scene.pass(6s, {});
  }
  REQUIRE(scene.out.departures.size() == 1);
  CHECK(scene.out.departures.front().why == "It was ended by a signal (Killed).");
  CHECK(scene.desk.processes().front().state == ProcessPicture::State::givenUp);

  Scene other;
  other.want({kEcho});
  other.join(1, card(), "token 1");
  other.want({});
  REQUIRE(other.out.stops.size() == 1);
  other.hangUp(1);
  CHECK(other.out.departures.size() == 1);
}

TEST_CASE("One that stalls or floods is put out and killed, and the others play on")
{
  Scene scene;
  scene.want({kEcho});
  scene.join(1, card(), "token 1");
  scene.join(2, card("Other"));
  scene.out = {};
  scene.pass(2s, {2});
  REQUIRE(scene.out.stops.size() == 1);
  CHECK(scene.out.stops.front().way == Stop::Way::kill);
  const auto guests = scene.desk.guests();
  REQUIRE(guests.size() == 2);
  CHECK(guests[0].trouble == "It has not answered for a second.");
  CHECK(guests[1].isHere);

  scene.out = {};
  for (int i = 0; i < 100; ++i) scene.desk.receive({2}, encode(Heartbeat{}), scene.now, scene.out);
  REQUIRE(scene.out.departures.size() == 1);
  CHECK(scene.out.departures.front().why.find("flood") != std::string::npos);
}

TEST_CASE("Where the sound device takes another rate or other blocks, guests are welcomed anew")
{
  Scene scene;
  scene.join(1, card());
  auto module = std::dynamic_pointer_cast<ProcessModule>(scene.out.arrivals.at(0).module);
  test::Stage stage;
  const auto render = [&](std::size_t frames) {
    stage.play(frames, [&](const patch::Rendering& rendering) { module->render(rendering); });
  };
  render(64);
  scene.out = {};
  scene.pass(3s, {1});
  CHECK_FALSE(scene.welcome());
  render(128); // a single longer one is none
  scene.pass(500ms, {1});
  CHECK_FALSE(scene.welcome());
  scene.pass(1s, {1});
  REQUIRE(scene.welcome());
  CHECK(scene.welcome()->shape->block == 128);
  CHECK(scene.desk.guests().size() == 1);

  stage.rate = audio::SampleRate::fromHertz(44'100);
  render(128);
  scene.out = {};
  scene.pass(200ms, {1});
  REQUIRE(scene.welcome());
  const auto words = parseMessage(scene.welcome()->message).value();
  CHECK(std::get<Welcome>(words).rate == 44'100);
}

TEST_CASE("Who wants another rate than the sound device has is told so")
{
  Scene scene;
  auto other = card();
  other.rate = 44'100;
  scene.join(1, other);
  CHECK(scene.refusal() == "It plays at 44100 frames a second only, and the sound device at 48000.");
}

TEST_CASE("A block of one's own is kept, whatever the device has")
{
  Scene scene;
  auto other = card();
  other.block = 512;
  scene.join(1, other);
  REQUIRE(scene.welcome());
  CHECK(scene.welcome()->shape->block == 512);
}

TEST_CASE("The card says what is wrong while it is, and no longer")
{
  Scene scene;
  scene.join(1, card());
  auto module = std::dynamic_pointer_cast<ProcessModule>(scene.out.arrivals.at(0).module);
  test::Stage stage;
  for (int i = 0; i < 20; ++i)
    stage.play(64, [&](const patch::Rendering& rendering) { module->render(rendering); });
  scene.pass(600ms, {1});
  CHECK(scene.desk.guests().front().trouble.find("does not keep up: 19 of 19") != std::string::npos);
  scene.pass(1s, {1});
  CHECK_FALSE(scene.desk.guests().front().trouble.empty()); // long enough to be read
  scene.pass(2s, {1});
  CHECK(scene.desk.guests().front().trouble.empty());
}

TEST_CASE("There is room for 64, and who comes then is told so")
{
  Scene scene;
  for (std::uint32_t id = 0; id < 64; ++id) scene.join(id, card());
  CHECK(scene.desk.guests().size() == 64);
  scene.join(64, card());
  CHECK(scene.refusal().find("64") != std::string::npos);
  CHECK(scene.desk.guests().size() == 64);
}

TEST_CASE("When Tutti closes, everybody is told, and programs are asked to end")
{
  Scene scene;
  scene.want({kEcho});
  scene.join(1, card(), "token 1");
  scene.join(2, card("Other"));
  scene.out = {};
  scene.desk.close("Tutti was closed.", scene.now, scene.out);
  CHECK(scene.out.hangUps.size() == 2);
  CHECK(scene.out.stops.size() == 1);
  CHECK(scene.out.sayings.size() == 2);
}
