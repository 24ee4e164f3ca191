#pragma once

#include <cstddef>
#include <map>

#include <tutti/core/Endpoint.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::link {

/// How many answers each source may still have. Link answers are longer than its questions, so they are
/// rationed, lest somebody uses us to flood somebody else: 256 at once, 50 a second.
///
/// Programs on this machine are not rationed: there is no one else whom their address could name.
///
/// Threads: one at a time. Memory: at most 1024 sources, the longest unheard goes first.
class AnswerBudget {
public:
  /// Whether one more answer may go to `source`.
  bool take(const IpAddress& source, HostTime now);

private:
  void makeRoom();

  std::map<IpAddress, time::TokenBucket> sources_;
};

} // namespace tutti::link
