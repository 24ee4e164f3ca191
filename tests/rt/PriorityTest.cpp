#include <Catch.hpp>
#include <sched.h>
#include <thread>
#include <tutti/rt/Priority.hpp>

using namespace tutti;

namespace {

struct Outcome {
  Result<void> answer;
  int policy = SCHED_OTHER;
};

Outcome ask(rt::Urgency urgency)
{
  Outcome outcome;
  std::thread{[&] {
    outcome.answer = rt::becomeUrgent(urgency);
    outcome.policy = sched_getscheduler(0) & ~SCHED_RESET_ON_FORK;
  }}.join();
  return outcome;
}

} // namespace

TEST_CASE("A thread becomes urgent, or stays as it was and says what would help")
{
  for (const auto urgency : {rt::Urgency::audio, rt::Urgency::media}) {
    const auto outcome = ask(urgency);
    CHECK((outcome.policy == SCHED_FIFO) == outcome.answer.has_value());
    if (!outcome.answer) {
      CHECK(outcome.answer.error().kind == ErrorKind::refused);
      CHECK(outcome.answer.error().detail.find("group 'audio'") != std::string::npos);
    }
  }
}
