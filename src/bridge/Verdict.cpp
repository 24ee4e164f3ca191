#include "Verdict.hpp"

#include <chrono>

namespace tutti::bridge {
namespace {

constexpr std::chrono::milliseconds kClearlyOlder{500}; // spec link 1: session preference threshold

} // namespace

const Decision& Verdict::consider(const Held& held)
{
  std::erase_if(losers_, [&](const NodeId& id) { return !held.contains(id); });
  auto winner = held.find(decision_.winner);
  if (winner == held.end()) {
    losers_.clear();
    winner = held.begin();
  }
  for (auto one = held.begin(); one != held.end(); ++one) {
    if (one == winner || losers_.contains(one->first)) continue;
    const bool isBetter = wins(*one, *winner);
    losers_.insert(isBetter ? winner->first : one->first);
    if (isBetter) winner = one;
  }
  if (winner != held.end()) decision_.winner = winner->first;
  decision_.losers.clear();
  for (const auto& loser : losers_)
    if (decision_.losers.size() < Decision::kMostLosers) decision_.losers.push_back(loser);
  return decision_;
}

bool Verdict::wins(const Held::value_type& one, const Held::value_type& other)
{
  const auto older = one.second - other.second;
  if (older > kClearlyOlder) return true;
  return older < kClearlyOlder && older > -kClearlyOlder && one.first < other.first;
}

} // namespace tutti::bridge
