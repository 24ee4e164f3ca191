#pragma once

#include <mutex>

#include <tutti/serve/Host.hpp>

#include "SessionBook.hpp"
#include "TurnDesk.hpp"

namespace tutti::serve {

/// The session API that older programs speak, where the host wants it.
///
/// Threads: *any*.
class OlderSessions {
public:
  explicit OlderSessions(const Host::Options& options);

  /// Nothing where the question is another one, or the API is not wanted.
  std::optional<Directory::Answer> ask(const Directory::Question& question, HostTime now);

private:
  std::mutex mutex_;
  std::optional<SessionBook> book_;
  TurnDesk turn_; // they ask once, so their leave is longer than that of members
};

} // namespace tutti::serve
