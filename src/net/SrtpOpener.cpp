#include <tutti/net/RollOver.hpp>
#include <tutti/net/Srtp.hpp>

#include <algorithm>
#include <chrono>

#include <tutti/core/ByteReader.hpp>

#include "SrtpContext.hpp"

namespace tutti::net {
namespace {

using namespace std::chrono_literals;
using Outcome = SrtpOpener::Outcome;

constexpr auto kOverlap = 2s;                 // spec room R-3
constexpr std::size_t kMostStreams = 48;      // of one member and epoch: a player, and channels of a LAN
constexpr std::size_t kMostKeys = 4;          // an epoch a second, two seconds long
constexpr std::uint64_t kWindow = 1024;       // spec room R-6
constexpr std::uint64_t kFarAway = 1U << 14U; // spec room R-5

constexpr std::size_t kTagSize = 16;

bool isAfter(Epoch a, Epoch b)
{
  const auto step = static_cast<Epoch>(a - b);
  return step != 0 && step < 0x8000;
}

Outcome outcomeOf(srtp_err_status_t status)
{
  if (status == srtp_err_status_ok) return Outcome::opened;
  const bool isOld = status == srtp_err_status_replay_fail || status == srtp_err_status_replay_old ||
                     status == srtp_err_status_pkt_idx_old;
  return isOld ? Outcome::replayed : Outcome::forged;
}

std::uint64_t distance(std::uint64_t a, std::uint64_t b)
{
  return a > b ? a - b : b - a;
}

} // namespace

SrtpOpener::SrtpOpener() = default;
SrtpOpener::~SrtpOpener() = default;
SrtpOpener::SrtpOpener(SrtpOpener&&) noexcept = default;
SrtpOpener& SrtpOpener::operator=(SrtpOpener&&) noexcept = default;

void SrtpOpener::addKey(Epoch epoch, const SrtpKey& key)
{
  if (std::ranges::find(keys_, epoch, &Key::epoch) != keys_.end()) return;
  if (keys_.size() == kMostKeys) keys_.erase(keys_.begin());
  keys_.push_back({epoch, std::make_unique<SrtpContext>(epoch, key), {}, {}});
}

SrtpOpener::Key* SrtpOpener::keyFor(std::span<const std::byte> packet, HostTime now)
{
  std::erase_if(keys_, [now](const Key& key) { return key.endsAt && now >= *key.endsAt; });
  const auto epoch = ByteReader{packet.last(kMkiSize)}.u16();
  const auto key = std::ranges::find(keys_, *epoch, &Key::epoch);
  return key == keys_.end() ? nullptr : &*key;
}

void SrtpOpener::retireBefore(const Key& inUse, HostTime now)
{
  for (auto& key : keys_)
    if (!key.endsAt && isAfter(inUse.epoch, key.epoch)) key.endsAt = now + kOverlap;
}

SrtpOpener::Opened SrtpOpener::open(std::span<std::byte> packet, HostTime now)
{
  const auto peek = RtpPeek::at(packet);
  if (!peek || packet.size() < peek->headerSize + kTagSize + kMkiSize) return {Outcome::malformed, 0};
  auto* key = keyFor(packet, now);
  if (key == nullptr) return {Outcome::unknownEpoch, 0};
  const auto opened = peek->isRtcp ? openRtcp(*key, packet, *peek) : openRtp(*key, packet, *peek);
  if (opened.outcome == Outcome::opened) retireBefore(*key, now);
  return opened;
}

SrtpOpener::Opened SrtpOpener::openRtp(Key& key, std::span<std::byte> packet, const RtpPeek& peek)
{
  const auto round = readRollOver(packet);
  if (!round) return {Outcome::malformed, 0};
  const auto ssrc = peek.id.ssrc();
  const auto index = std::uint64_t{*round} << 16U | peek.sequence;
  auto stream = std::ranges::find(key.streams, ssrc, &Stream::ssrc);
  const bool isNew = stream == key.streams.end();
  if (isNew) {
    if (key.streams.size() == kMostStreams) return {Outcome::tooMany, 0};
    key.context->addStream(ssrc);
  } else if (!stream->isRtcpOnly && index + kWindow < stream->newest) {
    return {Outcome::replayed, 0};
  }
  const bool isAstray = isNew || stream->isRtcpOnly || distance(index, stream->newest) > kFarAway;
  if (isAstray) key.context->setRound(ssrc, *round);
  auto length = static_cast<int>(packet.size());
  const auto outcome = outcomeOf(srtp_unprotect_mki(key.context->get(), packet.data(), &length, 1));
  if (isAstray) key.context->setRound(ssrc, 0); // what a forger claimed is forgotten
  if (outcome != Outcome::opened) {
    if (isNew) key.context->removeStream(ssrc);
    return {outcome, 0};
  }
  if (isNew)
    key.streams.push_back({ssrc, index, false});
  else {
    stream->newest = stream->isRtcpOnly ? index : std::max(stream->newest, index);
    stream->isRtcpOnly = false;
  }
  return {outcome, static_cast<std::size_t>(length)};
}

SrtpOpener::Opened SrtpOpener::openRtcp(Key& key, std::span<std::byte> packet, const RtpPeek& peek)
{
  const auto ssrc = peek.id.ssrc();
  const bool isNew = std::ranges::find(key.streams, ssrc, &Stream::ssrc) == key.streams.end();
  if (isNew && key.streams.size() == kMostStreams) return {Outcome::tooMany, 0};
  if (isNew) key.context->addStream(ssrc);
  auto length = static_cast<int>(packet.size());
  const auto outcome = outcomeOf(srtp_unprotect_rtcp_mki(key.context->get(), packet.data(), &length, 1));
  if (outcome != Outcome::opened) {
    if (isNew) key.context->removeStream(ssrc);
    return {outcome, 0};
  }
  if (isNew) key.streams.push_back({ssrc, 0, true});
  return {outcome, static_cast<std::size_t>(length)};
}

} // namespace tutti::net
