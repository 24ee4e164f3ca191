#pragma once

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

/// The last 200 lines of a room, each once, in the order in which they were said; a member who says more than
/// ten at once and two a second is not heard.
///
/// Threads: one at a time.
class ChatHistory {
public:
  static constexpr std::size_t kMostLines = 200;

  /// Whether it is new, and was taken in. `from` is who sent it: the author, or who passes it on.
  bool hear(const ChatLine& line, const MemberId& from, HostTime now);

  /// Whether this line, or one that claims to be, is there.
  [[nodiscard]] bool has(const ChatLine& line) const;

  [[nodiscard]] const std::deque<ChatLine>& lines() const { return lines_; }

private:
  bool hasBreath(const MemberId& from, HostTime now);

  std::deque<ChatLine> lines_;
  std::map<MemberId, time::TokenBucket> breaths_;
};

} // namespace tutti::room
