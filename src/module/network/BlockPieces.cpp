#include <tutti/module/BlockPieces.hpp>

#include <algorithm>
#include <bit>

#include <tutti/core/Assert.hpp>
#include <tutti/core/ByteReader.hpp>

namespace tutti::module {
namespace {

std::size_t bytesOf(std::size_t samples)
{
  return kMomentSize + samples * sizeof(float);
}

std::size_t piecesOf(std::size_t bytes)
{
  return (bytes + kLargestPiece - 1) / kLargestPiece;
}

void write(ByteStringWriter& out, const Moment& moment)
{
  out.i64(moment.first.frames);
  out.i64(moment.beat.microBeats());
  out.i64(moment.quantum.microBeats());
  out.u64(std::bit_cast<std::uint64_t>(moment.tempo.bpm()));
  out.u8(moment.isPlaying ? 1 : 0);
}

/// All of it is there.
Moment readMoment(ByteReader& in, std::uint32_t number)
{
  Moment moment;
  moment.number = number;
  moment.first = {in.i64().value_or(0)};
  moment.beat = time::Beats::fromMicroBeats(in.i64().value_or(0));
  moment.quantum = time::Beats::fromMicroBeats(in.i64().value_or(0));
  moment.tempo = time::Tempo::fromBpm(std::bit_cast<double>(in.u64().value_or(0))).clamped();
  moment.isPlaying = in.u8().value_or(0) != 0;
  return moment;
}

} // namespace

void BlockCutter::cut(const Moment& moment, std::span<const float> samples,
                      const std::function<void(std::span<const std::byte>)>& send)
{
  TUTTI_ASSERT(fitsPieces(samples.size()));
  block_.clear();
  ByteStringWriter out{block_};
  write(out, moment);
  for (const float sample : samples) out.u32(std::bit_cast<std::uint32_t>(sample));
  const auto pieces = piecesOf(block_.size());
  for (std::size_t i = 0; i < pieces; ++i) {
    piece_.clear();
    ByteStringWriter head{piece_};
    head.u32(moment.number);
    head.u8(static_cast<std::uint8_t>(i));
    head.u8(static_cast<std::uint8_t>(pieces));
    const auto rest = std::span<const std::byte>{block_}.subspan(i * kLargestPiece);
    head.bytes(rest.first(std::min(kLargestPiece, rest.size())));
    send(piece_);
  }
}

BlockJoiner::BlockJoiner(std::size_t samples)
  : pieces_{piecesOf(bytesOf(samples))}
  , samples_(samples)
{
  TUTTI_ASSERT(fitsPieces(samples));
  for (auto& building : buildings_) building.bytes.resize(bytesOf(samples));
}

std::optional<JoinedBlock> BlockJoiner::add(std::span<const std::byte> piece)
{
  ByteReader in{piece};
  const auto number = in.u32();
  const auto index = in.u8();
  const auto pieces = in.u8();
  if (!number || !index || !pieces || *pieces != pieces_ || *index >= pieces_) return std::nullopt;
  auto& building = buildings_[*number % kUnderWay];
  const auto from = *index * kLargestPiece;
  if (in.remaining() != std::min(kLargestPiece, building.bytes.size() - from)) return std::nullopt;
  if (building.number != *number) {
    building.number = *number;
    building.isDone = false;
    building.has.reset();
  }
  if (building.isDone || building.has[*index]) return std::nullopt;
  building.has.set(*index);
  std::ranges::copy(*in.bytes(in.remaining()), building.bytes.begin() + static_cast<std::ptrdiff_t>(from));
  if (building.has.count() < pieces_) return std::nullopt;
  building.isDone = true;
  return read(building);
}

std::optional<JoinedBlock> BlockJoiner::read(const Building& building)
{
  ByteReader in{building.bytes};
  const auto moment = readMoment(in, building.number);
  for (auto& sample : samples_) sample = std::bit_cast<float>(in.u32().value_or(0));
  return JoinedBlock{moment, samples_};
}

} // namespace tutti::module
