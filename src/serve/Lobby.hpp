#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include <tutti/serve/Directory.hpp>
#include <tutti/serve/SourceBuckets.hpp>

#include "Metrics.hpp"

namespace tutti::serve {

/// What anybody may ask without a room in mind: whether the server is well, and its figures.
///
///     GET /healthz    OK
///     GET /metrics    Prometheus text format
///
/// Threads: *any*. `look` is called on the asker's.
class Lobby {
public:
  static constexpr time::TokenBucket::Limits kQuestions{.atOnce = 20, .perSecond = 2}; // of a household

  explicit Lobby(std::function<Metrics()> look)
    : look_{std::move(look)}
  {}

  /// Nothing where the question is another one.
  std::optional<Directory::Answer> ask(const Directory::Question& question, HostTime now);

private:
  bool mayAsk(const IpAddress& from, HostTime now);

  std::function<Metrics()> look_;
  std::mutex mutex_;
  SourceBuckets questions_{kQuestions};
};

} // namespace tutti::serve
