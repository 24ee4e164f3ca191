#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <tutti/serve/Fact.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::serve {

/// What one of several directories tells the others that share its rooms, and when, among all of them.
///
/// Who is the only one tells nothing, and all its stamps are alike.
///
/// Threads: one at a time.
class Gossip {
public:
  using Whom = std::pair<room::RoomId, room::MemberId>;

  /// From now on there are others. `instance` is drawn anew at each start.
  void begin(std::uint64_t instance) { instance_ = instance; }
  [[nodiscard]] bool isShared() const { return instance_.has_value(); }
  [[nodiscard]] std::uint64_t instance() const { return instance_.value_or(0); }
  [[nodiscard]] bool isOurs(const Stamp& said) const { return isShared() && said.teller == *instance_; }

  /// Later than all that was said or heard before.
  std::uint64_t count() { return ++clock_; }
  Stamp stamp();
  void heard(const Stamp& said);

  void tell(Fact fact);
  /// What the others must hear, since the last call.
  std::vector<Fact> take() { return std::exchange(facts_, {}); }

  /// The others are not heard any more.
  void loseTouch() { isAlone_ = true; }
  void regainTouch() { isAlone_ = false; }
  [[nodiscard]] bool isAlone() const { return isAlone_; }

  /// A late word of a join that is over brings nobody back.
  void rememberGone(const Whom& whom, const Stamp& joined, HostTime now);
  [[nodiscard]] bool isGone(const Whom& whom, const Stamp& joined) const;
  void forgetGone(HostTime now);

private:
  struct Gone {
    Stamp joined;
    HostTime until{};
  };

  std::optional<std::uint64_t> instance_;
  std::uint64_t clock_ = 0; // counts rooms, and all that is said
  bool isAlone_ = false;
  std::vector<Fact> facts_;
  std::map<Whom, Gone> gone_;
};

} // namespace tutti::serve
