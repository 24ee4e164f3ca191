#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tutti/core/ByteString.hpp>
#include <tutti/net/Srtp.hpp>

/// How a process far away and a Tutti show each other that they know the same token, and agree on fresh keys,
/// before anything is sealed.
///
///     call    "tutti module call" version(1) nonce(16) 0…       HMAC-SHA256(32)       119 bytes
///     answer  "tutti module come" version(1) nonce(16) its(16)  HMAC-SHA256(32)        82 bytes
///
/// Who does not know the token gets no answer; who does gets fewer bytes than it sent. Both have their part
/// in the keys, so a packet of an earlier conversation opens nothing. The first byte is a letter: what is RTP
/// or STUN looks different (RFC 7983).
///
/// Spec: RFC 5869 (HKDF), RFC 7714 (AES-128-GCM).
namespace tutti::module {

using Nonce = std::array<std::byte, 16>;

ByteString encodeCall(const std::string& token, const Nonce& caller);
/// Nothing: it was not made with this token.
std::optional<Nonce> readCall(std::span<const std::byte> datagram, const std::string& token);
/// Whether it looks like one, whoever made it.
bool isCall(std::span<const std::byte> datagram);

ByteString encodeAnswer(const std::string& token, const Nonce& caller, const Nonce& host);
/// The host's part. Nothing: it is no answer to this call.
std::optional<Nonce> readAnswer(std::span<const std::byte> datagram, const std::string& token,
                                const Nonce& caller);

/// What each side seals with.
struct Keys {
  net::SrtpKey toModule{};
  net::SrtpKey toHost{};
};
Keys keysOf(const std::string& token, const Nonce& caller, const Nonce& host);

Nonce drawNonce();

} // namespace tutti::module
