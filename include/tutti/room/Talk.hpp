#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteString.hpp>
#include <tutti/room/Chat.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::room {

/// Lines of chat as packets of the members' control streams. Nobody asks for a lost one again: what we say is
/// said twice more.
///
/// Threads: one at a time.
/// Spec:    room R-7.
class Talk {
public:
  /// What one other member says, and what they are told of the time before they came.
  class Partner {
  public:
    /// All of it from now on, slowly.
    void tell(const ChatHistory& history) { untold_ = {history.lines().begin(), history.lines().end()}; }
    /// What of it may leave now, for who has this slot.
    std::vector<ByteString> advance(std::uint16_t slot, HostTime now);
    [[nodiscard]] HostTime nextDeadline() const;

  private:
    friend Talk;
    std::optional<ByteString> assemble(ByteReader& in);

    std::vector<ChatLine> untold_;
    std::size_t place_ = 0;                                                // in them
    time::TokenBucket pace_{{.atOnce = 10, .perSecond = 20}, HostTime{}};  // packets
    time::TokenBucket heard_{{.atOnce = 20, .perSecond = 10}, HostTime{}}; // lines to be checked
    std::uint16_t lineComing_ = 0;
    std::vector<ByteString> partsComing_; // of that line
  };

  /// A line of ours; `from` is our id.
  std::vector<ByteString> say(const ChatLine& line, const MemberId& from, HostTime now);
  /// What a member, `from`, has said after the kind of message. Who is the line's author, where there is a
  /// new line; `us` are never quoted. `wall` is now, for what members date.
  std::optional<MemberId> hear(Partner& partner, ByteReader& in, const MemberId& from, const MemberId& us,
                               HostTime at, WallTime wall);

  /// What of ours is said once more now.
  std::vector<ByteString> advance(HostTime now);
  [[nodiscard]] HostTime nextDeadline() const;

  [[nodiscard]] const ChatHistory& history() const { return history_; }

private:
  struct Again {
    HostTime due{};
    ByteString packet;
  };

  ChatHistory history_;
  std::uint16_t linesSaid_ = 0;
  std::deque<Again> again_;
};

} // namespace tutti::room
