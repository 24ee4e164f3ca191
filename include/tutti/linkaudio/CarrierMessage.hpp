#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/linkaudio/AudioBuffer.hpp>
#include <tutti/room/ClockSync.hpp>
#include <tutti/room/MemberKeys.hpp>
#include <tutti/stream/StreamFormat.hpp>

/// What the sites of a room tell each other about channels that they carry for each other, in the room's
/// sealed control stream, beside what their bridges say (whose words begin with 1).
///
/// Each says all there is of its page, so that one that is lost, doubled or overtaken does no harm: the later
/// `saidAt` counts. All integers are big-endian; a text is a byte of length and as many bytes of UTF-8.
///
///     offers: | 'C' 1 | version 1 | 1 | said at 8 | page 1 | pages 1 | n 1 | n offers | signature 64
///     offer:  | channel 8 | stream 2 | codec 1 | channels 1 | rate 4 | name | whose |
///     asks:   | 'C' 1 | version 1 | 2 | said at 8 | n 1 | n of (member 16, channel 8) | signature 64
///
/// Spec: room.
namespace tutti::linkaudio {

/// A channel of a site's LAN that it would carry, and by which stream it does if it does.
struct Offer {
  static constexpr std::size_t kMostName = 64;  ///< bytes
  static constexpr std::size_t kMostWhose = 32; ///< bytes

  ChannelId channel;
  std::uint16_t stream = 0; ///< 0: nobody asks, nothing flows
  stream::Codec codec = stream::Codec::pcm16;
  std::uint8_t channels = 1; ///< 1 or 2
  audio::SampleRate rate;
  std::string name;  ///< the channel's
  std::string whose; ///< the program's

  friend bool operator==(const Offer&, const Offer&) = default;
};

struct Offers {
  static constexpr std::size_t kMost = 16;      ///< on a page
  static constexpr std::size_t kMostPages = 16; ///< of one site

  room::RemoteTime saidAt;
  std::uint8_t page = 0;
  std::uint8_t pages = 1;
  std::vector<Offer> offers;

  friend bool operator==(const Offers&, const Offers&) = default;
};

/// What a site wants to hear, of whom. It lasts some seconds.
struct Asks {
  static constexpr std::size_t kMost = 32;

  struct Ask {
    room::MemberId member;
    ChannelId channel;
    friend auto operator<=>(const Ask&, const Ask&) = default;
  };
  room::RemoteTime saidAt;
  std::vector<Ask> asks;

  friend bool operator==(const Asks&, const Asks&) = default;
};

using CarrierMessage = std::variant<Offers, Asks>;

/// The largest there is, with its signature.
inline constexpr std::size_t kLargestCarrierMessage = 1000;

/// How many of these, from the first on, fit one page.
std::size_t fittingOffers(std::span<const Offer> offers);

/// Without signature. Offers fit their page.
ByteString encode(const CarrierMessage& message);
/// Errors: `malformed`, also for what no site says: streams of other codecs or rates, carried channels that
///         are carried already, names that are no plain text, lists too long.
Result<CarrierMessage> parseCarrierMessage(std::span<const std::byte> bytes);

/// As it travels.
ByteString encodeSigned(const CarrierMessage& message, const room::MemberKeys& author);
/// Errors: `malformed`; `refused` where somebody else has signed.
Result<CarrierMessage> parseSignedCarrierMessage(std::span<const std::byte> bytes,
                                                 const room::SignPublic& author);

} // namespace tutti::linkaudio
