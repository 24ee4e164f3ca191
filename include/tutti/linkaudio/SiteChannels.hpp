#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <tutti/linkaudio/ChannelPattern.hpp>
#include <tutti/net/RtpPeek.hpp>
#include <tutti/room/MemberId.hpp>
#include <tutti/stream/StreamFormat.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::room {
class Session;
}

namespace tutti::linkaudio {

class LinkAudio;

/// Which channels of this LAN the other sites may have, and how they travel.
struct CarryWish {
  std::set<ChannelPattern> channels{};
  stream::Codec codec = stream::Codec::pcm16; ///< or pcm24: to the bit both

  friend bool operator==(const CarryWish&, const CarryWish&) = default;
};

/// What a bridge knows of the others.
struct SiteCompany {
  std::set<room::MemberId> sites; ///< those in our Link session
  bool doWePublish = false;       ///< here; else another bridge of this LAN does
  NodeId session;

  friend bool operator==(const SiteCompany&, const SiteCompany&) = default;
};

struct SiteChannelsSnapshot {
  /// Of this LAN, for the others.
  struct Offered {
    Channel channel;
    std::size_t askers = 0;    ///< Sites at which somebody listens.
    std::uint64_t packets = 0; ///< Sent.
  };
  /// Of another site, for this LAN.
  struct Published {
    ChannelId id; ///< That it has here.
    std::string site;
    std::string name; ///< That it has here.
    bool isHeard = false;
    std::uint64_t packets = 0; ///< That have come.
    std::uint64_t lost = 0;    ///< Packets of these that did not.
    std::uint64_t holes = 0;   ///< How often nothing could be sent on.
  };
  std::vector<Offered> offered;
  std::vector<Published> published;
  std::string problem; ///< In a sentence for a musician.
};

/// Carries channels of Link Audio between this LAN and those of the other bridges of a room, as long as it
/// exists: packets of the room's streams of the upper half of all numbers, sealed as a player's.
///
/// Threads: any, but construction and destruction not from the network thread of `LinkAudio`, on which all
///          work is done; the destructor waits for it, and says goodbye to the room.
/// Errors:  in the snapshot.
/// Spec:    room; bridge B-6 (who speaks for those elsewhere).
class SiteChannels {
public:
  /// Lower ones are players'.
  static constexpr std::uint16_t kFirstStream = 0x8000;
  /// What one site sends at once: what a member's listeners keep keys for, and something to spare.
  static constexpr std::size_t kMostSent = 24;

  /// Both outlive it.
  SiteChannels(LinkAudio& audio, room::Session& session);
  ~SiteChannels();
  SiteChannels(const SiteChannels&) = delete;
  SiteChannels& operator=(const SiteChannels&) = delete;

  void carry(const CarryWish& wish);
  /// A few times a second, and at once after a change.
  void follow(const SiteCompany& company);
  /// A packet of the room, opened, of such a stream. Does not wait: what comes faster than it can be carried
  /// is dropped.
  void receive(net::StreamId from, std::span<const std::byte> packet, HostTime arrived);

  /// At most a quarter of a second old.
  [[nodiscard]] SiteChannelsSnapshot snapshot() const;

private:
  class Machinery;
  LinkAudio& audio_;
  room::Session& session_;
  std::shared_ptr<Machinery> machinery_;
};

} // namespace tutti::linkaudio
