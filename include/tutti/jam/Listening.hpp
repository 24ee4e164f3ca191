#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/jam/PacketNotes.hpp>
#include <tutti/jam/WayInUse.hpp>
#include <tutti/net/RtcpReport.hpp>
#include <tutti/net/RtpPacket.hpp>
#include <tutti/net/RtpReception.hpp>
#include <tutti/room/ClockSync.hpp>
#include <tutti/rt/Mutex.hpp>
#include <tutti/stream/Intake.hpp>
#include <tutti/stream/Playout.hpp>
#include <tutti/stream/RedundancyControl.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::jam {

/// Which member a stream belongs to: the upper half of its SSRC.
using Slot = std::uint16_t;

/// How one player's stream fares, and all that is needed to say where its time went.
struct StreamReport {
  stream::PlayoutStatistics playout;
  PacketNotes notes;
  std::size_t channels = 2;
  std::optional<std::int64_t>
    capturedThere;         ///< µs of the sender's host clock: the last packet's first frame …
  HostTime usualArrival{}; ///< … and when such a packet usually comes, by ours.
  double lostShare = 0;    ///< Of the last ten seconds, 0 … 1.
  double lateShare = 0;
  double concealedShare = 0;
  HostTime heardAt{};      ///< The last packet.
  std::uint64_t stale = 0; ///< Packets that were captured more than two seconds from now: replays.
};

/// All the streams that come from a room, as packets that are opened already; out of each a playout.
///
/// A member's newer stream replaces the older one: he has changed his device or his format. Nobody does that
/// all the time, and a playout takes megabytes: of one member four are begun at once, and one a second; more
/// have to wait. Packets that follow no format are dropped, and so are those that were captured more than two
/// seconds from now; as long as nothing is known of the member's clock, everything may be played.
///
/// Threads: `receive`, `receiveReport` and `tick` *media*; everything else any. Playouts are rendered by the
/// patch.
class Listening {
public:
  explicit Listening(audio::SampleRate device)
    : device_{device}
  {}

  void receive(const net::RtpPacket& packet, const room::Way& from, HostTime arrived);
  /// What another member says of how our stream `ours` reaches them.
  void receiveReport(const net::RtcpReport& report, std::uint32_t ours, HostTime now);
  /// Ten times a second.
  void tick(HostTime now);

  /// A stream to be played, or to be played from now on instead of the slot's older one.
  struct Begun {
    Slot slot = 0;
    std::size_t channels = 2;
    std::shared_ptr<stream::Playout> playout;
  };
  /// Of each slot the newest, at most.
  [[nodiscard]] std::vector<Begun> takeBegun();

  /// The member has left.
  void forget(Slot slot);
  /// The device has another rate: all streams begin anew.
  void setDeviceRate(audio::SampleRate device);
  void setIntent(Slot slot, stream::Intent intent);
  /// How the member's clock stands to ours.
  void setClock(Slot slot, const std::optional<room::ClockSync::Relation>& relation);
  /// How the session's tempo went: for delays in beats, at each change.
  void setTempo(const time::TempoTrack& tempo);
  /// `before` and `after`: what the delay's other parts take, as `stream::Playout::setElsewhere` says.
  void setMode(Slot slot, stream::DelayMode mode, Micros before, Micros after);
  void reset(Slot slot);

  [[nodiscard]] std::optional<StreamReport> report(Slot slot) const;
  /// What we say about all streams, to everybody.
  [[nodiscard]] net::RtcpReport makeReport(std::uint32_t ours);
  /// By the receiver with the worst path.
  [[nodiscard]] std::size_t earlierFrames(HostTime now) const;

private:
  struct Second {
    std::int64_t expected = 0;
    std::int64_t lost = 0;
    std::uint64_t played = 0;
    std::uint64_t late = 0;
    std::uint64_t concealed = 0;
  };
  struct Ear {
    Ear(std::uint32_t source, const PacketNotes& said, stream::Decoder decoder, audio::SampleRate device);

    std::uint32_t ssrc;
    PacketNotes notes;
    stream::Codec codec;
    std::shared_ptr<stream::Playout> playout;
    stream::Intake intake;
    WayInUse way;
    net::RtpReception reception;
    StreamReport shown;
    std::vector<Second> seconds; // the last ten, oldest first
    HostTime countedAt{};
  };

  struct Mode {
    stream::DelayMode mode;
    Micros before{};
    Micros after{};
  };

  static constexpr std::size_t kMostEars = 64;

  void tellCapture(Ear& ear, SampleTime first, std::int64_t capturedThere);
  struct Clock {
    std::optional<room::ClockSync::Relation> relation;
    std::uint64_t stale = 0;
  };
  [[nodiscard]] bool isFresh(const net::RtpPacket& packet, HostTime arrived);
  Ear* earFor(const net::RtpPacket& packet, HostTime arrived);
  bool mayBegin(Slot slot, HostTime now);
  static void apply(const Mode& mode, stream::Playout& playout);
  Ear* begin(const net::RtpPacket& packet, const PacketNotes& notes, HostTime arrived);
  void tellBegun(Begun begun);
  static void look(Ear& ear, HostTime now);
  static void count(Ear& ear, HostTime now);

  mutable rt::Mutex mutex_;
  audio::SampleRate device_;                     // under mutex_
  std::map<Slot, std::unique_ptr<Ear>> ears_;    // under mutex_
  std::map<Slot, stream::Intent> intents_;       // under mutex_
  std::map<Slot, Mode> modes_;                   // under mutex_
  std::map<Slot, Clock> clocks_;                 // under mutex_
  std::map<Slot, time::TokenBucket> beginnings_; // under mutex_
  time::TempoTrack tempo_;                       // under mutex_
  std::vector<Begun> begun_;                     // under mutex_
  stream::RedundancyControl redundancy_;         // under mutex_
};

} // namespace tutti::jam
