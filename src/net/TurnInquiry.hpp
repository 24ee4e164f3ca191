#pragma once

#include <functional>
#include <optional>
#include <string>

#include <tutti/net/TurnClient.hpp>

#include "TurnAccess.hpp"

namespace tutti::net {

/// What one can ask a TURN server.
struct TurnQuestion {
  stun::Method method = stun::Method::refresh;
  std::optional<Endpoint> peer;
  std::uint16_t channel = 0;
  std::optional<std::chrono::seconds> lifetime;
};

/// How long we wait for an answer before we ask again: a guess, then what answers took.
///
/// Spec: RFC 8489 6.2.1; RFC 6298 without its floor of a second.
class TurnPatience {
public:
  [[nodiscard]] Micros beforeAgain() const;
  /// An answer to what was asked only once took so long (Karn: else one does not know which was answered).
  void measure(Micros roundTrip);

private:
  std::optional<Micros> smoothed_;
  Micros variation_{0};
};

/// One server, as all our questions to it see it.
struct TurnServer {
  Endpoint at;
  TurnTransport transport = TurnTransport::datagrams;
  IpAddress::Family family = IpAddress::Family::v4;
  TurnAccess access;
  std::function<stun::TransactionId()> draw;
  TurnPatience patience;
};

/// One question, asked until it is answered: seven times on datagrams, once on a stream. Asked anew, with
/// another nonce, where the server wants that.
class TurnInquiry {
public:
  enum class Outcome { granted, refused, silent };
  struct Answer {
    Outcome outcome = Outcome::silent;
    int code = 0; ///< of a refusal
  };

  void ask(const TurnQuestion& question, TurnServer& server, HostTime now, TurnClient::Actions& out);
  void drop() { due_.reset(); }
  [[nodiscard]] bool isOpen() const { return due_.has_value(); }
  [[nodiscard]] const TurnQuestion& question() const { return question_; }
  [[nodiscard]] std::optional<HostTime> nextDeadline() const { return due_; }

  /// Asks again when it is time; at the end says that nobody answered.
  std::optional<Answer> advance(HostTime now, TurnServer& server, TurnClient::Actions& out);
  /// Nothing for what is not the answer, or cannot be believed.
  std::optional<Answer> hear(const stun::Message& message, HostTime now, TurnServer& server,
                             TurnClient::Actions& out);

private:
  void say(TurnServer& server, HostTime now, TurnClient::Actions& out);
  void repeat(const TurnServer& server, TurnClient::Actions& out) const;
  std::optional<Answer> close(Outcome outcome, int code = 0);
  std::optional<Answer> hearRefusal(const stun::Message& message, HostTime now, TurnServer& server,
                                    TurnClient::Actions& out);
  [[nodiscard]] bool isBelievable(const stun::Message& message, int code) const;

  TurnQuestion question_;
  stun::TransactionId id_{};
  ByteString bytes_;
  std::string key_; // that the answer is sealed with; empty: we asked without
  std::optional<HostTime> due_;
  HostTime saidAt_{};
  Micros interval_{0};
  Micros firstInterval_{0};
  int said_ = 0;
  int challenges_ = 0;
};

} // namespace tutti::net
