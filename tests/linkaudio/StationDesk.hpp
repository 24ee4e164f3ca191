#pragma once

#include <optional>
#include <vector>

#include <Announcement.hpp>

#include "AudioLan.hpp"

namespace tutti::linkaudio::test {

inline const auto kDrums = channel("drums");
inline const auto kBass = channel("bass");

/// One station, and one more that is only spoken for by the test.
struct StationDesk {
  AudioLan lan;
  AudioLan::Host& us = lan.add("Us");
  AudioLan::Host& them = lan.addSilent("Them");
  Endpoint theirSocket = AudioLan::socketOf(them.cable().address);

  StationDesk()
  {
    lan.run(std::chrono::milliseconds{100}); // a list is made no oftener than every 50 ms
    us.sent.clear();
  }

  std::vector<Packet> announcement(std::vector<OfferedChannel> channels,
                                   std::optional<std::int64_t> ping = {})
  {
    return encodeAnnouncement(them.id, {us.session, "Them", std::move(channels), ping});
  }
  void announce(std::vector<OfferedChannel> channels)
  {
    for (const auto& packet : announcement(std::move(channels))) us.hear(packet, theirSocket);
  }
  /// Waits until a round has greeted them.
  void greet() { lan.run(std::chrono::milliseconds{300}); }
};

} // namespace tutti::linkaudio::test
