#include <tutti/stream/Intake.hpp>

#include <algorithm>
#include <limits>

#include <tutti/net/RedPayload.hpp>

namespace tutti::stream {

namespace {

constexpr audio::FrameCount kLongestDelay{4800}; // what is further behind is a new beginning
constexpr audio::FrameCount kLongestSkip{960};   // concealment falls silent within 20 ms

// Opus, in steps of 2.5 ms: twice as fast as sound goes by, and two seconds of it at once, as after a stall
// many packets come together.
constexpr time::TokenBucket::Limits kPace{.atOnce = 800, .perSecond = 800};

} // namespace

Intake::Intake(Playout& playout, Decoder decoder, std::size_t channels)
  : playout_{playout}
  , decoder_{std::move(decoder)}
  , frames_(channels, std::vector<float>(Decoder::kMostFrames))
  , room_(frames_.begin(), frames_.end())
  , known_{}
  , pace_{kPace, HostTime{}}
{
  known_.fill({std::numeric_limits<std::int64_t>::min(), false});
}

SampleTime Intake::placeOf(std::uint32_t timestamp) const
{
  if (!hasBegun_) return SampleTime{timestamp};
  const auto ahead = static_cast<std::int32_t>(timestamp - static_cast<std::uint32_t>(newest_.frames));
  return newest_ + audio::FrameCount{ahead};
}

void Intake::receive(const net::RtpPacket& packet, HostTime arrived, HostTime now, Way way, Micros sentAfter)
{
  ++counts_.packets;
  const auto first = placeOf(packet.header.timestamp);
  const auto own = sourceOf(packet, first, sentAfter);
  const auto source = way == Way::usual ? own : Source::detour;
  if (!hasBegun_ || first > newest_) {
    newest_ = first;
    sequence_ = packet.header.sequenceNumber;
  }
  hasBegun_ = true;
  if (packet.header.payloadType != kRedPayloadType)
    return take(packet.header.payloadType, first, packet.payload, arrived, now, source);
  const auto blocks = net::parseRed(packet.payload);
  if (!blocks) {
    ++counts_.refused;
    return;
  }
  for (std::size_t i = 0; i < blocks->size(); ++i) {
    const auto& block = (*blocks)[i];
    const bool isOwn = i + 1 == blocks->size();
    take(block.payloadType, first + audio::FrameCount{-std::int64_t{block.timestampOffset}}, block.data,
         arrived, now, isOwn ? source : Source::redundancy);
  }
}

Source Intake::sourceOf(const net::RtpPacket& packet, SampleTime first, Micros sentAfter)
{
  const bool wasHeldUp = leavings_.judge(static_cast<double>(sentAfter.count()));
  if (isAfterBreak(packet, first)) return Source::resumed;
  return wasHeldUp ? Source::heldUp : Source::packet;
}

/// The next packet, but not the next frames: they were never packed.
bool Intake::isAfterBreak(const net::RtpPacket& packet, SampleTime first) const
{
  const auto next = static_cast<std::uint16_t>(sequence_ + 1);
  return hasBegun_ && length_.frames > 0 && packet.header.sequenceNumber == next &&
         first != newest_ + length_;
}

void Intake::take(std::uint8_t payloadType, SampleTime first, std::span<const std::byte> data,
                  HostTime arrived, HostTime now, Source source)
{
  if (codecOf(payloadType) != decoder_.codec()) {
    ++counts_.refused;
    return;
  }
  if (auto* known = findKnown(first); known != nullptr) {
    if (source != Source::redundancy) noteOwnPacket(*known, first, arrived, now, source);
    return;
  }
  const auto count = decodeInStep(first, data, arrived);
  if (!count) return;
  known_[knownCount_++ % known_.size()] = {first.frames, source == Source::redundancy};
  end_ = first + *count;
  if (first == newest_) length_ = *count;
  std::array<std::span<const float>, kMostChannels> channels;
  for (std::size_t channel = 0; channel < frames_.size(); ++channel)
    channels[channel] = std::span{frames_[channel]}.first(static_cast<std::size_t>(count->frames));
  playout_.receive(first, std::span{channels}.first(frames_.size()), arrived, now, source);
}

Intake::Known* Intake::findKnown(SampleTime first)
{
  auto* const found = std::ranges::find(known_.begin(), known_.end(), first.frames, &Known::first);
  return found == known_.end() ? nullptr : found;
}

/// Its frames are nothing new, but when it came says how the path is. If only those packets counted that no
/// later one has overtaken, the path would look faster the more is said again.
void Intake::noteOwnPacket(Known& known, SampleTime first, HostTime arrived, HostTime now, Source source)
{
  if (!known.isOwnPacketDue) {
    ++counts_.repeated;
    return;
  }
  known.isOwnPacketDue = false;
  playout_.noteArrival(first, length_, arrived, now, source);
}

/// Nothing where it was overtaken, cannot be read, or comes too fast for that. It is looked at first: nobody
/// is led over a hole to what is no packet.
std::optional<audio::FrameCount> Intake::decodeInStep(SampleTime first, std::span<const std::byte> data,
                                                      HostTime arrived)
{
  const auto length = decoder_.lengthOf(data);
  if (length && tryTakeTime(*length, arrived)) {
    if (!keepInStep(first, arrived)) return std::nullopt;
    if (const auto count = decoder_.decode(data, room_)) return *count;
  }
  ++counts_.refused;
  return std::nullopt;
}

/// What remembers the packet before must not be given an older one, and has to know of holes.
bool Intake::keepInStep(SampleTime first, HostTime arrived)
{
  if (!decoder_.needsOrder() || knownCount_ == 0) return true;
  const audio::FrameCount hole{first.frames - end_.frames};
  if (hole.frames < 0) return hole <= audio::FrameCount{-kLongestDelay.frames};
  if (hole.frames > 0 && !trySkip(hole, arrived)) decoder_.restart();
  end_ = first; // also if decoding fails: what was skipped once is not skipped again
  return true;
}

bool Intake::trySkip(audio::FrameCount hole, HostTime arrived)
{
  if (hole > kLongestSkip || !tryTakeTime(hole, arrived)) return false;
  decoder_.skip(hole);
  counts_.skipped += static_cast<std::uint64_t>(hole.frames);
  return true;
}

/// Opus takes as long to make frames up as to decode them, and a packet of two bytes can ask for many. PCM is
/// read as fast as it comes.
bool Intake::tryTakeTime(audio::FrameCount frames, HostTime arrived)
{
  if (!decoder_.needsOrder()) return true;
  const auto steps = frames.frames / Decoder::kSkipStep;
  if (pace_.level(arrived) < static_cast<double>(steps)) return false;
  for (auto left = steps; left > 0; --left) pace_.tryTake(arrived);
  return true;
}

} // namespace tutti::stream
