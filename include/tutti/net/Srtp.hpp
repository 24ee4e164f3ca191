#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <tutti/net/RtpPeek.hpp>
#include <tutti/time/HostClock.hpp>

/// Media packets, sealed so that only who has the sender's key can read them or make them.
///
/// In clear are only the header and the roll-over count; of other header extension elements only their place
/// and length can be seen.
///
/// Spec: RFC 3711, RFC 7714 (AES-128-GCM, 16-byte tag), RFC 6904 (elements); room.
namespace tutti::net {

/// Master key (16 bytes) and salt (12), random.
using SrtpKey = std::array<std::byte, 28>;

/// Which of a sender's keys a packet was sealed with; travels behind it as its MKI.
using Epoch = std::uint16_t;

/// How much longer a sealed packet may be than a plain one: roll-over count, tag, RTCP's index, MKI. The
/// buffer must have so much room.
constexpr std::size_t kSealGrowth = 160;

class SrtpContext; // libsrtp2's, one key long

/// Seals what one member sends.
///
/// Each packet is sealed once; the same bytes go to everybody. Sequence numbers go forward only, over all
/// restarts of a stream: one that does not is refused, because a repeated one would give the key away.
///
/// Threads: one at a time.
class SrtpSealer {
public:
  SrtpSealer();
  ~SrtpSealer();
  SrtpSealer(SrtpSealer&&) noexcept;
  SrtpSealer& operator=(SrtpSealer&&) noexcept;

  /// From the next packet on. A key is used under one epoch only, and an epoch once.
  void useKey(Epoch epoch, const SrtpKey& key);
  [[nodiscard]] bool hasKey() const { return context_ != nullptr; }

  /// Seals the RTP or RTCP packet of `size` bytes at the start of `buffer`, and says how long it is then.
  /// Nothing: there is no key yet, no room, no packet, or it does not go forward.
  std::optional<std::size_t> seal(std::span<std::byte> buffer, std::size_t size);

private:
  struct Stream {
    std::uint32_t ssrc = 0;
    std::uint64_t index = 0; // roll-over count and sequence number
    bool isKnownToContext = false;
  };
  Stream* streamAt(const RtpPeek& peek);

  std::unique_ptr<SrtpContext> context_;
  std::vector<Stream> streams_;
};

/// Opens what one member sent, in the last two of their epochs.
///
/// Threads: one at a time. Memory: at most 16 streams an epoch, made only by packets with a right seal.
class SrtpOpener {
public:
  enum class Outcome {
    opened,
    malformed,    ///< no media packet, or without its roll-over count
    unknownEpoch, ///< sealed with a key that we were not given (yet), or that is over
    replayed,     ///< came before, or is older than the window of 1024 packets
    forged,       ///< the seal is not right
    tooMany,      ///< a seventeenth stream
  };
  struct Opened {
    Outcome outcome = Outcome::malformed;
    std::size_t size = 0;
  };

  SrtpOpener();
  ~SrtpOpener();
  SrtpOpener(SrtpOpener&&) noexcept;
  SrtpOpener& operator=(SrtpOpener&&) noexcept;

  /// Makes packets of this epoch readable. Older epochs stay so until two seconds after the first packet of a
  /// newer one.
  void addKey(Epoch epoch, const SrtpKey& key);

  /// Opens a packet in place.
  Opened open(std::span<std::byte> packet, HostTime now);

private:
  struct Stream {
    std::uint32_t ssrc = 0;
    std::uint64_t newest = 0;
    bool isRtcpOnly = false;
  };
  struct Key {
    Epoch epoch = 0;
    std::unique_ptr<SrtpContext> context;
    std::vector<Stream> streams;
    std::optional<HostTime> endsAt;
  };

  Key* keyFor(std::span<const std::byte> packet, HostTime now);
  void retireBefore(const Key& inUse, HostTime now);
  static Opened openRtp(Key& key, std::span<std::byte> packet, const RtpPeek& peek);
  static Opened openRtcp(Key& key, std::span<std::byte> packet, const RtpPeek& peek);

  std::vector<Key> keys_;
};

} // namespace tutti::net
