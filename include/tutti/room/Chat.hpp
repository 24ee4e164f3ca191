#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/room/MemberKeys.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::room {

/// The wall clock (Unix), for what people read. No two agree, and each may leap.
using WallTime = std::chrono::sys_seconds;

/// One line of talk, signed by who said it: members pass it on to who comes later. It brings the author's
/// public keys along, whose hash is the author's id: that may have left long ago, and still nobody can make
/// lines in its name.
///
/// Spec: room R-7.
struct ChatLine {
  static constexpr std::size_t kMostCharacters = 500;

  MemberId author;
  SignPublic signer{}; ///< the author's, as is the next
  BoxPublic box{};
  std::string name;         ///< of the author, as it was then
  std::int64_t saidAt = 0;  ///< seconds of the wall clock (Unix)
  std::uint32_t number = 0; ///< of the author's lines
  std::string text;
  Signature signature{};

  /// Errors: `refused` with a sentence where the text is empty, too long, or no text.
  static Result<ChatLine> say(const MemberKeys& author, std::string name, std::uint32_t number,
                              std::int64_t saidAt, std::string text);

  [[nodiscard]] ByteString encode() const;
  /// Errors: `malformed`, `refused` where the signature or the keys are not the author's.
  static Result<ChatLine> parse(std::span<const std::byte> bytes);
  /// Whoever may have written it: what was heard before need not be checked again.
  static Result<ChatLine> parseUnchecked(std::span<const std::byte> bytes);
  [[nodiscard]] bool isAuthentic() const;

  friend bool operator==(const ChatLine&, const ChatLine&) = default;
};

/// The last 200 lines of a room, each once, in the order in which they were said.
///
/// A member who says more than ten at once and two a second is not heard; nor is one who passes on more lines
/// than a newcomer needs, as authors of whom nobody knows can be made up. What is dated ahead stands where it
/// was heard, as clocks differ: later it would push out what others say meanwhile.
///
/// Threads: one at a time.
class ChatHistory {
public:
  static constexpr std::size_t kMostLines = 200;

  /// Whether it is new, and was taken in. `from` is who sent it: the author, or who passes it on. The pace is
  /// judged by `now`, the date by `wall`.
  bool hear(const ChatLine& line, const MemberId& from, HostTime now, WallTime wall);

  /// Whether this line, or one that claims to be, is there.
  [[nodiscard]] bool has(const ChatLine& line) const;

  [[nodiscard]] const std::deque<ChatLine>& lines() const { return lines_; }

private:
  struct Breath {
    time::TokenBucket own;      // lines
    time::TokenBucket passedOn; // lines of others
  };
  Breath& breathOf(const MemberId& from, HostTime now);
  struct Place {
    std::int64_t when = 0; // it was said, but not after it was heard
    MemberId author;
    std::uint32_t number = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
  };

  std::deque<ChatLine> lines_;
  std::deque<Place> places_; // of these lines
  std::map<MemberId, Breath> breaths_;
};

} // namespace tutti::room
