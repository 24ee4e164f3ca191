#pragma once

#include <cstdint>
#include <memory>

#include <srtp2/srtp.h>

#include <tutti/net/Srtp.hpp>

namespace tutti::net {

constexpr unsigned kMkiSize = sizeof(Epoch);

/// libsrtp2's sessions for one key. What the library cannot do for us is a broken invariant, not weather:
/// out of memory, or built without AES-GCM.
class SrtpContext {
public:
  SrtpContext(Epoch epoch, const SrtpKey& key);
  ~SrtpContext();
  SrtpContext(const SrtpContext&) = delete;
  SrtpContext& operator=(const SrtpContext&) = delete;

  /// A stream that begins in the given round of its sequence numbers.
  void addStream(std::uint32_t ssrc);
  void removeStream(std::uint32_t ssrc);

  /// The round of the next packet; 0 lets the library go on by itself.
  void setRound(std::uint32_t ssrc, std::uint32_t round);

  [[nodiscard]] srtp_t get() const { return session_; }

private:
  SrtpKey key_;
  std::array<std::byte, kMkiSize> mki_;
  srtp_t session_ = nullptr;
};

} // namespace tutti::net
