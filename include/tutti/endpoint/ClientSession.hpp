#pragma once

#include <functional>
#include <optional>
#include <string>

#include <tutti/endpoint/Lease.hpp>
#include <tutti/endpoint/SessionAction.hpp>

namespace tutti::endpoint {

/// One server, seen by a client that has called it.
///
///     greeting → inactive → start pending → active → stop pending → inactive      anywhere: → over
///
/// The owner says by `want` whether streams shall run; a start that fails is repeated, one that is refused is
/// not.
///
/// Threads: one at a time.
/// Spec:    seed-systems 2.1, 2.5.
class ClientSession {
public:
  enum class State { greeting, inactive, startPending, active, stopPending, over };
  static constexpr Micros kGreeting{2'000'000}; ///< for the offer
  static constexpr Micros kAnswer{2'000'000};   ///< for any answer
  static constexpr Micros kAgain{500'000};      ///< after a failure

  /// What the owner says to an offer.
  using Judge = std::function<OfferAnswer(const Offer&)>;

  /// It listens at `server`'s address.
  ClientSession(std::string name, const IpAddress& server, Judge judge, HostTime now);

  SessionActions receive(const ControlMessage& message, HostTime now);
  SessionActions advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  enum class Wish { run, rest };
  SessionActions want(Wish wish, HostTime now);
  /// Something in this session came by UDP. Only the server's own media port counts.
  [[nodiscard]] bool isServer(const Endpoint& from) const;
  void heardSign(HostTime now) { lease_.heard(now); }
  SessionActions leave(const std::string& reason);
  SessionActions broke(const std::string& why);

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const std::optional<Offer>& offer() const { return offer_; }
  [[nodiscard]] std::optional<Endpoint> media() const;

private:
  SessionActions heard(const Offer& offer, HostTime now);
  SessionActions heard(const Answer& answer, HostTime now);
  SessionActions heard(const Bye& bye);
  SessionActions misplaced();
  void tryAgain(HostTime now);
  void pursue(SessionActions& actions, HostTime now);

  std::string name_;
  IpAddress server_;
  Judge judge_;
  State state_ = State::greeting;
  bool hasGreeted_ = false;
  HostTime due_; // an answer, by then
  Lease lease_;
  std::optional<Offer> offer_;
  bool wantsRunning_ = false;
  HostTime notBefore_; // of the next attempt
  std::uint16_t run_ = 0;
  Ask asked_;
};

} // namespace tutti::endpoint
