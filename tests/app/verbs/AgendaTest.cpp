#include "verbs/link/Agenda.hpp"

#include <Catch.hpp>

namespace tutti::app {
namespace {

using namespace std::chrono_literals;
using namespace time::literals;
using Tempi = std::vector<time::Tempo>;

constexpr auto kStart = hostTime(77'000'123);

} // namespace

SCENARIO("The terminal peer reports once a second")
{
  GIVEN("an agenda without orders")
  {
    Agenda agenda{LinkOptions{}, kStart};

    THEN("the first report is due at once and the next one a second later")
    {
      CHECK(agenda.nextDeadline() == kStart);
      CHECK(agenda.advance(kStart).isSecond);
      CHECK(agenda.nextDeadline() == kStart + 1s);
      CHECK_FALSE(agenda.advance(kStart + 999'999us).isSecond);
      CHECK(agenda.advance(kStart + 1s).isSecond);
    }
    WHEN("the machine sleeps for a while")
    {
      agenda.advance(kStart);
      THEN("one report is due, not many, and the beat of seconds stays")
      {
        CHECK(agenda.advance(kStart + 100'300ms).isSecond);
        CHECK_FALSE(agenda.advance(kStart + 100'300ms).isSecond);
        CHECK(agenda.nextDeadline() == kStart + 101s);
      }
    }
    THEN("it is never over")
    {
      CHECK_FALSE(agenda.advance(kStart + 87'600h).isOver);
    }
  }
}

SCENARIO("A script orders tempi and an end")
{
  GIVEN("tempi in any order and a duration")
  {
    LinkOptions options;
    options.tempoChanges = {{2500ms, 130_bpm}, {500ms, 100_bpm}, {500ms, 101_bpm}};
    options.duration = 3s;
    Agenda agenda{options, kStart};
    agenda.advance(kStart);

    THEN("each tempo comes at its time, and of two at the same time the later said last")
    {
      CHECK(agenda.nextDeadline() == kStart + 500ms);
      CHECK(agenda.advance(kStart + 499ms).tempi.empty());
      CHECK(agenda.advance(kStart + 500ms).tempi == Tempi{100_bpm, 101_bpm});
      CHECK(agenda.advance(kStart + 501ms).tempi.empty());
      CHECK(agenda.advance(kStart + 2500ms).tempi == Tempi{130_bpm});
    }
    THEN("it is over after the duration, with all that was still due")
    {
      CHECK_FALSE(agenda.advance(kStart + 3s - 1us).isOver);
      CHECK(agenda.advance(kStart + 3s).isOver);
      CHECK(Agenda{options, kStart}.advance(kStart + 3s).tempi.size() == 3);
    }
  }
}

} // namespace tutti::app
