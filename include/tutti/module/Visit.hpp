#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tutti/module/Message.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::module {

/// To the process.
struct Tell {
  Message message;
};
/// It wants in: `Visit::admit` or `Visit::refuse`.
struct Knocked {
  Hello hello;
};
/// It said hello again, as if it had not heard its welcome: `Visit::admit` once more.
struct AskedAgain {};
/// How a visit ended.
enum class Farewell {
  left,    ///< it said so
  lost,    ///< it is gone without a word
  stalled, ///< it is there, and silent
  expelled ///< it did what is not done, or was not let in
};
/// It is over, nothing follows: hang up.
struct Gone {
  Farewell how = Farewell::left;
  std::string why; ///< a sentence for its card
};

using VisitAction = std::variant<Tell, Knocked, AskedAgain, Gone>;
using VisitActions = std::vector<VisitAction>;

/// Tutti's side of its conversation with one outside process.
///
///     greeted ──▶ in ──▶ over        anywhere: ──▶ over
///
/// Threads: one at a time.
/// Errors:  none: what a process says wrongly is the end of its visit, and nobody else's.
class Visit {
public:
  static constexpr Micros kGreeting{2'000'000}; ///< for the hello
  static constexpr Micros kLease{1'000'000};
  /// What an honest process says is a sixth of that.
  static constexpr time::TokenBucket::Limits kTalk{.atOnce = 60, .perSecond = 30};

  explicit Visit(HostTime now);

  VisitActions receive(std::span<const std::byte> packet, HostTime now);
  /// What is due. Call no later than `nextDeadline()`.
  VisitActions advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  /// Lets it in, or tells it of another shape of the sound; the lease is ours to say.
  VisitActions admit(Welcome welcome, HostTime now);
  VisitActions refuse(const std::string& reason);
  /// We end it.
  VisitActions dismiss(const std::string& reason);
  /// The connection is gone.
  VisitActions hungUp();

  [[nodiscard]] bool isIn() const { return state_ == State::in; }
  [[nodiscard]] bool isOver() const { return state_ == State::over; }

private:
  enum class State { greeted, knocked, in, over };

  VisitActions hear(const Message& message);
  VisitActions hearHello(const Hello& hello);
  VisitActions end(Farewell how, std::string why);
  VisitActions expel(const std::string& why);

  State state_ = State::greeted;
  HostTime heardBy_;
  HostTime tellAt_;
  time::TokenBucket talk_;
  std::optional<Hello> hello_;
};

} // namespace tutti::module
