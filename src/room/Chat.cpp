#include <tutti/room/Chat.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

#include <tutti/core/Utf8.hpp>

#include "Fields.hpp"

namespace tutti::room {
namespace {

constexpr std::string_view kPurpose = "tutti chat 1";
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostBreaths = 256;
constexpr time::TokenBucket::Limits kOwn{.atOnce = 10, .perSecond = 2};
constexpr time::TokenBucket::Limits kPassedOn{.atOnce = ChatHistory::kMostLines, .perSecond = 0.02};

ByteString fieldsOf(const ChatLine& line)
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.text(kPurpose);
  out.bytes(line.author.bytes());
  out.bytes(line.signer);
  out.bytes(line.box);
  writeText(out, line.name);
  out.i64(line.saidAt);
  out.u32(line.number);
  out.u16(static_cast<std::uint16_t>(line.text.size()));
  out.text(line.text);
  return bytes;
}

/// Line breaks are part of talk; other control characters are not.
bool isTalk(std::string_view text)
{
  const auto characters = charactersOf(text);
  if (!characters || *characters == 0 || *characters > ChatLine::kMostCharacters) return false;
  std::string joined{text};
  std::ranges::replace(joined, '\n', ' ');
  return isPlainText(joined);
}

/// Which one it is, or claims to be.
auto markOf(const ChatLine& line)
{
  return std::tie(line.saidAt, line.author, line.number);
}

} // namespace

Result<ChatLine> ChatLine::say(const MemberKeys& author, std::string name, std::uint32_t number,
                               std::int64_t saidAt, std::string text)
{
  if (!isTalk(text))
    return failure(ErrorKind::refused, fmt::format("A message has 1 to {} letters.", kMostCharacters));
  ChatLine line{
    author.id(), author.signPublic(), author.boxPublic(), std::move(name), saidAt, number, std::move(text),
    {}};
  line.name.resize(std::min(line.name.size(), kLongestName));
  line.signature = author.sign(fieldsOf(line));
  return line;
}

ByteString ChatLine::encode() const
{
  auto bytes = fieldsOf(*this);
  ByteStringWriter{bytes}.bytes(signature);
  return bytes;
}

Result<ChatLine> ChatLine::parse(std::span<const std::byte> bytes)
{
  auto line = parseUnchecked(bytes);
  if (line && !line->isAuthentic()) return failure(ErrorKind::refused);
  return line;
}

bool ChatLine::isAuthentic() const
{
  return author == idOf(signer, box) && isSignedBy(signer, fieldsOf(*this), signature);
}

Result<ChatLine> ChatLine::parseUnchecked(std::span<const std::byte> bytes)
{
  ByteReader in{bytes};
  const auto purpose = in.bytes(kPurpose.size());
  const auto author = in.bytes(MemberId::kSize);
  const auto signer = readArray<SignPublic>(in);
  const auto box = readArray<BoxPublic>(in);
  const auto name = readText(in);
  const auto saidAt = in.i64();
  const auto number = in.u32();
  const auto size = in.u16();
  if (!purpose || asText(*purpose) != kPurpose || !author || !signer || !box || !name || !saidAt || !number ||
      !size)
    return failure(ErrorKind::malformed);
  const auto text = in.bytes(*size);
  const auto signature = readArray<Signature>(in);
  if (!text || !signature || !in.atEnd()) return failure(ErrorKind::malformed);
  const bool isProper = isTalk(asText(*text)) && name->size() <= kLongestName && isPlainText(*name);
  if (!isProper) return failure(ErrorKind::malformed);
  return ChatLine{*MemberId::fromBytes(*author), *signer,   *box, *name, *saidAt, *number,
                  std::string{asText(*text)},    *signature};
}

bool ChatHistory::has(const ChatLine& line) const
{
  return std::ranges::any_of(lines_, [&line](const auto& known) { return markOf(known) == markOf(line); });
}

bool ChatHistory::hear(const ChatLine& line, const MemberId& from, HostTime now, WallTime wall)
{
  if (has(line)) return false;
  const auto when = std::min<std::int64_t>(line.saidAt, wall.time_since_epoch().count());
  const Place place{when, line.author, line.number};
  const auto index = std::ranges::upper_bound(places_, place) - places_.begin();
  if (lines_.size() == kMostLines && index == 0) return false; // older than all that we keep
  auto& breath = breathOf(from, now);
  if (!(from == line.author ? breath.own : breath.passedOn).tryTake(now)) return false;
  lines_.insert(lines_.begin() + index, line);
  places_.insert(places_.begin() + index, place);
  if (lines_.size() <= kMostLines) return true;
  lines_.pop_front();
  places_.pop_front();
  return true;
}

ChatHistory::Breath& ChatHistory::breathOf(const MemberId& from, HostTime now)
{
  if (!breaths_.contains(from) && breaths_.size() == kMostBreaths) breaths_.clear();
  return breaths_.try_emplace(from, Breath{{kOwn, now}, {kPassedOn, now}}).first->second;
}

} // namespace tutti::room
