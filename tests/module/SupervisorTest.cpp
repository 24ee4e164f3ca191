#include <Catch.hpp>
#include <algorithm>

#include <tutti/module/Supervisor.hpp>

using namespace tutti;
using namespace tutti::module;
using namespace std::chrono_literals;
using Ending = Supervisor::Ending;
using State = Supervisor::State;

namespace {

const Wanted kTone{"tone", "tone 440"};

bool hasStart(const SupervisorActions& actions)
{
  return std::ranges::any_of(actions,
                             [](const auto& action) { return std::holds_alternative<Start>(action); });
}
bool hasStop(const SupervisorActions& actions, Stop::Way way)
{
  return std::ranges::any_of(actions, [way](const auto& action) {
    const auto* stop = std::get_if<Stop>(&action);
    return stop != nullptr && stop->way == way;
  });
}

/// One process that crashes whenever it has lived for so long; how long after each crash it starts again.
std::vector<Micros> pauses(Micros life, int crashes)
{
  Supervisor supervisor;
  HostTime now{};
  supervisor.want({kTone}, now);
  std::vector<Micros> all;
  for (int i = 0; i < crashes; ++i) {
    now += life;
    supervisor.ended("tone", Ending::crashed, "It was killed.", now);
    const auto next = supervisor.nextDeadline();
    if (!next) break;
    CHECK_FALSE(hasStart(supervisor.advance(*next - 1us)));
    CHECK(hasStart(supervisor.advance(*next)));
    all.push_back(*next - now);
    now = *next;
  }
  return all;
}

} // namespace

TEST_CASE("What is wanted is started once")
{
  Supervisor supervisor;
  CHECK(hasStart(supervisor.want({kTone}, {})));
  CHECK(supervisor.want({kTone}, HostTime{} + 1s).empty());
  CHECK(supervisor.picture("tone")->state == State::running);
  CHECK(supervisor.isComing("tone"));
  CHECK_FALSE(supervisor.nextDeadline());
}

TEST_CASE("One that crashes is back after a tenth of a second, and each further time after twice as long")
{
  CHECK(pauses(50ms, 20) == std::vector<Micros>{100ms, 200ms, 400ms, 800ms, 1600ms, 3200ms, 5s});
}

TEST_CASE("One that has run for ten seconds begins anew")
{
  const auto all = pauses(10s, 5);
  CHECK(std::ranges::count(all, Micros{100ms}) == 5);
}

TEST_CASE(
  "Eight crashes within a minute, and it is given up, with the reason; asked again, it gets another chance")
{
  Supervisor supervisor;
  HostTime now{};
  supervisor.want({kTone}, now);
  for (int i = 0; i < 8; ++i) {
    supervisor.ended("tone", Ending::crashed, "It was ended by a signal (Killed).", now);
    if (const auto next = supervisor.nextDeadline()) now = *next;
    supervisor.advance(now);
  }
  const auto picture = *supervisor.picture("tone");
  CHECK(picture.state == State::givenUp);
  CHECK(picture.crashes == 8);
  CHECK(picture.why == "It was ended by a signal (Killed).");
  CHECK_FALSE(supervisor.isComing("tone"));
  CHECK_FALSE(supervisor.nextDeadline());
  CHECK(hasStart(supervisor.again("tone", now)));
  supervisor.ended("tone", Ending::crashed, "x", now);
  CHECK(*supervisor.nextDeadline() == now + 100ms);
}

TEST_CASE("Eight crashes in eight minutes are none too many")
{
  CHECK(pauses(60s, 100).size() == 100);
}

TEST_CASE("One that ends by itself is left alone")
{
  Supervisor supervisor;
  supervisor.want({kTone}, {});
  CHECK(supervisor.ended("tone", Ending::done, "It has ended by itself.", HostTime{} + 1s).empty());
  CHECK_FALSE(supervisor.nextDeadline());
  CHECK(supervisor.picture("tone")->state == State::finished);
  CHECK(hasStart(supervisor.again("tone", HostTime{} + 2s)));
}

TEST_CASE("What is not wanted any more is asked to end, and killed after two seconds")
{
  Supervisor supervisor;
  supervisor.want({kTone}, {});
  CHECK(hasStop(supervisor.want({}, {}), Stop::Way::ask));
  CHECK(*supervisor.nextDeadline() == HostTime{} + 2s);
  CHECK(hasStop(supervisor.advance(HostTime{} + 2s), Stop::Way::kill));
  CHECK_FALSE(supervisor.nextDeadline());
  CHECK(supervisor.ended("tone", Ending::crashed, "It was killed.", HostTime{} + 3s).empty());
  CHECK_FALSE(supervisor.picture("tone"));
}

TEST_CASE("Who is wanted again while ending starts once it has ended")
{
  Supervisor supervisor;
  supervisor.want({kTone}, {});
  supervisor.want({}, {});
  CHECK(supervisor.want({kTone}, {}).empty());
  CHECK(hasStart(supervisor.ended("tone", Ending::done, "", HostTime{} + 1s)));
  CHECK(supervisor.picture("tone")->state == State::running);
}

TEST_CASE("Another command under the same name is another process: the old one ends, then the new one starts")
{
  Supervisor supervisor;
  supervisor.want({kTone}, {});
  const Wanted other{"tone", "tone 220"};
  CHECK(hasStop(supervisor.want({other}, {}), Stop::Way::ask));
  CHECK(hasStart(supervisor.ended("tone", Ending::crashed, "", HostTime{} + 1s)));
  CHECK(supervisor.picture("tone")->crashes == 0);
}

TEST_CASE("A program that is not there is missing, and not tried again by itself")
{
  Supervisor supervisor;
  supervisor.want({kTone}, {});
  supervisor.missing("tone", "There is no program 'tone'.");
  CHECK(supervisor.picture("tone")->state == State::missing);
  CHECK_FALSE(supervisor.nextDeadline());
  CHECK_FALSE(supervisor.isComing("tone"));
  CHECK(hasStart(supervisor.again("tone", {})));
}

TEST_CASE("One that stalls is killed, and comes back as after a crash")
{
  Supervisor supervisor;
  supervisor.want({kTone}, {});
  CHECK(hasStop(supervisor.stalled("tone"), Stop::Way::kill));
  supervisor.ended("tone", Ending::crashed, "", HostTime{} + 1s);
  CHECK(*supervisor.nextDeadline() == HostTime{} + 1100ms);
  CHECK(supervisor.stalled("tone").empty());
}

TEST_CASE("What is told of processes that nobody wants changes nothing")
{
  Supervisor supervisor;
  CHECK(supervisor.ended("x", Ending::crashed, "", {}).empty());
  CHECK(supervisor.stalled("x").empty());
  CHECK(supervisor.again("x", {}).empty());
  supervisor.missing("x", "");
  CHECK_FALSE(supervisor.picture("x"));
}
