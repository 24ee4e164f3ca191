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
enum class Method : std::uint16_t { binding = 0x001 };

enum class Attribute : std::uint16_t {
  username = 0x0006,
  messageIntegrity = 0x0008,
  errorCode = 0x0009,
  messageIntegritySha256 = 0x001c,
  xorMappedAddress = 0x0020,
  priority = 0x0024,
  padding = 0x0026, ///< RFC 5780: so that a question is as long as its answer
  software = 0x8022,
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
  [[nodiscard]] std::optional<Endpoint> xorMappedAddress() const;
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
  void addXorMappedAddress(const Endpoint& endpoint);
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
