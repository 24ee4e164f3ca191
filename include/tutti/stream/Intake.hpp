#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <tutti/net/RtpPacket.hpp>
#include <tutti/stream/Decoder.hpp>
#include <tutti/stream/HoldUps.hpp>
#include <tutti/stream/Playout.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::stream {

/// One packet of a remote stream, opened and checked: takes it apart, decodes what is new, hands it to
/// playout.
///
/// No sender makes it work faster than about twice as fast as sound goes by, whatever is in the packets: Opus
/// is led over holes that concealment fills, 20 ms; after longer ones, or where there is no time, it begins
/// anew.
///
/// Threads: one at a time (*media*).
/// Errors:  what does not follow its format is counted, and nothing else happens.
class Intake {
public:
  /// Both outlive it. `decoder` is for the codec and channels that the sender announced.
  Intake(Playout& playout, Decoder decoder, std::size_t channels);

  /// Which way a packet came by.
  enum class Way : std::uint8_t {
    usual,  ///< as most do
    another ///< by one that is not in use, or not yet: its frames count, its arrival does not
  };

  /// `sentAfter`: from the instrument until it left, as its sender says.
  void receive(const net::RtpPacket& packet, HostTime arrived, HostTime now, Way way = Way::usual,
               Micros sentAfter = Micros{0});

  struct Counts {
    std::uint64_t packets = 0;
    std::uint64_t repeated = 0; ///< frames that had come before
    std::uint64_t refused = 0;  ///< packets or blocks that nobody can read, or not as fast as they come
    std::uint64_t skipped = 0;  ///< frames that never came, over which the decoder was led
  };
  [[nodiscard]] const Counts& counts() const { return counts_; }

  /// Where a packet's first frame is on the unwrapped count that `Playout` uses.
  [[nodiscard]] SampleTime placeOf(std::uint32_t timestamp) const;

private:
  void take(std::uint8_t payloadType, SampleTime first, std::span<const std::byte> data, HostTime arrived,
            HostTime now, Source source);
  /// Frames that came lately, by the first of them.
  struct Known {
    std::int64_t first = 0;
    bool isOwnPacketDue = false; ///< a later packet has said them; their own may still come
  };
  Known* findKnown(SampleTime first);
  void noteOwnPacket(Known& known, SampleTime first, HostTime arrived, HostTime now, Source source);
  [[nodiscard]] Source sourceOf(const net::RtpPacket& packet, SampleTime first, Micros sentAfter);
  [[nodiscard]] bool isAfterBreak(const net::RtpPacket& packet, SampleTime first) const;
  std::optional<audio::FrameCount> decodeInStep(SampleTime first, std::span<const std::byte> data,
                                                HostTime arrived);
  bool keepInStep(SampleTime first, HostTime arrived);
  bool trySkip(audio::FrameCount hole, HostTime arrived);
  bool tryTakeTime(audio::FrameCount frames, HostTime arrived);

  Playout& playout_;
  Decoder decoder_;
  std::vector<std::vector<float>> frames_;
  std::vector<std::span<float>> room_;
  std::array<Known, 128> known_;
  std::size_t knownCount_ = 0;
  bool hasBegun_ = false;
  SampleTime newest_;          // of the packets' first frames
  std::uint16_t sequence_ = 0; // … of the newest packet, and
  audio::FrameCount length_{}; // its frames
  SampleTime end_;             // of what was decoded, or skipped
  HoldUps leavings_;           // of the sender's packets
  time::TokenBucket pace_;     // of what is decoded or skipped
  Counts counts_;
};

} // namespace tutti::stream
