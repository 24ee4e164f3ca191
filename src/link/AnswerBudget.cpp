#include "AnswerBudget.hpp"

#include <algorithm>
#include <chrono>

namespace tutti::link {
namespace {

constexpr double kBurst = 256;
constexpr double kPerSecond = 50;
constexpr std::size_t kMostSources = 1024;

} // namespace

bool AnswerBudget::take(const IpAddress& source, HostTime now)
{
  if (source.isLoopback()) return true;
  auto found = purses_.find(source);
  if (found == purses_.end()) {
    if (purses_.size() >= kMostSources) makeRoom();
    found = purses_.emplace(source, Purse{kBurst, now}).first;
  }
  auto& purse = found->second;
  const auto elapsed = std::chrono::duration<double>{now - purse.counted}.count();
  purse.answers = std::min(kBurst, purse.answers + elapsed * kPerSecond);
  purse.counted = now;
  if (purse.answers < 1) return false;
  purse.answers -= 1;
  return true;
}

void AnswerBudget::makeRoom()
{
  purses_.erase(
    std::ranges::min_element(purses_, {}, [](const auto& entry) { return entry.second.counted; }));
}

} // namespace tutti::link
