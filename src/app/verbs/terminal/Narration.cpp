#include "Narration.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <poll.h>

namespace tutti::app {

using namespace std::chrono_literals;
using time::HostClock;

namespace {

int millisUntil(HostTime moment)
{
  const auto left = std::max(moment - HostClock::now(), Micros{0});
  return static_cast<int>(std::min<std::int64_t>(std::chrono::ceil<std::chrono::milliseconds>(left).count(),
                                                 std::numeric_limits<int>::max()));
}

} // namespace

Narration::Narration(std::optional<Micros> duration)
  : display_{interruptions_.descriptor()}
  , next_{HostClock::now()}
{
  if (duration) end_ = next_ + *duration;
}

Narration::~Narration()
{
  display_.endLive();
}

void Narration::line(std::string_view text)
{
  heed(display_.line(text));
}

void Narration::live(std::string_view text)
{
  heed(display_.live(text));
}

bool Narration::nextSecond()
{
  if (end_ && next_ >= *end_) return false;
  next_ +=
    1s * ((HostClock::now() - next_) / 1s + 1); // seconds that passed while we were busy are not made up for
  if (end_) next_ = std::min(next_, *end_);
  while (!isOver_ && HostClock::now() < next_) sleepUntil(next_);
  return !isOver_;
}

bool Narration::waitFor(int descriptor)
{
  while (!isOver_) {
    std::array<pollfd, 2> waits{{{descriptor, POLLIN, 0}, {interruptions_.descriptor(), POLLIN, 0}}};
    ::poll(waits.data(), waits.size(), end_ ? millisUntil(*end_) : -1);
    heedInterruptions();
    isOver_ = isOver_ || (end_ && HostClock::now() >= *end_);
    if (!isOver_ && waits[0].revents != 0) return true;
  }
  return false;
}

void Narration::sleepUntil(HostTime moment)
{
  pollfd wait{interruptions_.descriptor(), POLLIN, 0};
  ::poll(&wait, 1, millisUntil(moment));
  heedInterruptions();
}

void Narration::heedInterruptions()
{
  while (const auto interruption = interruptions_.next()) {
    if (*interruption == Interruption::leave) {
      isOver_ = true;
      return;
    }
    display_.endLive();
    ::raise(SIGSTOP); // here we sleep until the shell calls us back
  }
}

void Narration::heed(Display::Outcome outcome)
{
  isOver_ = isOver_ || outcome == Display::Outcome::readerGone;
}

int fail(const Error& error)
{
  std::fprintf(stderr, "tutti: %s\n", error.detail.c_str());
  return EXIT_FAILURE;
}

} // namespace tutti::app
