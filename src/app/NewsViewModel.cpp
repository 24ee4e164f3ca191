#include "NewsViewModel.hpp"

#include <chrono>

#include "window/Wording.hpp"

namespace tutti::app {

namespace {

constexpr Micros kOneGesture = std::chrono::milliseconds{1'500}; // a hand that pauses longer means it

bool continues(const link::Change& earlier, const link::Change& later)
{
  return earlier.kind == link::Change::Kind::tempo && later.kind == link::Change::Kind::tempo &&
         earlier.by == later.by && later.at - earlier.at <= kOneGesture;
}

/// The newest change, reaching back to where its gesture began.
link::Change newest(const std::vector<link::Change>& changes)
{
  auto told = changes.back();
  for (auto i = changes.size() - 1; i > 0 && continues(changes[i - 1], changes[i]); --i)
    told.before = changes[i - 1].before;
  return told;
}

} // namespace

void NewsViewModel::show(const engine::Snapshot& snapshot)
{
  const auto& changes = snapshot.link.changes;
  if (changes.empty() || changes.back().number == lastNumber_) return;
  lastNumber_ = changes.back().number;
  tell(wording::change(newest(changes)));
}

void NewsViewModel::tell(const QString& line)
{
  if (line == line_) return;
  line_ = line;
  emit lineChanged();
}

void NewsViewModel::setNotice(const QString& notice)
{
  if (notice == notice_) return;
  notice_ = notice;
  emit noticeChanged();
}

} // namespace tutti::app
