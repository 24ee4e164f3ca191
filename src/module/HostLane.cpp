#include <tutti/module/HostLane.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include <tutti/audio/SampleFormat.hpp>
#include <tutti/core/Assert.hpp>
#include <tutti/module/ModuleLane.hpp>
#include <tutti/rt/Foreign.hpp>

namespace tutti::module {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

void count(std::atomic<std::uint64_t>& number) noexcept TUTTI_NONBLOCKING
{
  number.store(number.load(kRelaxed) + 1, kRelaxed); // this thread is the only one that writes
}

/// The number of a block on the wire: 0 is in no slot.
std::uint32_t numberOf(std::int64_t block) noexcept TUTTI_NONBLOCKING
{
  return static_cast<std::uint32_t>(block + 1);
}

} // namespace

HostLane::HostLane(LaneMemory memory, const LaneShape& shape, audio::SampleRate rate, std::uint32_t allowance,
                   Health& health)
  : memory_{std::move(memory)}
  , shape_{shape}
  , rate_{rate}
  , allowance_{std::int64_t{allowance} * shape.block}
  , health_{health}
  , heard_(std::size_t{shape.outputs} * shape.block)
{
  TUTTI_ASSERT(shape.isSane() && memory_.words().size() == shape.words());
}

void HostLane::render(const patch::Rendering& rendering, Curtain& curtain) noexcept TUTTI_NONBLOCKING
{
  makeRoom(static_cast<std::int64_t>(rendering.block.frames));
  put(rendering);
  hear(rendering, curtain);
}

/// All that will be heard in this block must have been said before the last one ended. Of blocks that are all
/// as long as this one, the worst is known at once; where they vary, the delay grows when it must, and then
/// stays.
void HostLane::makeRoom(std::int64_t frames) noexcept TUTTI_NONBLOCKING
{
  const std::int64_t block = shape_.block;
  const auto now = frames + position_ % block;
  const auto soon = frames == lastFrames_ ? now : frames + block - std::gcd(frames, block);
  lastFrames_ = frames;
  const auto needed = std::max(now, soon) + allowance_;
  if (needed > delay_.load(kRelaxed)) delay_.store(needed, kRelaxed);
}

std::span<rt::SharedWord> HostLane::slotAt(std::size_t place, std::uint32_t channels) const noexcept
  TUTTI_NONBLOCKING
{
  return memory_.words().subspan(place, LaneShape::kHead + std::size_t{channels} * shape_.block);
}

void HostLane::put(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto frames = rendering.block.frames;
  for (std::size_t from = 0; from < frames;) {
    const auto filled = static_cast<std::size_t>(position_ % shape_.block);
    if (filled == 0) begin(rendering, from);
    const auto some = std::min(shape_.block - filled, frames - from);
    const auto slot = slotAt(shape_.question(moment_.number), shape_.inputs);
    for (std::size_t channel = 0; channel < shape_.inputs; ++channel) {
      const auto sound = rendering.input(channel).subspan(from, some);
      const auto samples = slot.subspan(LaneShape::kHead + channel * shape_.block + filled, some);
      for (std::size_t i = 0; i < some; ++i)
        samples[i].store(std::bit_cast<std::uint32_t>(sound[i]), kRelaxed);
    }
    position_ += static_cast<std::int64_t>(some);
    from += some;
    if (filled + some == shape_.block) say();
  }
}

bool HostLane::isAnswered() const noexcept TUTTI_NONBLOCKING
{
  const auto words = memory_.words();
  return words[LaneShape::answered()].load(std::memory_order_acquire) ==
         numberOf(position_ / shape_.block - 1);
}

/// The block is dated for where its answer will be heard.
void HostLane::begin(const patch::Rendering& rendering, std::size_t from) noexcept TUTTI_NONBLOCKING
{
  const audio::FrameCount later{static_cast<std::int64_t>(from)};
  const auto heardAt = rendering.block.audible + rate_.toMicros(later + delay());
  moment_ = {.number = numberOf(position_ / shape_.block),
             .first = audio::operator+(rendering.block.first, later),
             .beat = rendering.grid.beatAt(heardAt),
             .quantum = rendering.grid.quantum(),
             .tempo = rendering.grid.tempo(),
             .isPlaying = rendering.grid.isPlaying()};
}

void HostLane::say() noexcept TUTTI_NONBLOCKING
{
  writeMoment(slotAt(shape_.question(moment_.number), 0), moment_);
  auto& said = memory_.words()[LaneShape::said()];
  said.store(moment_.number, std::memory_order_release);
  rt::wakeSharedWord(said);
}

void HostLane::hear(const patch::Rendering& rendering, Curtain& curtain) noexcept TUTTI_NONBLOCKING
{
  const auto frames = rendering.block.frames;
  auto source = position_ - static_cast<std::int64_t>(frames) - delay_.load(kRelaxed);
  for (std::size_t from = 0; from < frames;) {
    const auto isBefore = source < 0;
    const auto offset = isBefore ? std::size_t{0} : static_cast<std::size_t>(source % shape_.block);
    const auto left = isBefore ? static_cast<std::size_t>(-source) : shape_.block - offset;
    const auto some = std::min(left, frames - from);
    const bool isThere = !isBefore && fetch(source / shape_.block);
    for (std::size_t i = 0; i < some; ++i) {
      curtain.move(isThere);
      for (std::size_t channel = 0; channel < shape_.outputs; ++channel)
        rendering.output(channel)[from + i] =
          isThere ? curtain.through(channel, heard_[channel * shape_.block + offset + i])
                  : curtain.held(channel);
    }
    from += some;
    source += static_cast<std::int64_t>(some);
  }
}

/// Whether the answer to this block can be heard. It is asked for once; what comes later is too late.
bool HostLane::fetch(std::int64_t block) noexcept TUTTI_NONBLOCKING
{
  if (answer_.block == block) return answer_.isThere;
  answer_ = {block, copy(numberOf(block))};
  count(health_.blocks);
  return answer_.isThere;
}

bool HostLane::copy(std::uint32_t number) noexcept TUTTI_NONBLOCKING
{
  const auto slot = slotAt(shape_.answer(number), shape_.outputs);
  if (slot[0].load(std::memory_order_acquire) != number) {
    count(health_.late);
    return false;
  }
  const auto samples = slot.subspan(LaneShape::kHead);
  bool isSound = true;
  for (std::size_t i = 0; i < heard_.size(); ++i) {
    const auto sample = std::bit_cast<float>(samples[i].load(kRelaxed));
    heard_[i] = sample;
    isSound = isSound && std::abs(sample) <= audio::kLargestSample; // not for not-a-number
  }
  if (!isSound) count(health_.spoilt);
  return isSound;
}

} // namespace tutti::module
