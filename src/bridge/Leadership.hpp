#pragma once

#include <optional>

#include "Fellows.hpp"
#include "Neighbourhood.hpp"

namespace tutti::bridge {

/// Who speaks on this LAN for those elsewhere, when several bridges of one room are on it: the lowest member
/// id. The one that takes over begins before the other ends.
///
/// Threads: one at a time.
/// Spec:    bridge B-8.
class Leadership {
public:
  explicit Leadership(const room::MemberId& self)
    : self_{self}
  {}

  void advance(const Fellows& fellows, const Neighbourhood& lan, HostTime now);

  [[nodiscard]] bool isOurs() const { return isOurs_; }
  /// Who leads instead of us.
  [[nodiscard]] const std::optional<room::MemberId>& leader() const { return leader_; }
  /// Whether anybody could go on when we end.
  [[nodiscard]] bool hasMate() const { return hasMate_; }

private:
  static bool isAlive(const Fellows::Fellow& fellow, const Neighbourhood& lan, HostTime now);

  room::MemberId self_;
  bool isOurs_ = true;
  bool hasMate_ = false;
  std::optional<room::MemberId> leader_;
};

} // namespace tutti::bridge
