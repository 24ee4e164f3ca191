#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tutti::endpoint {

/// Makes whole frames out of packets that begin and end anywhere, and come late, twice, or in another order.
///
/// Each frame comes out once, as soon as its last byte is there, byte for byte as it was sent. Of bytes that
/// come twice the first ones count. A hole costs what was lost, and the one frame at each of its ends that
/// was cut.
///
/// Threads: one at a time.
/// Spec:    seed-systems 2.4; 2.5 rule 3.
class StreamAssembler {
public:
  static constexpr std::size_t kMostFrameBytes = 64;
  static constexpr std::int64_t kWindow = 8192; ///< frames; what is older than the newest by more is late

  explicit StreamAssembler(std::size_t frameBytes);

  /// Neighbouring frames that are whole now. The bytes are valid until the next call of `take`.
  struct Run {
    std::int64_t first = 0;
    std::span<const std::byte> bytes;
  };

  /// One packet's bytes, by the index of the first. In order of the frames.
  std::span<const Run> take(std::uint64_t byteIndex, std::span<const std::byte> bytes);

  struct Counts {
    std::uint64_t frames = 0;        ///< that came out
    std::uint64_t lateBytes = 0;     ///< of frames before the window
    std::uint64_t repeatedBytes = 0; ///< that had come before
  };
  [[nodiscard]] const Counts& counts() const { return counts_; }

private:
  struct Place {
    std::int64_t frame = -1;
    std::uint64_t present = 0; // a bit for each byte
  };
  /// The bytes of one frame, from `offset`. Whether that made it whole.
  bool put(std::int64_t frame, std::size_t offset, std::span<const std::byte> bytes);
  [[nodiscard]] std::span<std::byte> bytesOf(std::int64_t frame);
  void release(std::int64_t frame);

  std::size_t frameBytes_;
  std::uint64_t whole_;
  std::vector<Place> places_;
  std::vector<std::byte> kept_;
  std::vector<std::byte> out_;
  std::vector<Run> runs_;
  Counts counts_;
};

} // namespace tutti::endpoint
