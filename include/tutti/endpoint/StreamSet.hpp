#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <tutti/endpoint/AudioFormat.hpp>
#include <tutti/endpoint/ControlMessage.hpp>
#include <tutti/endpoint/Outbox.hpp>
#include <tutti/endpoint/Reception.hpp>
#include <tutti/endpoint/StreamPacker.hpp>

namespace tutti::endpoint {

/// All streams of one connection from a start of I/O to its stop, seen from either side.
///
/// Threads: one at a time; a `Reception` may be rendered elsewhere, and outlive this.
class StreamSet {
public:
  /// Whose it is: in which direction its own sound goes, and what its device counts at.
  struct Side {
    Direction outgoing = Direction::fromServer;
    audio::SampleRate device;
  };

  StreamSet(SessionToken session, std::uint16_t run, const Side& side,
            const std::vector<AudioFormat>& outgoing, const std::vector<AudioFormat>& incoming);

  /// Frames of our stream `number`, as many channels as it has.
  void send(std::size_t number, SampleTime first, std::span<const std::span<const float>> channels,
            const Endpoint& to, Outbox& out);

  /// What belongs to another run or stream is counted.
  void receive(const MediaPacket& packet, HostTime arrived, HostTime now);

  [[nodiscard]] const std::vector<std::shared_ptr<Reception>>& receptions() const { return receptions_; }
  [[nodiscard]] std::uint64_t misplaced() const { return misplaced_; }
  [[nodiscard]] std::uint64_t sent() const { return sent_; } ///< packets

private:
  std::uint16_t run_;
  Direction outgoing_;
  std::vector<AudioFormat> formats_; // of what we send
  std::vector<StreamPacker> packers_;
  std::vector<std::shared_ptr<Reception>> receptions_;
  std::uint64_t misplaced_ = 0;
  std::uint64_t sent_ = 0;
};

/// The formats of offered streams; `rate` in place of theirs where it is given.
std::vector<AudioFormat> formatsOf(const std::vector<StreamOffer>& offers, std::optional<double> rate = {});

} // namespace tutti::endpoint
