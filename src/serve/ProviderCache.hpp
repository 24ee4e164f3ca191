#pragma once

#include <optional>
#include <variant>

#include <tutti/room/TurnGrant.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::serve {

/// Why there is no grant, as an HTTP status.
struct NoGrant {
  int status = 503;
};
using GrantReply = std::variant<room::TurnGrant, NoGrant>;

/// What a TURN provider said last, for everybody who asks until shortly before its end. A provider that fails
/// is left alone for five seconds, however many ask.
///
/// Threads: one at a time.
class ProviderCache {
public:
  /// So long do grants live that do not say it.
  explicit ProviderCache(std::uint32_t secondsAskedFor)
    : life_{secondsAskedFor}
  {}

  struct AskProvider {}; ///< and `hear` what it says, whatever it is
  struct WaitForIt {};   ///< somebody asks already
  using Next = std::variant<room::TurnGrant, NoGrant, AskProvider, WaitForIt>;

  /// What to do for somebody who asks now.
  Next next(HostTime now);
  void hear(const GrantReply& reply, HostTime now);

private:
  [[nodiscard]] std::optional<room::TurnGrant> left(HostTime now) const;
  void rest(NoGrant because, HostTime now);

  std::uint32_t life_;
  room::TurnGrant grant_;
  HostTime end_{};     // of the grant
  HostTime renewAt_{}; // shortly before
  std::optional<NoGrant> failed_;
  HostTime restUntil_{};
  bool isAsking_ = false;
};

} // namespace tutti::serve
