#include <tutti/linkaudio/Packetiser.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <tutti/core/Assert.hpp>
#include <tutti/time/Rounding.hpp>

namespace tutti::linkaudio {
namespace {

constexpr double kJump = 1000; // µs of beats; less is how stamps wander

} // namespace

Packetiser::Packetiser(ChannelId channel, std::size_t mostSamples)
  : mostSamples_{mostSamples}
{
  TUTTI_ASSERT(mostSamples >= 2 && mostSamples <= UINT16_MAX);
  building_.channel = channel;
  building_.samples.reserve(mostSamples);
  building_.chunks.reserve(kMostChunks);
}

void Packetiser::push(const Block& block, HostTime now)
{
  if (block.channels < 1 || block.channels > 2 || block.samples.size() < block.channels) return;
  if (isOtherKind(block)) send();
  building_.session = block.session;
  building_.rate = block.rate;
  building_.channels = block.channels;
  said_ = {block.begin, block.tempo, 0};
  if (!building_.chunks.empty() && isElsewhere(block)) {
    if (building_.chunks.size() == kMostChunks) send();
    open(said_, now);
  }
  append(block.samples.first(block.samples.size() / block.channels * block.channels), now);
}

bool Packetiser::isOtherKind(const Block& block) const
{
  return block.session != building_.session || block.rate != building_.rate ||
         block.channels != building_.channels;
}

bool Packetiser::isElsewhere(const Block& block) const
{
  const auto microsPerBeat = counted_.tempo.microsPerBeat();
  if (block.tempo.microsPerBeat() != microsPerBeat) return true;
  const auto off = static_cast<double>((block.begin - placeOf(counted_)).microBeats());
  return std::abs(off) * static_cast<double>(microsPerBeat) > kJump * 1e6;
}

/// From where the anchor is, not from the last chunk: so what is rounded here is not rounded again.
time::Beats Packetiser::placeOf(const Anchor& anchor) const
{
  const double each =
    1e12 / (static_cast<double>(building_.rate.hertz()) * static_cast<double>(anchor.tempo.microsPerBeat()));
  return anchor.begin + time::Beats::fromMicroBeats(time::rounded(static_cast<double>(anchor.frames) * each));
}

void Packetiser::open(const Anchor& from, HostTime now)
{
  if (building_.chunks.empty()) waitsSince_ = now;
  counted_ = from;
  building_.chunks.push_back({0, 0, placeOf(from), from.tempo});
}

void Packetiser::append(std::span<const std::int16_t> samples, HostTime now)
{
  while (!samples.empty()) {
    if (building_.chunks.empty()) open(said_, now);
    const auto room = mostFrames() * building_.channels - building_.samples.size();
    const auto taken = samples.first(std::min(room, samples.size()));
    building_.samples.insert(building_.samples.end(), taken.begin(), taken.end());
    const auto frames = taken.size() / building_.channels;
    auto& chunk = building_.chunks.back();
    chunk.frames = static_cast<std::uint16_t>(chunk.frames + frames);
    counted_.frames += static_cast<std::int64_t>(frames);
    said_.frames += static_cast<std::int64_t>(frames);
    samples = samples.subspan(taken.size());
    if (taken.size() == room) send();
  }
}

void Packetiser::send()
{
  if (building_.chunks.empty()) return;
  for (auto& chunk : building_.chunks) chunk.sequence = ++sequence_;
  ready_.push_back(building_);
  building_.chunks.clear();
  building_.samples.clear();
}

void Packetiser::advance(HostTime now)
{
  if (const auto due = nextDeadline(); due && now >= *due) send();
}

std::optional<HostTime> Packetiser::nextDeadline() const
{
  if (building_.chunks.empty()) return std::nullopt;
  return waitsSince_ + kLongestWait;
}

std::optional<AudioBuffer> Packetiser::next()
{
  if (ready_.empty()) return std::nullopt;
  auto buffer = std::move(ready_.front());
  ready_.pop_front();
  return buffer;
}

void Packetiser::clear()
{
  building_.chunks.clear();
  building_.samples.clear();
  ready_.clear();
}

} // namespace tutti::linkaudio
