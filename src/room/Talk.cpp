#include <tutti/room/Talk.hpp>

#include <algorithm>
#include <array>
#include <chrono>

#include "ControlMessage.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kPart = 1000;
constexpr std::size_t kMostParts = 3; // 500 letters of four bytes, and what belongs to them
constexpr std::array kAgain{Micros{150ms}, Micros{600ms}};
constexpr std::size_t kMostAgain = 2048;
constexpr auto kBetween = 50ms; // packets to a newcomer: twenty a second

/// A line may be longer than a packet.
std::vector<ByteString> packetsOf(const ChatLine& line, std::uint16_t number, std::uint16_t forSlot)
{
  const auto bytes = line.encode();
  const auto count = (bytes.size() + kPart - 1) / kPart;
  std::vector<ByteString> packets;
  for (std::size_t i = 0; i < count; ++i) {
    ByteStringWriter packet{packets.emplace_back(beginControl(ControlType::talk, forSlot))};
    packet.u16(number);
    packet.u8(static_cast<std::uint8_t>(i));
    packet.u8(static_cast<std::uint8_t>(count));
    packet.bytes(std::span{bytes}.subspan(i * kPart, std::min(kPart, bytes.size() - i * kPart)));
  }
  return packets;
}

} // namespace

/// A line after the other, each twice more between those that follow: no faster than music can spare, and so
/// slowly that whoever hears it looks at each.
std::vector<ByteString> Talk::Partner::advance(std::uint16_t slot, HostTime now)
{
  constexpr std::array<std::size_t, 3> kLags{0, 3, 10};
  std::vector<ByteString> leaving;
  while (!untold_.empty()) {
    std::vector<ByteString> packets;
    for (const auto lag : kLags) {
      if (place_ < lag || place_ - lag >= untold_.size()) continue;
      const auto index = place_ - lag;
      const auto more = packetsOf(untold_[index], static_cast<std::uint16_t>(index), slot);
      packets.insert(packets.end(), more.begin(), more.end());
    }
    if (pace_.level(now) < static_cast<double>(packets.size())) break;
    for (auto& packet : packets) {
      pace_.tryTake(now);
      leaving.push_back(std::move(packet));
    }
    if (++place_ < untold_.size() + kLags.back()) continue;
    untold_.clear();
    place_ = 0;
  }
  return leaving;
}

HostTime Talk::Partner::nextDeadline() const
{
  return untold_.empty() ? HostTime::max() : pace_.countedAt() + kBetween;
}

/// A whole line, with the last part of it.
std::optional<ByteString> Talk::Partner::assemble(ByteReader& in)
{
  const auto number = in.u16();
  const auto index = in.u8();
  const auto count = in.u8();
  if (!number || !index || !count || *count == 0 || *count > kMostParts || *index >= *count)
    return std::nullopt;
  if (*number != lineComing_ || partsComing_.size() != *count) partsComing_.assign(*count, {});
  lineComing_ = *number;
  const auto part = *in.bytes(in.remaining());
  partsComing_[*index].assign(part.begin(), part.end());
  ByteString whole;
  for (const auto& piece : partsComing_) {
    if (piece.empty()) return std::nullopt; // more is to come
    whole.insert(whole.end(), piece.begin(), piece.end());
  }
  return whole;
}

std::vector<ByteString> Talk::say(const ChatLine& line, const MemberId& from, HostTime now)
{
  const WallTime wall{std::chrono::seconds{line.saidAt}}; // our own clock has dated it
  history_.hear(line, from, now, wall);
  auto packets = packetsOf(line, ++linesSaid_, 0);
  for (const auto& packet : packets)
    for (const auto delay : kAgain)
      if (again_.size() < kMostAgain) again_.push_back({now + delay, packet});
  return packets;
}

std::optional<MemberId> Talk::hear(Partner& partner, ByteReader& in, const MemberId& from, const MemberId& us,
                                   HostTime at, WallTime wall)
{
  const auto whole = partner.assemble(in);
  if (!whole) return std::nullopt;
  const auto line = ChatLine::parseUnchecked(*whole);
  if (!line || history_.has(*line) || !partner.heard_.tryTake(at) || !line->isAuthentic())
    return std::nullopt;
  if (line->author == us || !history_.hear(*line, from, at, wall)) return std::nullopt;
  return line->author;
}

std::vector<ByteString> Talk::advance(HostTime now)
{
  std::vector<ByteString> leaving;
  for (auto& again : again_)
    if (again.due <= now) leaving.push_back(std::move(again.packet));
  std::erase_if(again_, [now](const Again& again) { return again.due <= now; });
  return leaving;
}

HostTime Talk::nextDeadline() const
{
  auto due = HostTime::max();
  for (const auto& again : again_) due = std::min(due, again.due);
  return due;
}

} // namespace tutti::room
