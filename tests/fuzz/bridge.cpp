// What bridges say to each other: whatever is read survives a round trip, and a site that hears it neither
// breaks nor says more than it should. The bytes are messages, each after its length.
#include <algorithm>
#include <span>

#include <tutti/bridge/Site.hpp>

#include "Require.hpp"

using namespace tutti;
using namespace tutti::bridge;
using fuzz::require;

namespace {

constexpr HostTime kStart = HostTime{} + std::chrono::hours{1};

room::MemberId member(std::uint8_t number)
{
  std::array<std::byte, room::MemberId::kSize> bytes{};
  bytes[0] = std::byte{number};
  return room::MemberId{bytes};
}

/// What our own node would make of it.
void obey(const link::BridgeOrder& order, link::LanView& lan)
{
  if (std::holds_alternative<link::BeginBridging>(order)) lan.node = NodeId{{1}};
  if (const auto* adopt = std::get_if<link::AdoptSession>(&order)) lan.session = adopt->session;
  if (const auto* steer = std::get_if<link::SteerClock>(&order)) lan.session.offset = steer->offset;
  if (const auto* offer = std::get_if<link::OfferState>(&order)) {
    lan.session.timeline = offer->timeline;
    lan.session.startStop = offer->startStop;
  }
  if (const auto* speakFor = std::get_if<link::SpeakFor>(&order)) {
    require(speakFor->counted.size() <= 2 * (SiteState::kMostPeers + 1));
    for (const auto& id : speakFor->announced) require(id != lan.node);
  }
}

void perform(const Site::Actions& actions, link::LanView& lan)
{
  require(actions.size() < 64);
  for (const auto& action : actions) {
    if (const auto* order = std::get_if<Site::ToLan>(&action)) obey(order->order, lan);
    if (const auto* toRoom = std::get_if<Site::ToRoom>(&action)) {
      const auto bytes = encode(toRoom->message);
      require(bytes.size() + room::Signature{}.size() <= kLargestMessage);
      require(parse(bytes).has_value());
    }
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  auto rest = std::as_bytes(std::span{data, size});
  Site site{room::RoomId{}, member(2)};
  link::LanView lan;
  lan.node = NodeId{{'n'}};
  lan.session.id = lan.node;
  auto now = kStart;
  perform(site.seeLan(lan, now), lan);
  perform(site.seeLan(lan, now), lan);
  perform(site.seeRoom({{.id = member(1), .clock = room::ClockSync::Relation{}}, {.id = member(3)}}, {}, now),
          lan);
  for (std::uint8_t turn = 1; !rest.empty(); ++turn) {
    const auto length = std::min(std::to_integer<std::size_t>(rest[0]) * 4, rest.size() - 1);
    const auto bytes = rest.subspan(1, length);
    rest = rest.subspan(1 + length);
    now += std::chrono::milliseconds{10 * length};
    if (const auto message = parse(bytes)) {
      require(parse(encode(*message)).value() == *message);
      perform(site.hear(member(turn % 2 == 0 ? 3 : 1), *message, now), lan);
    }
    perform(site.seeLan(lan, now), lan);
    perform(site.advance(now), lan);
    require(site.view(now).sites.size() <= 2);
  }
  return 0;
}
