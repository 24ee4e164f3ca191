#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutti/discovery/Interfaces.hpp>
#include <tutti/net/Stun.hpp>
#include <tutti/room/DirectoryWire.hpp>
#include <tutti/room/OpenChecks.hpp>
#include <tutti/room/Path.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::room {

/// Which forwarder carries our room, and whether it does. The one that the directory names is asked at its
/// addresses of both families: the second takes the first one's place where that is out of reach, and shows
/// how the world sees us. Where several servers share their rooms, it measures how far the others are.
///
/// Threads: one at a time.
/// Spec:    room.
class Forwarders {
public:
  using Local = std::vector<discovery::LocalAddress>;
  using Sent = std::vector<CheckDatagram>;

  /// The directory has let us in, at the start or again. `servers` is where it is, one address of each family
  /// that it has.
  void join(const wire::JoinReply& joined, const std::vector<IpAddress>& servers, const Local& local,
            HostTime now);
  /// As the directory tells them: ours, then others.
  void offer(std::vector<wire::RoomForwarder> forwarders, const Local& local, HostTime now);
  /// Our own network has changed.
  void moved(const Local& local, HostTime now);

  /// `pace` is that of all our checks.
  void advance(HostTime now, time::TokenBucket& pace, Sent& out);
  [[nodiscard]] HostTime nextDeadline() const;

  struct Heard {
    std::optional<Endpoint> seen; ///< where it sees us
  };
  /// Nothing: it is no answer to what was asked.
  std::optional<Heard> hear(const net::stun::Message& answer, const Way& from, HostTime at);
  /// Media came from it.
  void hearMedia(HostTime at);
  [[nodiscard]] bool isAt(const Way& way) const { return own_ && own_->path().way() == way; }

  /// Members that we reach otherwise; it is told at once, or somebody misses packets.
  void leaveOut(std::vector<std::uint16_t> slots, HostTime now, time::TokenBucket& pace, Sent& out);

  /// The way by it, where it sends to us.
  [[nodiscard]] std::optional<PathChoice::Offer> offered() const;
  [[nodiscard]] std::optional<Micros> roundTrip() const;
  /// How far those are among which the directory chooses; nothing where there is only its own.
  [[nodiscard]] std::vector<wire::RoundTrip> roundTrips() const;

private:
  struct Scout {
    std::uint64_t id = 0;
    PathCheck check;
  };
  [[nodiscard]] std::vector<Endpoint> placesOf(const wire::RoomForwarder& forwarder,
                                               const Local& local) const;
  void settle(const Local& local, HostTime now);
  void begin(HostTime now);
  void checkOwn(HostTime now, time::TokenBucket& pace, Sent& out);
  void checkOther(PathCheck& check, HostTime now, time::TokenBucket& pace, Sent& out);
  void useMirror(HostTime now);
  [[nodiscard]] net::stun::Writer question(const net::stun::TransactionId& id) const;
  void ask(PathCheck& check, net::stun::Writer question, const net::stun::TransactionId& id, HostTime now,
           Sent& out);
  bool hearOwn(const net::stun::Message& answer, Micros roundTrip, HostTime at);

  std::string user_;
  std::string password_;
  std::vector<IpAddress> servers_; // the directory's own addresses
  std::uint16_t serverPort_ = 0;   // of its own forwarder
  std::vector<wire::RoomForwarder> offered_;
  std::vector<Endpoint> places_; // of the one that we use
  std::optional<PathCheck> own_;
  std::optional<PathCheck> mirror_; // its address of the other family
  std::vector<Scout> scouts_;       // to others, which might be nearer
  ByteString cookie_;
  ByteString cookieSent_; // with the last check
  bool isProved_ = false; // it sends to us
  std::vector<std::uint16_t> without_;
  OpenChecks open_;
};

} // namespace tutti::room
