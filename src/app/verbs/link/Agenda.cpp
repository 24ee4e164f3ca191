#include "Agenda.hpp"

#include <algorithm>

namespace tutti::app {

using namespace std::chrono_literals;

Agenda::Agenda(const LinkOptions& options, HostTime start)
  : start_{start}
  , nextSecond_{start}
  , tempoChanges_{options.tempoChanges}
{
  std::ranges::reverse(tempoChanges_);
  std::ranges::stable_sort(tempoChanges_, std::ranges::greater{}, &TempoChange::after);
  if (options.duration) end_ = start + *options.duration;
}

Agenda::Due Agenda::advance(HostTime now)
{
  Due due;
  for (; !tempoChanges_.empty() && start_ + tempoChanges_.back().after <= now; tempoChanges_.pop_back())
    due.tempi.push_back(tempoChanges_.back().tempo);
  if (nextSecond_ <= now) {
    due.isSecond = true;
    nextSecond_ += 1s * ((now - nextSecond_) / 1s + 1);
  }
  due.isOver = end_ && *end_ <= now;
  return due;
}

HostTime Agenda::nextDeadline() const
{
  auto next = nextSecond_;
  if (!tempoChanges_.empty()) next = std::min(next, start_ + tempoChanges_.back().after);
  if (end_) next = std::min(next, *end_);
  return next;
}

} // namespace tutti::app
