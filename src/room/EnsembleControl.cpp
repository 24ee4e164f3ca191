// What members say to each other in their sealed control streams.
#include <tutti/room/Ensemble.hpp>

#include <algorithm>
#include <chrono>

#include <tutti/core/ByteReader.hpp>

#include "ControlMessage.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr auto kGiveAgain = 2s; // a key whose letter seems lost

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
    if (const auto author = talk_.hear(fellow->talk, in, fellow->card.id, us_.id(), at, wall))
      out.emplace_back(News{News::What::said, *author});
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
  const auto roundTrip = forwarders_.roundTrip().value_or(Micros{0});
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
  if (speaksForAll) fellow.talk.tell(talk_.history());
}

/// On the path in use: the clock is compared on the way that sound takes.
Ensemble::SendSealed Ensemble::sealedFor(const Fellow& fellow, ByteString payload) const
{
  const auto& path = fellow.paths.current();
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

Ensemble::Actions Ensemble::say(const ChatLine& line, HostTime now)
{
  Actions out;
  for (auto& packet : talk_.say(line, us_.id(), now))
    out.emplace_back(SendSealed{std::nullopt, std::move(packet)});
  out.emplace_back(News{News::What::said, us_.id()});
  return out;
}

} // namespace tutti::room
