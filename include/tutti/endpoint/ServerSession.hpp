#pragma once

#include <optional>
#include <string>

#include <tutti/endpoint/Lease.hpp>
#include <tutti/endpoint/SessionAction.hpp>

namespace tutti::endpoint {

/// One client, seen by the server.
///
///     greeting → offered → resting ⇄ running        anywhere: → over
///                  ↺ failed      starting, stopping in between, until the owner answers
///
/// Threads: one at a time.
/// Spec:    seed-systems 2.1, 2.5.
class ServerSession {
public:
  enum class State { greeting, offered, resting, starting, running, stopping, over };
  static constexpr Micros kGreeting{2'000'000};   ///< for the first word
  static constexpr Micros kOfferAgain{1'000'000}; ///< after "not now"

  /// A client has called from `caller`.
  ServerSession(Offer offer, const IpAddress& caller, HostTime now);

  SessionActions receive(const ControlMessage& message, HostTime now);
  SessionActions advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  /// A sign of life in this session came from there. The caller's address only: nobody else is ever sent to.
  void heardSign(const Endpoint& from, HostTime now);
  /// The owner's answer to `StartWanted` or `StopWanted`.
  SessionActions answer(Verdict verdict, const std::string& reason = {});
  /// Says goodbye.
  SessionActions leave(const std::string& reason);
  /// The connection broke.
  SessionActions broke(const std::string& why);

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const Offer& offer() const { return offer_; }
  [[nodiscard]] const std::string& clientName() const { return clientName_; }
  [[nodiscard]] double clientRate() const { return clientRate_; }
  /// Where the client hears sound.
  [[nodiscard]] const std::optional<Endpoint>& media() const { return media_; }

private:
  SessionActions heard(const Hello& hello);
  SessionActions heard(const OfferAnswer& answer, HostTime now);
  SessionActions heard(const Ask& ask);
  SessionActions heard(const Bye& bye);
  SessionActions misplaced();
  SessionActions refuse(const Ask& ask, const std::string& why) const;

  Offer offer_;
  IpAddress caller_;
  State state_ = State::greeting;
  HostTime greetUntil_;
  Lease lease_;
  std::optional<HostTime> offerAt_;
  std::string clientName_;
  double clientRate_ = 0;
  Ask asked_;
  std::optional<Endpoint> media_;
};

} // namespace tutti::endpoint
