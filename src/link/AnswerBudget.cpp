#include <tutti/link/AnswerBudget.hpp>

#include <algorithm>

namespace tutti::link {
namespace {

constexpr time::TokenBucket::Limits kAnswers{.atOnce = 256, .perSecond = 50}; // spec room R-18
constexpr std::size_t kMostSources = 1024;

} // namespace

bool AnswerBudget::take(const IpAddress& source, HostTime now)
{
  if (source.isLoopback()) return true;
  const auto found = sources_.find(source);
  if (found != sources_.end()) return found->second.tryTake(now);
  if (sources_.size() >= kMostSources) makeRoom();
  return sources_.try_emplace(source, kAnswers, now).first->second.tryTake(now);
}

void AnswerBudget::makeRoom()
{
  sources_.erase(
    std::ranges::min_element(sources_, {}, [](const auto& entry) { return entry.second.countedAt(); }));
}

} // namespace tutti::link
