#include "MediaPort.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <tutti/core/ByteReader.hpp>

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr auto kRoadNews = 100ms;
constexpr std::uint8_t kControlType = 127; // RTP payload type of the control stream
constexpr std::size_t kRtpHeader = 12;

void write32(std::span<std::byte> at, std::uint32_t value)
{
  for (std::size_t i = 0; i < 4; ++i) at[i] = static_cast<std::byte>(value >> (24 - 8 * i) & 0xffU);
}

} // namespace

void MediaPort::useKey(const KeyLetter& letter)
{
  const std::lock_guard lock{sending_};
  sealer_.useKey(letter.epoch, letter.key);
}

void MediaPort::setRoutes(std::vector<Way> routes)
{
  const std::lock_guard lock{sending_};
  routes_ = std::move(routes);
  const auto places = std::max<std::size_t>(routes_.size(), 1);
  wraps_.resize(places);
  out_.reserve(places);
  spareOut_.reserve(places);
}

bool MediaPort::sendMedia(std::span<std::byte> buffer, std::size_t size)
{
  const std::lock_guard lock{sending_};
  const auto sealed = sealer_.seal(buffer, size);
  if (!sealed) return false;
  sendToRoutes(buffer.first(*sealed));
  return true;
}

void MediaPort::sendControl(std::uint16_t slot, std::span<const std::byte> payload,
                            const std::optional<Way>& to)
{
  std::array<std::byte, net::kLargestDatagram> buffer{};
  if (kRtpHeader + payload.size() + net::kSealGrowth > buffer.size()) return; // a line of chat is shorter
  const std::lock_guard lock{sending_};
  write32(buffer, std::uint32_t{0x80} << 24U | std::uint32_t{kControlType} << 16U | controlSequence_++);
  write32(std::span{buffer}.subspan(8), net::StreamId{slot, 0}.ssrc());
  std::ranges::copy(payload, buffer.begin() + kRtpHeader);
  const auto sealed = sealer_.seal(buffer, kRtpHeader + payload.size());
  if (!sealed) return;
  const auto packet = std::span<const std::byte>{buffer}.first(*sealed);
  if (!to) return sendToRoutes(packet);
  sendOne(*to, packet);
}

void MediaPort::sendPlain(std::span<const std::byte> datagram, const Way& to)
{
  const std::lock_guard lock{sending_};
  sendOne(to, datagram);
}

void MediaPort::addKey(std::uint16_t slot, const KeyLetter& letter)
{
  senders_[slot].opener.addKey(letter.epoch, letter.key);
}

void MediaPort::forget(std::uint16_t slot)
{
  senders_.erase(slot);
}

std::optional<MediaPort::Opened> MediaPort::open(const Arrival& packet)
{
  using Outcome = net::SrtpOpener::Outcome;
  const auto peek = net::RtpPeek::at(packet.bytes);
  if (!peek) {
    ++refused_.malformed;
    return std::nullopt;
  }
  const auto sender = senders_.find(peek->id.slot);
  if (sender == senders_.end()) {
    ++refused_.stranger;
    return std::nullopt;
  }
  auto& [opener, from, reportedAt] = sender->second;
  const auto opened = opener.open(packet.bytes, packet.at);
  if (opened.outcome != Outcome::opened) {
    auto& counter = opened.outcome == Outcome::replayed       ? refused_.replayed
                    : opened.outcome == Outcome::unknownEpoch ? refused_.unknownKey
                    : opened.outcome == Outcome::malformed    ? refused_.malformed
                                                              : refused_.forged;
    ++counter;
    return std::nullopt;
  }
  const bool isRoadNews = from != packet.from || packet.at - reportedAt >= kRoadNews;
  if (isRoadNews) {
    from = packet.from;
    reportedAt = packet.at;
  }
  const bool isControl = !peek->isRtcp && peek->id.stream == 0;
  if (!isControl && muted_.contains(peek->id.slot)) return std::nullopt; // as the host wishes
  const auto plain = std::span<const std::byte>{packet.bytes}.first(opened.size);
  const auto content = isControl ? plain.subspan(peek->headerSize) : plain;
  return Opened{peek->id, content, isControl, isRoadNews};
}

} // namespace tutti::room
