#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/net/Srtp.hpp>
#include <tutti/room/Ensemble.hpp>
#include <tutti/room/Invitation.hpp>

namespace tutti::room {

/// Being in a room: joins by an invitation, stays in over failures of directory, forwarder and network, and
/// carries sealed packets to and from everybody else by the best path.
///
/// Threads: *any*, unless a function says otherwise. It starts four of its own: one for what comes on the
///          media port (with realtime priority where permitted), three for the directory; and one more where
///          a relay is reached by TCP or TLS only. The destructor leaves the room and ends them.
/// Errors:  `join` fails with a sentence for the musician; `unauthorized` for want of a password. What goes
/// wrong later is in `status`, and mended
///          by itself where possible.
/// Spec:    room.
class Session {
public:
  struct Options {
    Invitation invitation;               ///< with the host's seed: we may give orders
    std::optional<std::string> password; ///< where the room asks for one
    std::string name;
    std::string instrument;
    std::vector<std::string> interfaces; ///< only these; all if empty
    std::stop_token stop{};              ///< ends `join`, if asked while it is under way
  };

  /// Who wants to know what comes. Lives longer than the session.
  class Sink {
  public:
    virtual ~Sink() = default;
    /// An opened RTP or RTCP packet of another member, and the way it came. On the media thread.
    virtual void arrived(net::StreamId id, std::span<const std::byte> packet, const Way& from,
                         HostTime kernelTime) = 0;
    /// Ten times a second, on the media thread.
    virtual void tick(HostTime now) = 0;
    /// `status` has changed. On any thread.
    virtual void changed() = 0;
  };

  /// Takes as long as the network does; with a password a third of a second more. Whoever asks it to stop
  /// waits for at most as long as a connection takes.
  static Result<std::unique_ptr<Session>> join(const Options& options, Sink& sink);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Our slot, for SSRCs; stream 0 is ours (control). It may change after the directory was away.
  [[nodiscard]] std::uint16_t slot() const;

  /// Seals the RTP or RTCP packet of `size` bytes at the start of `buffer` in place, and sends it to
  /// everybody else, once to each path. `buffer` has room for `net::kSealGrowth` more. False: not sealed,
  /// nobody got it.
  ///
  /// Threads: any but audio, one at a time for each SSRC.
  bool send(std::span<std::byte> buffer, std::size_t size);

  enum class State {
    joined,
    away, ///< the directory cannot be reached, or has another room in the place of ours; who is heard stays
          ///< heard, and we come back by ourselves
    out,  ///< sent away by the host, or let in no more: `problem` says why
  };

  /// Packets that were not let in, by reason.
  struct Refused {
    std::uint64_t replayed = 0;
    std::uint64_t forged = 0;
    std::uint64_t unknownKey = 0;
    std::uint64_t stranger = 0;
    std::uint64_t malformed = 0;
  };

  struct Status {
    State state = State::joined;
    std::string problem;
    wire::RoomRecord room;
    bool areWeHost = false;
    MemberId id;
    std::uint16_t slot = 0;
    std::vector<Ensemble::MemberView> members;
    std::deque<ChatLine> chat;
    bool isLocked = false;
    bool areWeMuted = false;
    bool isRosterDisputed = false;
    Refused refused;
    Invitation invitation; ///< for others
  };
  [[nodiscard]] Status status() const;

  /// Errors: `refused` with a sentence.
  Result<void> say(const std::string& text);
  /// Errors: `refused` unless we are the host.
  Result<void> order(Order::What what, const MemberId& target = {});

  /// For a Link bridge: to everybody's, best effort, sealed as all that we say. Longer than
  /// `Ensemble::BridgeWord::kLargest` is not sent.
  void sayToBridges(std::span<const std::byte> word);
  /// What the others' bridges say, at most 20 words a second of each member. Called on the media thread, so
  /// it must not wait; nothing: nobody listens, and no call is under way any more.
  void onBridgeWord(Ensemble::BridgeWord::About about, std::function<void(Ensemble::BridgeWord)> listener);
  /// With which we sign, for as long as the session lives.
  [[nodiscard]] const MemberKeys& keys() const;

private:
  class Machinery;
  explicit Session(std::unique_ptr<Machinery> machinery);

  std::unique_ptr<Machinery> machinery_;
};

} // namespace tutti::room
