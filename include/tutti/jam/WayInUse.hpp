#pragma once

#include <cstdint>
#include <optional>

#include <tutti/room/Path.hpp>

namespace tutti::jam {

/// By which way a member's sound comes.
///
/// When a sender changes over, packets by the way before are still under way, and one checked now and then
/// may come by any: another way is in use only when so many in a row came by it.
///
/// Threads: one at a time.
class WayInUse {
public:
  static constexpr int kInARow = 8;

  enum class Verdict : std::uint8_t {
    usual,
    another, ///< not in use, or not yet
    changed  ///< from this packet on it is in use
  };

  /// Of each packet.
  Verdict follow(const room::Way& from)
  {
    if (!inUse_) inUse_ = from;
    inARow_ = from == *inUse_ ? 0 : from == last_ ? inARow_ + 1 : 1;
    last_ = from;
    if (inARow_ == 0) return Verdict::usual;
    if (inARow_ < kInARow) return Verdict::another;
    inUse_ = from;
    inARow_ = 0;
    return Verdict::changed;
  }

private:
  std::optional<room::Way> inUse_;
  room::Way last_;
  int inARow_ = 0;
};

} // namespace tutti::jam
