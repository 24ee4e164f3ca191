#include "Narration.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <poll.h>

namespace tutti::app {

using namespace std::chrono_literals;
using time::HostClock;

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

void Narration::sleepUntil(HostTime moment)
{
  const auto left =
    std::chrono::ceil<std::chrono::milliseconds>(std::max(moment - HostClock::now(), Micros{0}));
  pollfd wait{interruptions_.descriptor(), POLLIN, 0};
  ::poll(&wait, 1, static_cast<int>(left.count()));
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
