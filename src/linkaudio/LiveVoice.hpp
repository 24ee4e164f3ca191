#pragma once

#include <atomic>
#include <vector>

#include <tutti/stream/Playout.hpp>

#include "Voice.hpp"

namespace tutti::linkaudio {

/// As early as is safe, by the same playout as a player's stream.
class Source::LiveVoice final : public Voice {
public:
  /// Whether the two rates are near enough to each other.
  static bool isPossible(const Kind& kind);

  explicit LiveVoice(const Kind& kind);

  void receive(std::span<const PlacedChunk> chunks, HostTime arrived, HostTime now) override;
  void setBeats(int) override {}
  [[nodiscard]] Report report(std::int64_t newest) override;

  void render(std::span<const std::span<float>> output, const Moment& moment) noexcept
    TUTTI_NONBLOCKING override;
  [[nodiscard]] bool isSounding() const noexcept TUTTI_NONBLOCKING override
  {
    return isSounding_.load(std::memory_order_relaxed);
  }

private:
  void append(const PlacedChunk& chunk);
  void handOver(std::int64_t first, stream::Source source, HostTime arrived, HostTime now);

  stream::Playout playout_;                // both
  std::atomic<bool> isSounding_{false};    // both
  std::vector<std::vector<float>> frames_; // net
};

} // namespace tutti::linkaudio
