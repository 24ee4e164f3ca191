#pragma once

#include <tutti/serve/TurnOptions.hpp>

#include "ProviderCache.hpp"

namespace tutti::serve {

/// Asks a TURN provider's HTTP API for a grant of so many seconds: `POST` with `{"ttl":…}`. Blocks, some
/// seconds at most.
///
/// Errors: 502 where nobody answers, or what is said is no grant; else the status that the provider said.
GrantReply askProvider(const TurnOptions::Provider& provider, std::uint32_t seconds);

} // namespace tutti::serve
