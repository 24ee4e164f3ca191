#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::room {

/// By which way packets reach a member, the nearest first: who needs fewer others to be there.
enum class PathKind : std::uint8_t { lan, direct, turn, forwarder };

/// As the command line and the window say it.
constexpr std::string_view nameOf(PathKind kind)
{
  switch (kind) {
  case PathKind::lan:
    return "lan";
  case PathKind::direct:
    return "direct";
  case PathKind::turn:
    return "turn";
  case PathKind::forwarder:
    break;
  }
  return "forwarder";
}

/// Where a packet goes, or comes from, and which relay of ours lies between.
struct Way {
  Endpoint to;                 ///< the member, a relay of theirs, or the forwarder
  std::optional<Endpoint> via; ///< our relay, by its address in the world; nothing: our own socket

  constexpr Way() = default;
  constexpr Way(const Endpoint& there) // not explicit: most ways are an address
    : to{there}
  {}
  constexpr Way(const Endpoint& there, const std::optional<Endpoint>& relay)
    : to{there}
    , via{relay}
  {}
  friend constexpr auto operator<=>(const Way&, const Way&) = default;
};

struct Path {
  PathKind kind = PathKind::forwarder;
  Endpoint to;                   ///< whom to send to: the member, a relay of theirs, or the forwarder
  std::optional<Endpoint> via{}; ///< as in `Way`

  [[nodiscard]] constexpr Way way() const { return {to, via}; }
  friend constexpr auto operator<=>(const Path&, const Path&) = default;
};

/// What is known of one path: whether it carries, and how long a round trip takes.
///
/// It is checked often until it first answers (seven times, spec room R-14; where it leads to a member's
/// relay four times, and three by our own relay), then every second, to keep it warm and measured; three
/// checks 100 ms apart decide whether it is dead when nothing comes that should.
///
/// Threads: one at a time.
/// Spec:    room; RFC 7675 (consent: 15 s).
class PathCheck {
public:
  PathCheck(const Path& path, HostTime now)
    : path_{path}
    , due_{now}
  {}

  [[nodiscard]] const Path& path() const { return path_; }
  /// We know better by now what lies on that way.
  void rename(PathKind kind) { path_.kind = kind; }

  /// Whether a check should leave now; whoever sends it says so by `sent`.
  [[nodiscard]] bool isDue(HostTime now) const { return due_ <= now; }
  [[nodiscard]] HostTime nextDeadline() const { return due_; }
  void sent(HostTime now);

  /// An answer to one of our checks, so long after it left.
  void answered(Micros roundTrip, HostTime now);

  /// Something came on this path.
  void heard(HostTime now);
  /// Something should come on this path all the time (it is in use): silence is suspicious.
  void expectTraffic(bool isExpected, HostTime now);

  /// A check should leave now: it has something to tell.
  void hurry(HostTime now) { due_ = now; }

  /// They have asked us, so that we may reach them by now: a path that does not carry yet is checked soon,
  /// but no more often than a fresh one.
  void encourage(HostTime now);

  /// Begin anew: the network has changed.
  void restart(HostTime now);

  /// Our network has changed: what carried may go on, but has to show soon that it still does. What did not
  /// carry begins anew.
  void doubt(HostTime now);

  [[nodiscard]] bool carries() const { return state_ == State::valid || state_ == State::suspected; }
  [[nodiscard]] bool isSuspected() const { return state_ == State::suspected; }
  [[nodiscard]] bool isGivenUp() const { return state_ == State::givenUp; }
  /// A guess: nobody has ever answered there.
  [[nodiscard]] bool isGuess() const { return state_ == State::fresh || isGivenUp(); }
  /// Nothing is lost without it: it does not carry, and is not being found out.
  [[nodiscard]] bool isSpent() const { return state_ == State::dead || isGivenUp(); }

  /// Several answers have come by now: they have had the time to see that it carries for them, too.
  [[nodiscard]] bool isSettled() const;

  /// The lower half of the last measurements; a lone late answer says nothing about a path.
  [[nodiscard]] std::optional<Micros> roundTrip() const;

  /// Called whenever time has passed: notices silence and lost consent.
  void advance(HostTime now);

private:
  enum class State { fresh, valid, suspected, dead, givenUp };
  void suspect(HostTime now);

  Path path_;
  State state_ = State::fresh;
  HostTime due_{};
  int unanswered_ = 0;
  Micros retry_{0}; // until the next check of a dead path
  std::optional<HostTime> sentAt_;
  bool isTrafficExpected_ = false;
  HostTime heardAt_{};
  HostTime answeredAt_{};
  std::vector<Micros> roundTrips_; // the last few, newest last
};

/// Chooses among the paths to one member: the lowest round trip, and of those that are hardly slower (a
/// twentieth, or 0.15 ms) the nearest. The one in use stays unless another is better by a tenth and at least
/// 0.3 ms, or nearer, for a second. A dead one is left at once.
///
/// Threads: one at a time.
/// Spec:    room R-13.
class PathChoice {
public:
  struct Offer {
    Path path;
    Micros roundTrip{0};
  };

  /// What to take of all that carries now; nothing where nothing does.
  std::optional<Path> choose(const std::vector<Offer>& offers, HostTime now);
  [[nodiscard]] const std::optional<Path>& current() const { return current_; }

private:
  struct Rival {
    Path path;
    HostTime since{};
  };
  [[nodiscard]] std::vector<Offer> ripeRivals(const std::vector<Offer>& offers, const Offer& current,
                                              HostTime now);

  std::optional<Path> current_;
  std::vector<Rival> rivals_; // each has its second: where several are alike, now this is the best, now that
};

} // namespace tutti::room
