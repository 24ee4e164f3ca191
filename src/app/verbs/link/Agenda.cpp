#include "Agenda.hpp"

#include <algorithm>

namespace tutti::app {

using namespace std::chrono_literals;

Agenda::Agenda(const LinkOptions& options, HostTime start)
  : nextSecond_{start}
{
  for (const auto& [after, tempo] : options.tempoChanges) tempi_.emplace(start + after, tempo);
  if (options.duration) end_ = start + *options.duration;
}

Agenda::Due Agenda::advance(HostTime now)
{
  Due due;
  const auto later = tempi_.upper_bound(now);
  for (auto tempo = tempi_.begin(); tempo != later; ++tempo) due.tempi.push_back(tempo->second);
  tempi_.erase(tempi_.begin(), later);
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
  if (!tempi_.empty()) next = std::min(next, tempi_.begin()->first);
  if (end_) next = std::min(next, *end_);
  return next;
}

} // namespace tutti::app
