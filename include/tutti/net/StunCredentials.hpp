#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tutti/net/Stun.hpp>

/// How a server that knows its users by name lets them in: long-term credentials.
///
/// Names and passwords are taken as they are. Those that servers make up for a while are plain letters; what
/// a musician types beyond ASCII would have to be prepared first (RFC 8265).
///
/// Spec: RFC 8489 9.2, 14.11, 14.12, 18.5.
namespace tutti::net::stun {

enum class PasswordAlgorithm : std::uint16_t { md5 = 1, sha256 = 2 };

/// What a message is sealed with instead of the password: 16 or 32 bytes, in a string as `seal` takes them.
std::string longTermKey(PasswordAlgorithm algorithm, std::string_view username, std::string_view realm,
                        std::string_view password);

/// Twelve bytes that nobody guesses: only who has seen our question can answer it.
TransactionId drawTransaction();

} // namespace tutti::net::stun
