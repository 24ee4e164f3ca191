#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <thread>

#include <tutti/jam/ToRoom.hpp>
#include <tutti/net/RtpPacket.hpp>
#include <tutti/rt/QuantileMeter.hpp>
#include <tutti/rt/Signal.hpp>
#include <tutti/rt/SpscRing.hpp>
#include <tutti/stream/Encoder.hpp>
#include <tutti/stream/Packetiser.hpp>
#include <tutti/stream/RateChange.hpp>
#include <tutti/stream/Redundancy.hpp>

namespace tutti::jam {

/// What we play, on its way from the patch to the room: packets, redundancy, a thread that sends them at
/// once.
///
/// Nothing waits for a full batch or a timer: the callback wakes the thread with each block.
///
/// Threads: `door()` is for the patch; `report` one at a time; everything else any. The thread is urgent
/// where the
///          system permits.
/// Errors:  of `begin`: `unsupported`, in a sentence, for a format that nobody can send.
class Speaking {
public:
  /// Seals the packet of `size` bytes at the start of the buffer and sends it to everybody. Called on our
  /// thread.
  using Send = std::function<void(std::span<std::byte> buffer, std::size_t size)>;

  /// `device`: the rate of what comes through the door, where it is another than the format's.
  static Result<std::unique_ptr<Speaking>> begin(const stream::StreamFormat& format, std::uint32_t ssrc,
                                                 Send send,
                                                 std::optional<audio::SampleRate> device = std::nullopt);
  ~Speaking();
  Speaking(const Speaking&) = delete;
  Speaking& operator=(const Speaking&) = delete;

  /// Where the patch puts our sound.
  [[nodiscard]] const std::shared_ptr<ToRoom>& door() const { return door_; }
  [[nodiscard]] const stream::StreamFormat& format() const { return encoder_.format(); }

  void setDeviceIn(Micros latency) { deviceIn_.store(latency.count()); }
  /// How many earlier frames each packet says again: 0, 1 or 2.
  void setEarlierFrames(std::size_t count) { earlier_.store(count); }
  /// Sends an RTCP packet between the media.
  void report(const net::MediaDatagram& packet);

  struct Counts {
    std::uint64_t packets = 0;
    std::uint64_t droppedFrames = 0; ///< Lost by the device before they were sent.
  };
  [[nodiscard]] Counts counts() const { return {packets_.load(), dropped_.load()}; }
  /// How soon after the device handed out its last frame `quantile` (0 to 1) of the packets were sent.
  [[nodiscard]] Micros sentWithin(double quantile) const;

private:
  static constexpr std::size_t kRoom = 2048; // a packet, and what sealing adds

  Speaking(stream::Encoder encoder, std::uint32_t ssrc, Send send, audio::SampleRate device,
           std::optional<stream::RateChange> rateChange);
  void run();
  void sendSound();
  void send(const stream::Chunk& chunk);
  void sendPacket(const stream::Packetiser::Packet& packet);
  void transmit(const net::MediaDatagram& packet);

  std::uint32_t ssrc_;
  Send send_;
  std::shared_ptr<rt::Signal> wake_ = std::make_shared<rt::Signal>();
  std::shared_ptr<stream::Outlet> outlet_;
  std::shared_ptr<ToRoom> door_;
  std::atomic<std::int64_t> deviceIn_{0};
  std::atomic<std::size_t> earlier_{0};
  std::atomic<std::uint64_t> packets_{0};
  std::atomic<std::uint64_t> dropped_{0};
  rt::QuantileMeter sentAfter_; // in ms
  std::atomic<bool> isOver_{false};
  rt::SpscRing<net::MediaDatagram> reports_{16};

  stream::Encoder encoder_;                      // sender
  std::optional<stream::RateChange> rateChange_; // sender
  stream::Packetiser packetiser_;                // sender
  stream::Redundancy redundancy_;                // sender
  std::uint16_t sequence_;                       // sender
  std::array<std::byte, kRoom> room_{};          // sender
  std::thread thread_;
};

} // namespace tutti::jam
