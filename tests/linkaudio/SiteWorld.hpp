#pragma once

#include <Catch.hpp>
#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <Dice.hpp>
#include <tutti/linkaudio/CarriedId.hpp>
#include <tutti/linkaudio/SiteCarrier.hpp>

/// Sites that carry channels for each other, in simulated time.
namespace tutti::test::sites {

using namespace linkaudio;
using namespace std::chrono_literals;

inline room::MemberId member(std::uint8_t number)
{
  std::array<std::byte, room::MemberId::kSize> bytes{};
  bytes[0] = std::byte{number};
  return room::MemberId{bytes};
}

inline ChannelId channel(std::uint8_t number)
{
  return {NodeId{{'c', 'h', 'a', 'n', 'n', 'e', 'l', number}}};
}

inline const auto kDrums = channel(1);
inline const auto kBass = channel(2);

/// A site: its carrier, the LAN that it sees, and what it was told to do.
struct Place {
  explicit Place(std::uint8_t number, std::string called)
    : id{member(number)}
    , name{std::move(called)}
    , carrier{id}
  {}

  room::MemberId id;
  std::string name;
  SiteCarrier carrier;
  std::map<ChannelId, std::string> published;
  std::set<ChannelId> sending;
  std::map<ChannelId, SiteCarrier::Hear> hearing;
  std::uint16_t nextStream = 2;
};

/// Sites in one room, and LANs whose channels they see.
class World {
public:
  Place& add(std::uint8_t number, std::string name)
  {
    places.push_back(std::make_unique<Place>(number, std::move(name)));
    meet();
    return *places.back();
  }

  void meet()
  {
    for (const auto& place : places) {
      std::vector<SiteCarrier::Fellow> fellows;
      for (const auto& other : places) fellows.push_back({other->id, other->name});
      perform(*place, place->carrier.seeRoom(fellows, true, now));
    }
  }

  /// The LAN of a site, and all that our own sites publish there.
  void show(Place& place, std::vector<SiteCarrier::LanChannel> channels)
  {
    for (const auto& [id, name] : place.published) channels.push_back({id, name, "Tutti", true});
    perform(place, place.carrier.seeLan(channels, now));
  }

  void pass(Micros time)
  {
    for (const auto end = now + time; now < end; now += 10ms) {
      while (!underWay.empty() && underWay.front().at <= now) {
        const auto word = underWay.front();
        underWay.pop_front();
        for (const auto& place : places)
          if (place->id != word.from && dice.real(0, 1) >= loss)
            perform(*place, place->carrier.hear(word.from, word.message, now));
      }
      for (const auto& place : places)
        if (place->carrier.nextDeadline() <= now) perform(*place, place->carrier.advance(now));
    }
  }

  void perform(Place& place, const SiteCarrier::Actions& actions)
  {
    for (const auto& action : actions) {
      if (const auto* say = std::get_if<SiteCarrier::ToRoom>(&action)) {
        const auto bytes = encode(say->message);
        const auto heard = parseCarrierMessage(bytes);
        REQUIRE(heard);
        underWay.push_back({now + 30ms, place.id, *heard});
        ++said;
      } else if (const auto* publish = std::get_if<SiteCarrier::Publish>(&action)) {
        place.published[publish->carried] = publish->name;
      } else if (const auto* withdraw = std::get_if<SiteCarrier::Withdraw>(&action)) {
        CHECK(place.published.erase(withdraw->carried) == 1);
      } else if (const auto* send = std::get_if<SiteCarrier::Send>(&action)) {
        CHECK(place.sending.insert(send->channel).second);
        perform(place, place.carrier.flows(send->channel,
                                           SiteCarrier::Flow{place.nextStream++, stream::Codec::pcm24, 2,
                                                             audio::SampleRate::fromHertz(48'000)},
                                           now));
      } else if (const auto* stop = std::get_if<SiteCarrier::StopSending>(&action)) {
        CHECK(place.sending.erase(stop->channel) == 1);
      } else if (const auto* hear = std::get_if<SiteCarrier::Hear>(&action)) {
        CHECK(place.hearing.emplace(hear->carried, *hear).second);
      } else if (const auto* deaf = std::get_if<SiteCarrier::StopHearing>(&action)) {
        CHECK(place.hearing.erase(deaf->carried) == 1);
      }
    }
  }

  struct Said {
    HostTime at{};
    room::MemberId from;
    CarrierMessage message;
  };
  std::vector<std::unique_ptr<Place>> places;
  std::deque<Said> underWay;
  Dice dice{1};
  double loss = 0;
  HostTime now = HostTime{} + 1h;
  int said = 0;
};

} // namespace tutti::test::sites
