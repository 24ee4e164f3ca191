#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Result.hpp>

/// STUN: how two programs find out whether they reach each other, and by which address they are seen.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |0 0|  message type (class, method) |  length without this header |
///     |                     magic cookie 0x2112a442                     |
///     |                    transaction id (12 bytes)                    |
///     | attribute type (16) | length (16) | value, padded to 4 bytes    | …
///
/// Spec: RFC 8489; the vectors of RFC 5769.
namespace tutti::net::stun {

enum class Class : std::uint16_t { request = 0x000, indication = 0x010, success = 0x100, error = 0x110 };
enum class Method : std::uint16_t {
  binding = 0x001,
  allocate = 0x003, ///< from here on RFC 8656
  refresh = 0x004,
  send = 0x006,
  data = 0x007,
  createPermission = 0x008,
  channelBind = 0x009,
};

enum class Attribute : std::uint16_t {
  mappedAddress = 0x0001,
  username = 0x0006,
  messageIntegrity = 0x0008,
  errorCode = 0x0009,
  unknownAttributes = 0x000a,
  channelNumber = 0x000c,
  lifetime = 0x000d, ///< seconds
  xorPeerAddress = 0x0012,
  data = 0x0013,
  realm = 0x0014,
  nonce = 0x0015,
  xorRelayedAddress = 0x0016,
  requestedAddressFamily = 0x0017,
  evenPort = 0x0018,
  requestedTransport = 0x0019,
  dontFragment = 0x001a,
  messageIntegritySha256 = 0x001c,
  passwordAlgorithm = 0x001d,
  userhash = 0x001e,
  xorMappedAddress = 0x0020,
  reservationToken = 0x0022,
  priority = 0x0024,
  useCandidate = 0x0025,
  padding = 0x0026, ///< RFC 5780: so that a question is as long as its answer
  additionalAddressFamily = 0x8000,
  passwordAlgorithms = 0x8002,
  alternateDomain = 0x8003,
  software = 0x8022,
  alternateServer = 0x8023,
  fingerprint = 0x8028,
  iceControlled = 0x8029,
  cookie = 0xc0a1,  ///< ours (spec room R-16): proof that the sender hears what is sent to its address
  without = 0xc0a2, ///< ours: slots that get our media on another path, 16 bits each
};

using TransactionId = std::array<std::byte, 12>;

/// A message as it lies in the datagram that it came in. Valid as long as that is.
///
/// A FINGERPRINT that is there was found right. What stands behind MESSAGE-INTEGRITY is ignored, as the RFC
/// asks: nobody vouches for it.
class Message {
public:
  static constexpr std::size_t kMostAttributes = 24;

  /// Errors: `malformed` for whatever is not whole, right STUN.
  static Result<Message> parse(std::span<const std::byte> datagram);

  [[nodiscard]] Class messageClass() const;
  [[nodiscard]] std::uint16_t method() const;
  [[nodiscard]] const TransactionId& transaction() const { return transaction_; }

  /// The value of the first attribute of this type.
  [[nodiscard]] std::optional<std::span<const std::byte>> find(Attribute type) const;
  [[nodiscard]] std::optional<std::uint32_t> number(Attribute type) const;
  [[nodiscard]] std::optional<std::string_view> text(Attribute type) const;
  /// The address as the attribute says it, disguised (XOR-…-ADDRESS) or plain (ALTERNATE-SERVER).
  [[nodiscard]] std::optional<Endpoint> xorAddress(Attribute type) const;
  [[nodiscard]] std::optional<Endpoint> plainAddress(Attribute type) const;
  [[nodiscard]] std::optional<Endpoint> xorMappedAddress() const
  {
    return xorAddress(Attribute::xorMappedAddress);
  }
  /// 300 to 699.
  [[nodiscard]] std::optional<int> errorCode() const;
  /// Something is in it that one has to understand (RFC 8489 14) and that no RFC we know describes.
  [[nodiscard]] bool hasUnknownRequired() const;
  [[nodiscard]] bool hasFingerprint() const { return find(Attribute::fingerprint).has_value(); }

  /// Whether the sender knew `password`: a MESSAGE-INTEGRITY or MESSAGE-INTEGRITY-SHA256 is there, and right.
  [[nodiscard]] bool isSealedWith(std::string_view password) const;

private:
  struct Entry {
    std::uint16_t type = 0;
    std::span<const std::byte> value;
  };
  bool readAttributes();
  bool keep(const Entry& entry);
  [[nodiscard]] bool isFingerprintRight(const Entry& entry) const;

  std::span<const std::byte> datagram_;
  std::uint16_t type_ = 0;
  TransactionId transaction_{};
  std::array<Entry, kMostAttributes> entries_{};
  std::size_t count_ = 0;
};

/// Writes one message: attributes first, then `seal`, then `addFingerprint`.
///
/// Everything has room: names are cut at 128 bytes, and no attribute comes often.
class Writer {
public:
  Writer(Class messageClass, Method method, const TransactionId& transaction);

  void add(Attribute type, std::span<const std::byte> value);
  void add(Attribute type, std::string_view text);
  void add(Attribute type, std::uint32_t value);
  void addXorAddress(Attribute type, const Endpoint& endpoint);
  void addXorMappedAddress(const Endpoint& endpoint) { addXorAddress(Attribute::xorMappedAddress, endpoint); }
  /// Padding, so that with `seal` and `addFingerprint` the message is at least `size` bytes long.
  void padTo(std::size_t size);
  void seal(std::string_view password);
  void sealSha256(std::string_view password);
  void addFingerprint();

  [[nodiscard]] std::span<const std::byte> bytes() const { return std::span{buffer_}.first(size_); }
  [[nodiscard]] std::size_t size() const { return size_; }

private:
  void header(Attribute type, std::size_t length);
  void append(std::span<const std::byte> raw);
  void setLength(std::size_t length);

  std::array<std::byte, 1200> buffer_{};
  std::size_t size_ = 0;
};

} // namespace tutti::net::stun
