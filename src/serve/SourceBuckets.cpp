#include <tutti/serve/SourceBuckets.hpp>

#include <algorithm>

#include "Source.hpp"

namespace tutti::serve {
namespace {

constexpr std::size_t kMostSources = 4096;

}

time::TokenBucket& SourceBuckets::of(const IpAddress& from, HostTime now)
{
  const auto source = sourceOf(from);
  if (buckets_.size() >= kMostSources && !buckets_.contains(source)) // who has tried least is forgotten first
    buckets_.erase(
      std::ranges::max_element(buckets_, {}, [now](auto& entry) { return entry.second.level(now); }));
  return buckets_.try_emplace(source, limits_, now).first->second;
}

} // namespace tutti::serve
