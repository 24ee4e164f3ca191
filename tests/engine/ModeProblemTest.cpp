#include "ModeProblem.hpp"

#include <Catch.hpp>

using namespace tutti;
using namespace std::chrono_literals;
using engine::modeProblem;
using stream::InBeats;

namespace {

stream::PlayoutStatistics playout(InBeats state, Micros beats, Micros needed = {})
{
  stream::PlayoutStatistics statistics;
  statistics.inBeats = state;
  statistics.beats = beats;
  statistics.needed = needed;
  return statistics;
}

} // namespace

TEST_CASE("Who is heard in beats, or was not to be, is no problem")
{
  CHECK(modeProblem("Anna", 4, playout(InBeats::kept, 2s, 100ms)).empty());
  CHECK(modeProblem("Anna", 0, playout(InBeats::off, {})).empty());
}

TEST_CASE("A way that is longer than the beats says how many would do, and which tempo")
{
  CHECK(
    modeProblem("Anna", 1, playout(InBeats::tooFar, 375ms, 410ms)) ==
    "Anna needs 0.41 s to be heard here, longer than 1 beat at 160 BPM (0.38 s): choose 2 beats, or a tempo "
    "of 144 BPM or less. Until then you hear them as soon as is safe.");
  CHECK(
    modeProblem("Anna", 16, playout(InBeats::tooFar, 960ms, 1s)) ==
    "Anna needs 1.00 s to be heard here, longer than 16 beats at 1000 BPM (0.96 s): play at 955 BPM or less. "
    "Until then you hear them as soon as is safe.");
  CHECK(
    modeProblem("Anna", 1, playout(InBeats::tooFar, 2990ms, 3s)) ==
    "Anna needs 3.00 s to be heard here, longer than 1 beat at 20 BPM (2.99 s): choose 2 beats. Until then "
    "you hear them as soon as is safe.");
}

TEST_CASE("Beats that last longer than is kept say how many are, and from which tempo")
{
  CHECK(modeProblem("Anna", 16, playout(InBeats::tooLong, 16s)) ==
        "16 beats at 60 BPM are 16.0 s, but no more than 8 s are kept of Anna: choose 8 beats or fewer, or a "
        "tempo of 120 BPM or more. Until then you hear them as soon as is safe.");
}

TEST_CASE("A clock that is not known yet is waited for")
{
  CHECK(
    modeProblem("Anna", 2, playout(InBeats::unknown, 1s)) ==
    "How the clock of Anna stands to yours is still being measured. Until then you hear them as soon as is "
    "safe.");
}
