#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <tutti/module/Message.hpp>

namespace tutti::module {

/// To Tutti.
struct Say {
  Message message;
};
/// We are in, or the sound takes another shape: get ready for it.
struct Joined {
  Welcome welcome;
};
/// It is over, nothing follows. `kind` says whether it is of use to try again.
struct Parted {
  Error why;
};

using MembershipAction = std::variant<Say, Joined, Parted>;
using MembershipActions = std::vector<MembershipAction>;

/// An outside process's side of its conversation with Tutti.
///
///     asking ──▶ in ──▶ over        also: asking ──▶ over
///
/// It says hello until it is answered, then gives signs of life until somebody leaves. Where Tutti is silent
/// for longer than the lease, it is over.
///
/// Threads: one at a time.
/// Errors:  `Parted`: `refused` as Tutti says, or as we have left; `unavailable` where Tutti is not there
/// (any
///          more).
class Membership {
public:
  static constexpr Micros kAskAgain{500'000};

  /// Asks until `patience` is over.
  Membership(Hello hello, HostTime now, Micros patience);

  MembershipActions receive(std::span<const std::byte> packet, HostTime now);
  /// What is due. Call no later than `nextDeadline()`.
  MembershipActions advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  MembershipActions leave(std::string_view reason);
  /// The connection is gone.
  MembershipActions hungUp();

  [[nodiscard]] bool isIn() const { return state_ == State::in; }
  [[nodiscard]] bool isOver() const { return state_ == State::over; }

private:
  enum class State { asking, in, over };

  MembershipActions hear(const Message& message, HostTime now);
  MembershipActions part(ErrorKind kind, std::string why);

  Hello hello_;
  State state_ = State::asking;
  HostTime sayAt_;   // hello or heartbeat
  HostTime heardBy_; // else Tutti is gone
  Micros lease_{1'000'000};
};

} // namespace tutti::module
