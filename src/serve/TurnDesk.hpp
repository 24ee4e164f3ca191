#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>

#include <tutti/serve/TurnOptions.hpp>

#include "ProviderCache.hpp"

namespace tutti::serve {

/// Gives leave to use TURN servers, for a while: by a secret that it shares with them, by one name for all,
/// or by asking a provider, whose answer serves everybody until shortly before its end.
///
/// Threads: *any*; `ask` may wait some seconds for a provider.
class TurnDesk {
public:
  using AskProvider = std::function<GrantReply(const TurnOptions::Provider&, std::uint32_t seconds)>;

  /// Without options, nobody gets anything.
  TurnDesk(std::optional<TurnOptions> options, std::uint32_t seconds, AskProvider askProvider);

  [[nodiscard]] bool hasServers() const { return options_.has_value(); }

  /// Errors: 503 where there are no TURN servers, 502 where the provider is not reached, else the provider's
  /// own status.
  GrantReply ask(std::string_view who);

private:
  GrantReply askCache(const TurnOptions::Provider& provider);

  const std::optional<TurnOptions> options_;
  const std::uint32_t seconds_;
  const AskProvider askProvider_;
  std::mutex mutex_;
  std::condition_variable heard_;
  ProviderCache cache_;
};

} // namespace tutti::serve
