#pragma once

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Result.hpp>

/// What a server's refusal means, for a musician. The server's own words are left out: a stranger chose them.
///
/// Spec: RFC 8489 14.8, RFC 8656 section 19.
namespace tutti::net::turn {

Error whyNoRelay(int code, const Endpoint& server);
Error whyNotThisPeer(int code);
Error credentialsEnd();
Error silent(const Endpoint& server);

} // namespace tutti::net::turn
