// What members say to each other in their sealed control streams.
#include <tutti/room/Ensemble.hpp>

#include <algorithm>
#include <array>
#include <chrono>

#include <tutti/core/ByteReader.hpp>

#include "ControlMessage.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr auto kGiveAgain = 2s; // a key whose letter seems lost
constexpr std::size_t kPart = 1000;
constexpr std::size_t kMostParts = 3; // 500 letters of four bytes, and what belongs to them
constexpr std::array kAgain{Micros{150ms}, Micros{600ms}};
constexpr std::size_t kMostAgain = 2048;

} // namespace

Ensemble::Actions Ensemble::hearSealed(std::uint16_t slot, std::span<const std::byte> payload,
                                       const Way& from, HostTime at, HostTime now, WallTime wall)
{
  Actions out;
  auto* fellow = fellowAt(slot);
  ByteReader in{payload};
  const auto type = in.u8();
  const auto forSlot = in.u16();
  if (fellow == nullptr || !type || !forSlot || (*forSlot != 0 && *forSlot != slot_)) return out;
  hearMedia(slot, from, at);
  switch (static_cast<ControlType>(*type)) {
  case ControlType::hello:
    hearHello(*fellow, in, at, out);
    break;
  case ControlType::question:
    hearQuestion(*fellow, in, at, now, out);
    break;
  case ControlType::answer: {
    const auto asked = in.i64();
    const auto heard = in.i64();
    const auto answered = in.i64();
    constexpr Micros kForgotten = 5s; // an answer to what we never asked, or long ago
    if (!asked || !heard || !answered || hostTime(*asked) > at || hostTime(*asked) < at - kForgotten) break;
    fellow->clock.add({hostTime(*asked), {*heard}, {*answered}, at});
    break;
  }
  case ControlType::talk:
    hearTalk(*fellow, in, at, wall, out);
    break;
  case ControlType::bridge:
    hearBridge(*fellow, in, at, out);
    break;
  }
  return out;
}

void Ensemble::sayHello(Actions& out, HostTime now)
{
  isHelloDue_ = false;
  helloAt_ = now;
  if (fellows_.empty()) return;
  auto bytes = beginControl(ControlType::hello, 0);
  ByteStringWriter hello{bytes};
  hello.u64(rosterDigest());
  const auto roundTrip = forwarder_ ? forwarder_->roundTrip().value_or(Micros{0}) : Micros{0};
  hello.u32(static_cast<std::uint32_t>(std::min<std::int64_t>(roundTrip.count(), 10'000'000)));
  for (const auto& [id, fellow] : fellows_) {
    if (!fellow.epoch) continue;
    hello.u16(fellow.slot);
    hello.u16(*fellow.epoch);
  }
  out.emplace_back(SendSealed{std::nullopt, std::move(bytes)});
}

void Ensemble::hearHello(Fellow& fellow, ByteReader& in, HostTime at, Actions& out)
{
  const auto digest = in.u64();
  const auto roundTrip = in.u32();
  if (!digest || !roundTrip) return;
  fellow.forwarderRoundTrip = Micros{*roundTrip};
  if (*digest == rosterDigest())
    fellow.disputedSince.reset();
  else if (!fellow.disputedSince)
    fellow.disputedSince = at;
  std::optional<std::uint16_t> ours;
  while (const auto slot = in.u16()) {
    const auto epoch = in.u16();
    if (epoch && *slot == slot_) ours = epoch;
  }
  if (ours) remember(keys_.confirmed(fellow.card.id, *ours, at), out);
  if (!keys_.isNewest(ours) && at - fellow.givenAgainAt >= kGiveAgain) {
    if (fellow.givenAgainAt != HostTime{}) remember(keys_.askedAgain(fellow.card.id, at), out);
    fellow.givenAgainAt = at;
  }
  if (fellow.wasTold || !ours || !keys_.isInUse(*ours)) return;
  fellow.wasTold = true; // the first hello of a newcomer that can open what we send: what was said before
  const auto speaksForAll = std::ranges::none_of(fellows_, [&](const auto& entry) {
    return entry.second.slot < slot_ && entry.second.slot != fellow.slot;
  });
  if (!speaksForAll) return;
  fellow.history = {chat_.lines().begin(), chat_.lines().end()};
}

/// A line after the other, each twice more between those that follow: no faster than music can spare, and so
/// slowly that whoever hears it looks at each.
void Ensemble::tellHistory(Fellow& fellow, HostTime now, Actions& out)
{
  constexpr std::array<std::size_t, 3> kLags{0, 3, 10};
  const auto& lines = fellow.history;
  while (!lines.empty()) {
    std::vector<ByteString> packets;
    for (const auto lag : kLags) {
      if (fellow.historyAt < lag || fellow.historyAt - lag >= lines.size()) continue;
      const auto index = fellow.historyAt - lag;
      const auto more = packetsOf(lines[index], static_cast<std::uint16_t>(index), fellow.slot);
      packets.insert(packets.end(), more.begin(), more.end());
    }
    if (fellow.historyPace.level(now) < static_cast<double>(packets.size())) return;
    for (auto& packet : packets) {
      fellow.historyPace.tryTake(now);
      out.emplace_back(sealedFor(fellow, std::move(packet)));
    }
    if (++fellow.historyAt < lines.size() + kLags.back()) continue;
    fellow.history.clear();
    fellow.historyAt = 0;
  }
}

/// On the path in use: the clock is compared on the way that sound takes.
Ensemble::SendSealed Ensemble::sealedFor(const Fellow& fellow, ByteString payload) const
{
  const auto& path = fellow.choice.current();
  return {path ? std::optional{path->way()} : std::nullopt, std::move(payload)};
}

void Ensemble::probe(Fellow& fellow, HostTime now, Actions& out)
{
  auto bytes = beginControl(ControlType::question, fellow.slot);
  ByteStringWriter{bytes}.i64(microsOf(now));
  fellow.clock.asked(now);
  out.emplace_back(sealedFor(fellow, std::move(bytes)));
}

void Ensemble::hearQuestion(Fellow& fellow, ByteReader& in, HostTime at, HostTime now, Actions& out)
{
  const auto asked = in.i64();
  if (!asked || !fellow.questions.tryTake(at)) return;
  auto bytes = beginControl(ControlType::answer, fellow.slot);
  ByteStringWriter answer{bytes};
  answer.i64(*asked);
  answer.i64(microsOf(at));
  answer.i64(microsOf(std::max(at, now)));
  out.emplace_back(sealedFor(fellow, std::move(bytes)));
}

void Ensemble::hearTalk(Fellow& fellow, ByteReader& in, HostTime at, WallTime wall, Actions& out)
{
  const auto number = in.u16();
  const auto index = in.u8();
  const auto count = in.u8();
  if (!number || !index || !count || *count == 0 || *count > kMostParts || *index >= *count) return;
  auto& parts = fellow.partsComing;
  if (*number != fellow.lineComing || parts.size() != *count) parts.assign(*count, {});
  fellow.lineComing = *number;
  const auto part = *in.bytes(in.remaining());
  parts[*index].assign(part.begin(), part.end());
  ByteString whole;
  for (const auto& piece : parts) {
    if (piece.empty()) return; // more is to come
    whole.insert(whole.end(), piece.begin(), piece.end());
  }
  const auto line = ChatLine::parseUnchecked(whole);
  if (!line || chat_.has(*line) || !fellow.talk.tryTake(at) || !line->isAuthentic()) return;
  if (line->author == us_.id()) return;
  if (chat_.hear(*line, fellow.card.id, at, wall)) out.emplace_back(News{News::What::said, line->author});
}

void Ensemble::hearBridge(Fellow& fellow, ByteReader& in, HostTime at, Actions& out)
{
  const auto word = *in.bytes(in.remaining());
  if (word.empty() || word.size() > BridgeWord::kLargest) return;
  const auto about = static_cast<BridgeWord::About>(word.front());
  if (about != BridgeWord::About::session && about != BridgeWord::About::channels) return;
  auto& pace =
    about == BridgeWord::About::session ? fellow.bridging : fellow.carrying; // neither takes the other's
  if (!pace.tryTake(at)) return;
  out.emplace_back(BridgeWord{fellow.card.id, fellow.card.sign, {word.begin(), word.end()}});
}

/// A line may be longer than a packet.
std::vector<ByteString> Ensemble::packetsOf(const ChatLine& line, std::uint16_t number, std::uint16_t forSlot)
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

Ensemble::Actions Ensemble::say(const ChatLine& line, HostTime now)
{
  const WallTime wall{std::chrono::seconds{line.saidAt}}; // our own clock has dated it
  chat_.hear(line, us_.id(), now, wall);
  Actions out;
  for (auto& packet : packetsOf(line, ++linesSaid_, 0)) {
    const SendSealed sealed{std::nullopt, std::move(packet)};
    for (const auto delay : kAgain)
      if (again_.size() < kMostAgain) again_.push_back({now + delay, sealed});
    out.emplace_back(sealed);
  }
  out.emplace_back(News{News::What::said, us_.id()});
  return out;
}

} // namespace tutti::room
