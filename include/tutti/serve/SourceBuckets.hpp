#pragma once

#include <map>

#include <tutti/core/Endpoint.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::serve {

/// How often each household may ask: one purse for each IPv4 address or /64, at most 4096 of them; then
/// whoever has spent least is forgotten first.
///
/// Threads: one at a time.
class SourceBuckets {
public:
  explicit SourceBuckets(const time::TokenBucket::Limits& limits)
    : limits_{limits}
  {}
  /// So many a minute, all of them at once if one likes.
  static SourceBuckets perMinute(double count) { return SourceBuckets{{count, count / 60}}; }

  /// Good until the next call.
  time::TokenBucket& of(const IpAddress& from, HostTime now);

private:
  time::TokenBucket::Limits limits_;
  std::map<IpAddress, time::TokenBucket> buckets_;
};

} // namespace tutti::serve
