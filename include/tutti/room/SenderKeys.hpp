#pragma once

#include <map>
#include <optional>
#include <set>
#include <variant>
#include <vector>

#include <tutti/net/Srtp.hpp>
#include <tutti/room/Card.hpp>

namespace tutti::room {

/// One epoch of one sender, as it is given to one receiver.
struct KeyLetter {
  net::Epoch epoch = 0;
  net::SrtpKey key{};

  /// Sealed by `from` for the owner of `to`. It names both, so that it cannot be passed on as another's.
  [[nodiscard]] ByteString seal(const MemberKeys& from, const Card& to) const;
  static std::optional<KeyLetter> open(std::span<const std::byte> letter, const MemberKeys& us,
                                       const Card& from);

  friend bool operator==(const KeyLetter&, const KeyLetter&) = default;
};

/// When a sender takes a new key, whom it gives it to, and when it begins to use it.
///
/// The first one is taken when the first other member is there, and used at once: who is alone has none. A
/// new epoch after every join, leave and kick, at most one a second. It is used once everybody has it, or
/// half a second after it was given out: who is slower misses some frames, and nobody waits for a dead one.
/// Who does not confirm it is given it again, every two and a half seconds.
///
/// Threads: one at a time.
/// Spec:    room R-3.
class SenderKeys {
public:
  struct Give {
    MemberId to;
    KeyLetter letter;
  };
  struct Use {
    KeyLetter letter;
  };
  using Action = std::variant<Give, Use>;

  using DrawKey = net::SrtpKey (*)();
  /// Keys are drawn by `draw`; the usual one asks libsodium.
  explicit SenderKeys(DrawKey draw = drawKey);

  /// Who else is in the room now.
  std::vector<Action> setMembers(const std::set<MemberId>& others, HostTime now);

  /// A member told that it has our key of this epoch.
  std::vector<Action> confirmed(const MemberId& member, net::Epoch epoch, HostTime now);

  /// Somebody asks again for what they should have: a letter was lost.
  std::vector<Action> askedAgain(const MemberId& member, HostTime now);

  /// Whether it is the epoch that everybody should have.
  [[nodiscard]] bool isNewest(std::optional<net::Epoch> epoch) const
  {
    return current_ && epoch == current_->epoch;
  }

  /// Whether what we send is sealed with the key of this epoch by now.
  [[nodiscard]] bool isInUse(net::Epoch epoch) const
  {
    return current_ && isCurrentUsed_ && epoch == current_->epoch;
  }

  std::vector<Action> advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

private:
  static net::SrtpKey drawKey();
  std::vector<Action> begin(HostTime now);
  std::vector<Action> useIfReady(HostTime now);

  DrawKey draw_;
  std::set<MemberId> others_;
  std::set<MemberId> confirmed_;
  std::optional<KeyLetter> current_;
  bool isCurrentUsed_ = false;
  bool isChangeDue_ = true; // the first epoch
  HostTime begunAt_{};
  HostTime givenAt_{}; // the last time
};

} // namespace tutti::room
