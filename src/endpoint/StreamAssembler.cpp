#include <tutti/endpoint/StreamAssembler.hpp>

#include <algorithm>
#include <bit>

#include <tutti/core/Assert.hpp>

namespace tutti::endpoint {
namespace {

constexpr std::uint64_t bits(std::size_t count)
{
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

} // namespace

StreamAssembler::StreamAssembler(std::size_t frameBytes)
  : frameBytes_{frameBytes}
  , whole_{bits(frameBytes)}
  , places_(kWindow)
  , kept_(static_cast<std::size_t>(kWindow) * frameBytes)
{
  TUTTI_ASSERT(frameBytes >= 1 && frameBytes <= kMostFrameBytes);
}

std::span<const StreamAssembler::Run> StreamAssembler::take(std::uint64_t byteIndex,
                                                            std::span<const std::byte> bytes)
{
  out_.clear();
  out_.reserve(bytes.size() + 2 * frameBytes_); // runs view it; both ends may complete a frame
  runs_.clear();
  while (!bytes.empty()) {
    const auto frame = static_cast<std::int64_t>(byteIndex / frameBytes_);
    const auto offset = static_cast<std::size_t>(byteIndex % frameBytes_);
    const auto count = std::min(bytes.size(), frameBytes_ - offset);
    if (put(frame, offset, bytes.first(count))) release(frame);
    bytes = bytes.subspan(count);
    byteIndex += count;
  }
  return runs_;
}

bool StreamAssembler::put(std::int64_t frame, std::size_t offset, std::span<const std::byte> bytes)
{
  auto& place = places_[static_cast<std::size_t>(frame % kWindow)];
  if (place.frame > frame) {
    counts_.lateBytes += bytes.size();
    return false;
  }
  if (place.frame < frame) place = {frame, 0};
  const auto fresh = bits(bytes.size()) << offset & ~place.present;
  counts_.repeatedBytes += bytes.size() - static_cast<std::size_t>(std::popcount(fresh));
  const auto room = bytesOf(frame);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if ((fresh >> (offset + i) & 1U) != 0) room[offset + i] = bytes[i];
  place.present |= fresh;
  return fresh != 0 && place.present == whole_;
}

std::span<std::byte> StreamAssembler::bytesOf(std::int64_t frame)
{
  return std::span{kept_}.subspan(static_cast<std::size_t>(frame % kWindow) * frameBytes_, frameBytes_);
}

void StreamAssembler::release(std::int64_t frame)
{
  ++counts_.frames;
  const auto bytes = bytesOf(frame);
  const auto begin = out_.size();
  out_.insert(out_.end(), bytes.begin(), bytes.end());
  if (!runs_.empty()) {
    auto& last = runs_.back();
    const auto frames = static_cast<std::int64_t>(last.bytes.size() / frameBytes_);
    if (last.first + frames == frame) {
      last.bytes = {last.bytes.data(), last.bytes.size() + frameBytes_};
      return;
    }
  }
  runs_.push_back({frame, std::span<const std::byte>{out_}.subspan(begin, frameBytes_)});
}

} // namespace tutti::endpoint
