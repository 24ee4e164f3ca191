#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/module/Moment.hpp>

/// Blocks of sound as they travel in packets.
///
///     block number(32) piece(8) pieces(8) | bytes of the block
///
/// A block is its moment (33 bytes: first frame, beat, quantum, tempo, whether it plays) and its samples as
/// floats, channel by channel, all with the highest byte first.
namespace tutti::module {

inline constexpr std::size_t kPieceHead = 6;
inline constexpr std::size_t kLargestPiece = 1200; ///< bytes of the block in one packet
inline constexpr std::size_t kMostPieces = 64;
inline constexpr std::size_t kMomentSize = 33;
inline constexpr std::size_t kMostBlockBytes = kMostPieces * kLargestPiece;

/// Whether so many samples go into one block.
constexpr bool fitsPieces(std::size_t samples)
{
  return kMomentSize + samples * sizeof(float) <= kMostBlockBytes;
}

/// Gives each piece of the block to `send`, in order. It has to fit.
class BlockCutter {
public:
  void cut(const Moment& moment, std::span<const float> samples,
           const std::function<void(std::span<const std::byte>)>& send);

private:
  ByteString block_;
  ByteString piece_;
};

struct JoinedBlock {
  Moment moment;
  std::span<const float> samples; ///< Valid until the next piece.
};

/// Puts pieces together again, however they are shuffled, doubled or missing. Four blocks may be under way;
/// who is overtaken by more was lost.
///
/// Threads: one at a time. Memory: what four blocks of the size that was said need.
class BlockJoiner {
public:
  /// Only blocks of so many samples are taken.
  explicit BlockJoiner(std::size_t samples);

  /// The block that this piece completes. Whatever the bytes are.
  std::optional<JoinedBlock> add(std::span<const std::byte> piece);

private:
  static constexpr std::size_t kUnderWay = 4;

  struct Building {
    std::uint32_t number = 0;
    bool isDone = true;
    std::bitset<kMostPieces> has;
    ByteString bytes;
  };

  std::optional<JoinedBlock> read(const Building& building);

  std::size_t pieces_;
  std::array<Building, kUnderWay> buildings_;
  std::vector<float> samples_;
};

} // namespace tutti::module
