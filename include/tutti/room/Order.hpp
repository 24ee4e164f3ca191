#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>

#include <tutti/core/Result.hpp>
#include <tutti/room/MemberKeys.hpp>

namespace tutti::room {

/// What a host may decide for everybody, signed with the host's key, so that neither another member nor the
/// directory can.
///
/// Spec: room R-7.
struct Order {
  enum class What : std::uint8_t { kick = 1, lock = 2, unlock = 3, mute = 4, unmute = 5 };

  RoomId room;
  std::uint64_t number = 0; ///< counts up; an order that was heard before is none
  What what = What::lock;
  MemberId target; ///< whom, where it is about one member

  [[nodiscard]] ByteString sign(const MemberKeys& host) const;
  /// Errors: `malformed`; `refused` where somebody else has signed.
  static Result<Order> parse(std::span<const std::byte> bytes, const SignPublic& host);
  /// Whoever may have signed it. Errors: `malformed`.
  static Result<Order> parseUnchecked(std::span<const std::byte> bytes);

  friend bool operator==(const Order&, const Order&) = default;
};

/// The orders of a room as they stand: applied in their order, each once.
///
/// Threads: one at a time.
class Authority {
public:
  /// A room without host obeys nobody. `host` is a proved one, where the directory could have named another.
  Authority(const RoomId& room, const std::optional<SignPublic>& host)
    : room_{room}
    , host_{host}
  {}

  [[nodiscard]] bool isHost(const SignPublic& key) const { return host_ == key; }

  /// The order, if it is the host's, about this room, and new.
  /// Errors: `malformed` where it is of another room or was heard before, and nobody looks at its signature;
  /// `refused` where somebody else has signed.
  Result<Order> hear(std::span<const std::byte> bytes);

  [[nodiscard]] bool isLocked() const { return isLocked_; }
  [[nodiscard]] bool isMuted(const MemberId& member) const { return muted_.contains(member); }
  [[nodiscard]] bool isKicked(const MemberId& member) const { return kicked_.contains(member); }
  [[nodiscard]] std::uint64_t newest() const { return newest_; }

private:
  RoomId room_;
  std::optional<SignPublic> host_;
  std::uint64_t newest_ = 0;
  bool isLocked_ = false;
  std::set<MemberId> muted_;
  std::set<MemberId> kicked_;
};

} // namespace tutti::room
