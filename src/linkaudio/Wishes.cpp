#include "Wishes.hpp"

#include <algorithm>
#include <chrono>

namespace tutti::linkaudio {
namespace {

constexpr std::chrono::seconds kPeriod{1}; // the reference asks every 5 s: one lost request would be silence

} // namespace

bool Wishes::add(const ChannelId& id)
{
  if (wishes_.size() >= kMost && !wishes_.contains(id)) return false;
  ++wishes_[id].listeners;
  return true;
}

bool Wishes::remove(const ChannelId& id)
{
  const auto found = wishes_.find(id);
  if (found == wishes_.end() || --found->second.listeners > 0) return false;
  wishes_.erase(found);
  return true;
}

std::vector<Wishes::Question> Wishes::due(const Locate& locate, HostTime now)
{
  std::vector<Question> questions;
  for (auto& [id, wish] : wishes_) {
    const auto* path = locate(id);
    if (path == nullptr) {
      wish.asked.reset();
      continue;
    }
    const bool isSame =
      wish.asked && wish.asked->gateway == path->gateway && wish.asked->to == path->endpoint;
    if (isSame && now - wish.askedAt < kPeriod) continue;
    wish.asked = Question{id, path->gateway, path->endpoint};
    wish.askedAt = now;
    questions.push_back(*wish.asked);
  }
  return questions;
}

std::optional<HostTime> Wishes::nextDeadline() const
{
  std::optional<HostTime> earliest;
  for (const auto& [id, wish] : wishes_)
    if (wish.asked && (!earliest || wish.askedAt + kPeriod < *earliest)) earliest = wish.askedAt + kPeriod;
  return earliest;
}

std::optional<Wishes::Question> Wishes::lastAsked(const ChannelId& id) const
{
  const auto found = wishes_.find(id);
  return found == wishes_.end() ? std::nullopt : found->second.asked;
}

bool Wishes::isNew(const ChannelId& id, std::uint64_t sequence)
{
  const auto found = wishes_.find(id);
  if (found == wishes_.end()) return false;
  auto& wish = found->second;
  if (std::ranges::find(wish.heard, sequence) != wish.heard.end()) return false;
  wish.heard.at(wish.next) = sequence;
  wish.next = (wish.next + 1) % kRemembered;
  return true;
}

} // namespace tutti::linkaudio
