#include <tutti/module/ModuleLane.hpp>

#include <bit>
#include <utility>

#include <tutti/core/Assert.hpp>

namespace tutti::module {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

void write(std::span<rt::SharedWord> at, std::uint64_t value) noexcept TUTTI_NONBLOCKING
{
  at[0].store(static_cast<std::uint32_t>(value >> 32U), kRelaxed);
  at[1].store(static_cast<std::uint32_t>(value & 0xffff'ffffU), kRelaxed);
}

std::uint64_t read(std::span<const rt::SharedWord> at) noexcept TUTTI_NONBLOCKING
{
  return std::uint64_t{at[0].load(kRelaxed)} << 32U | at[1].load(kRelaxed);
}

std::int64_t readSigned(std::span<const rt::SharedWord> at) noexcept TUTTI_NONBLOCKING
{
  return static_cast<std::int64_t>(read(at));
}

} // namespace

/// The number last, so that whoever sees it sees the rest.
void writeMoment(std::span<rt::SharedWord> head, const Moment& moment) noexcept TUTTI_NONBLOCKING
{
  write(head.subspan(1), static_cast<std::uint64_t>(moment.first.frames));
  write(head.subspan(3), static_cast<std::uint64_t>(moment.beat.microBeats()));
  write(head.subspan(5), static_cast<std::uint64_t>(moment.quantum.microBeats()));
  write(head.subspan(7), std::bit_cast<std::uint64_t>(moment.tempo.bpm()));
  head[9].store(moment.isPlaying ? 1 : 0, kRelaxed);
  head[0].store(moment.number, std::memory_order_release);
}

Moment readMoment(std::span<const rt::SharedWord> head) noexcept TUTTI_NONBLOCKING
{
  return {.number = head[0].load(std::memory_order_acquire),
          .first = {readSigned(head.subspan(1))},
          .beat = time::Beats::fromMicroBeats(readSigned(head.subspan(3))),
          .quantum = time::Beats::fromMicroBeats(readSigned(head.subspan(5))),
          .tempo = time::Tempo::fromBpm(std::bit_cast<double>(read(head.subspan(7)))).clamped(),
          .isPlaying = head[9].load(kRelaxed) != 0};
}

ModuleLane::ModuleLane(LaneMemory memory, const LaneShape& shape)
  : memory_{std::move(memory)}
  , shape_{shape}
  , taken_{said().load(std::memory_order_acquire)}
{
  TUTTI_ASSERT(shape.isSane() && memory_.words().size() == shape.words());
}

std::optional<Moment> ModuleLane::tryTake(std::span<float> inputs) noexcept TUTTI_NONBLOCKING
{
  const auto said = this->said().load(std::memory_order_acquire);
  const auto waiting = said - taken_;
  if (waiting == 0) return std::nullopt;
  if (waiting > shape_.slots / 2) taken_ = said - 1;
  ++taken_;
  const auto slot = memory_.words().subspan(shape_.question(taken_));
  auto moment = readMoment(slot);
  moment.number = taken_;
  const auto samples = slot.subspan(LaneShape::kHead, inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) inputs[i] = std::bit_cast<float>(samples[i].load(kRelaxed));
  return moment;
}

void ModuleLane::answer(const Moment& moment, std::span<const float> outputs) noexcept TUTTI_NONBLOCKING
{
  const auto slot = memory_.words().subspan(shape_.answer(moment.number));
  const auto samples = slot.subspan(LaneShape::kHead, outputs.size());
  for (std::size_t i = 0; i < outputs.size(); ++i)
    samples[i].store(std::bit_cast<std::uint32_t>(outputs[i]), kRelaxed);
  slot[0].store(moment.number, std::memory_order_release);
  memory_.words()[LaneShape::answered()].store(moment.number, std::memory_order_release);
}

} // namespace tutti::module
