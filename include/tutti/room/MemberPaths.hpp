#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <tutti/discovery/Interfaces.hpp>
#include <tutti/net/Stun.hpp>
#include <tutti/room/Card.hpp>
#include <tutti/room/OpenChecks.hpp>
#include <tutti/room/Path.hpp>
#include <tutti/room/RelayReach.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::room {

/// Where we are ourselves.
struct OwnPlace {
  const std::vector<discovery::LocalAddress>& local;
  const RelayReach& relays;
};

/// By which ways one other member is reached: each is asked, and what answers may be taken. What they ask is
/// answered.
///
/// An address is theirs once it has answered us with our common password. Somebody who sends their questions
/// again from elsewhere uses up nothing of it.
///
/// Threads: one at a time.
/// Spec:    room; RFC 8445.
class MemberPaths {
public:
  /// Who asks and is asked in these checks, and what they are sealed with.
  struct Parties {
    MemberId us;
    MemberId them;
    std::string password;
  };
  struct Sent {
    std::vector<CheckDatagram> datagrams;
    std::vector<Endpoint> suspects; ///< Relays of ours by which nothing comes although something should.
    [[nodiscard]] bool isEmpty() const { return datagrams.empty() && suspects.empty(); }
  };

  MemberPaths(Parties parties, const Card& card, const OwnPlace& here, HostTime now);

  /// Their newer card says that their network has changed.
  void learn(const Card& card, const OwnPlace& here, HostTime now);
  /// Our own network has changed. What still carries goes on without a gap.
  void moved(const OwnPlace& here, HostTime now);
  /// Our relays reach somebody else, or one of them has a successor.
  void tryRelays(const OwnPlace& here, HostTime now);
  void relayLost(const Endpoint& relay, const OwnPlace& here, HostTime now);

  /// Those that wait longest come first; `pace` is that of all our checks. False: there is more to ask than
  /// may be asked.
  bool advance(const OwnPlace& here, HostTime now, time::TokenBucket& pace, Sent& out);
  [[nodiscard]] HostTime nextDeadline() const;

  /// They ask whether we hear.
  void answer(const net::stun::Message& question, const Way& from, const OwnPlace& here, HostTime at,
              time::TokenBucket& pace, Sent& out);
  /// Whether it is an answer of theirs to what was asked.
  bool hear(const net::stun::Message& answer, const Way& from, HostTime at);
  /// Media of theirs came from there.
  void hearMedia(const Way& from, HostTime at);
  /// Whether they have proved that they are there.
  [[nodiscard]] bool isProved(const Way& way) const;

  /// Which one to take, by the forwarder, too, where one is offered.
  std::optional<Path> choose(const std::optional<PathChoice::Offer>& forwarder, const OwnPlace& here,
                             HostTime now);
  [[nodiscard]] const std::optional<Path>& current() const { return choice_.current(); }
  /// Of the one in use, if it is not the forwarder's.
  [[nodiscard]] std::optional<Micros> roundTrip() const;

private:
  struct Proved {
    Way way;
    time::TokenBucket answers;
  };
  [[nodiscard]] std::optional<Path> pathTo(const Way& way, const OwnPlace& here) const;
  [[nodiscard]] bool isTheirRelay(const Endpoint& there) const;
  [[nodiscard]] bool isRetiring(const Path& path, const OwnPlace& here) const;
  [[nodiscard]] std::vector<Endpoint> worthRelaying(const RelayReach::Relay& relay,
                                                    const OwnPlace& here) const;
  [[nodiscard]] std::vector<PathChoice::Offer> offers(const OwnPlace& here) const;
  void addChecks(const OwnPlace& here, HostTime now);
  PathCheck* addCheck(const Path& path, HostTime now);
  void restart(const OwnPlace& here, HostTime now);
  [[nodiscard]] HostTime restartDeadline() const;
  void suspect(HostTime now, Sent& out);
  void ask(PathCheck& check, HostTime now, Sent& out);
  void prove(const Way& way, HostTime at);
  bool mayAnswer(const Way& to, HostTime at);

  static constexpr time::TokenBucket::Limits kAnswers{.atOnce = 50, .perSecond = 50}; // no member asks more

  Parties parties_;
  std::vector<Endpoint> candidates_; // theirs
  std::vector<Endpoint> relays_;     // those of them that are
  std::vector<PathCheck> checks_;
  OpenChecks open_;
  time::TokenBucket guesses_{{.atOnce = 112, .perSecond = 2}, HostTime{}}; // twice 7 checks of 8 candidates
  time::TokenBucket answers_{kAnswers, HostTime{}}; // where nothing is proved: all such ways together
  std::deque<Proved> proved_;
  HostTime restartedAt_{}; // all checks
  bool isRestartDue_ = false;
  PathChoice choice_;
};

} // namespace tutti::room
