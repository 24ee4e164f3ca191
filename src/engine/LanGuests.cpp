#include "LanGuests.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace tutti::engine {
namespace {

using Reception = std::shared_ptr<endpoint::Reception>;

std::shared_ptr<const void> endOf(const LanStream& stream)
{
  if (const auto* const reception = std::get_if<Reception>(&stream.end)) return *reception;
  return std::get<LanStream::Door>(stream.end).door;
}

std::string kindOf(const LanStream& stream)
{
  using namespace endpoint;
  const bool isHeard = std::holds_alternative<Reception>(stream.end);
  return std::string{isHeard ? FromEndpoint::kType : ToEndpoint::kType};
}

bool isStream(const jam::GuestId& id)
{
  return id.kind == endpoint::FromEndpoint::kType || id.kind == endpoint::ToEndpoint::kType;
}

bool hasEnd(const std::vector<LanStream>& streams, const std::shared_ptr<const void>& end)
{
  return std::ranges::any_of(streams, [&](const LanStream& stream) { return endOf(stream) == end; });
}

std::string whyNot(const std::string& server, const LanAbsences& absences)
{
  if (const auto why = absences.why.find(server); why != absences.why.end()) return why->second;
  return server.empty() ? "is not offered any more" : server + " is not connected";
}

} // namespace

std::vector<std::string> LanGuests::settle(jam::Desk& desk, const std::vector<LanStream>& streams,
                                           const LanAbsences& absences)
{
  std::vector<const LanStream*> arriving;
  for (const auto& stream : streams) {
    if (std::ranges::find(guests_, endOf(stream), &Guest::end) != guests_.end()) continue;
    if (auto* const guest = standIn(stream, streams))
      exchange(desk, *guest, stream);
    else
      arriving.push_back(&stream);
  }
  dismiss(desk, streams, absences);
  for (const auto* const stream : arriving) welcome(desk, *stream);
  explain(desk, absences);
  std::erase_if(refused_, [&](const void* end) {
    return std::ranges::none_of(streams, [&](const LanStream& stream) { return endOf(stream).get() == end; });
  });
  return std::exchange(sentences_, {});
}

/// The same stream, as it was before its end was replaced.
LanGuests::Guest* LanGuests::standIn(const LanStream& stream, const std::vector<LanStream>& streams)
{
  const auto isIt = [&](const Guest& guest) {
    return guest.server == stream.server && guest.title == stream.title && guest.kind == kindOf(stream) &&
           !hasEnd(streams, guest.end);
  };
  const auto found = std::ranges::find_if(guests_, isIt);
  return found == guests_.end() ? nullptr : &*found;
}

LanGuests::Made LanGuests::make(const LanStream& stream) const
{
  if (const auto* const door = std::get_if<LanStream::Door>(&stream.end))
    return {std::make_shared<endpoint::ToEndpoint>(door->door, door->channels), nullptr};
  auto heard = std::make_shared<endpoint::FromEndpoint>(std::get<Reception>(stream.end));
  heard->setDeviceOut(deviceOut_);
  return {heard, heard};
}

void LanGuests::exchange(jam::Desk& desk, Guest& guest, const LanStream& stream)
{
  auto made = make(stream);
  if (const auto lost = desk.replace(guest.id, made.module)) tellLost(guest.id, *lost);
  guest.end = endOf(stream);
  guest.heard = std::move(made.heard);
}

void LanGuests::dismiss(jam::Desk& desk, const std::vector<LanStream>& streams, const LanAbsences& absences)
{
  std::erase_if(guests_, [&](const Guest& guest) {
    if (hasEnd(streams, guest.end) || absences.isSoonBack.contains(guest.server)) return false;
    desk.sayGoodbye(guest.id, whyNot(guest.server, absences));
    return true;
  });
}

/// The first cable is as if by hand; a place that was kept has its own.
void LanGuests::welcome(jam::Desk& desk, const LanStream& stream)
{
  auto made = make(stream);
  const auto arrival = desk.welcome(stream.title, made.module);
  if (!arrival) {
    if (refused_.insert(endOf(stream).get()).second)
      sentences_.push_back(fmt::format("The stream “{}” finds no place in the patch: {}.", stream.title,
                                       arrival.error().detail));
    return;
  }
  tellLost(arrival->id, arrival->cablesLost);
  if (stream.hears && !desk.isConnected(arrival->id)) {
    const auto led = desk.lead(*stream.hears, arrival->id, "Offer");
    if (!led) sentences_.push_back(fmt::format("“{}” is silent: {}.", arrival->id.name, led.error().detail));
  }
  guests_.push_back({stream.server, stream.title, kindOf(stream), arrival->id, endOf(stream), made.heard});
}

/// Ghosts of a file, too, say why they are none but a ghost.
void LanGuests::explain(jam::Desk& desk, const LanAbsences& absences)
{
  if (absences.why.empty()) return;
  for (const auto& guest : desk.showGuests()) {
    if (guest.isHere || !isStream(guest.id)) continue;
    for (const auto& [server, why] : absences.why)
      if (guest.id.name.starts_with(server + ' ') && guest.whyMissing != why) desk.sayGoodbye(guest.id, why);
  }
}

void LanGuests::tellLost(const jam::GuestId& id, std::size_t cables)
{
  if (cables == 0) return;
  sentences_.push_back(fmt::format("“{}” has other inputs or outputs than before: {} taken off. Connect it "
                                   "again in the patch.",
                                   id.name,
                                   cables == 1 ? "a cable was" : fmt::format("{} cables were", cables)));
}

void LanGuests::setDeviceOut(Micros latency)
{
  if (std::exchange(deviceOut_, latency) == latency) return;
  for (const auto& guest : guests_)
    if (guest.heard) guest.heard->setDeviceOut(latency);
}

} // namespace tutti::engine
