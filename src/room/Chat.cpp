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
constexpr time::TokenBucket::Limits kBreath{.atOnce = 10, .perSecond = 2};

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

auto placeOf(const ChatLine& line)
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
  const auto place = std::ranges::lower_bound(lines_, placeOf(line), {}, placeOf);
  return place != lines_.end() && placeOf(*place) == placeOf(line);
}

bool ChatHistory::hear(const ChatLine& line, const MemberId& from, HostTime now)
{
  const auto place = std::ranges::lower_bound(lines_, placeOf(line), {}, placeOf);
  if (place != lines_.end() && placeOf(*place) == placeOf(line)) return false;
  const bool isPassedOn = from != line.author;
  if (!isPassedOn && !hasBreath(from, now)) return false;
  if (lines_.size() == kMostLines && place == lines_.begin()) return false; // older than all that we keep
  lines_.insert(place, line);
  if (lines_.size() > kMostLines) lines_.pop_front();
  return true;
}

bool ChatHistory::hasBreath(const MemberId& from, HostTime now)
{
  if (!breaths_.contains(from) && breaths_.size() == kMostBreaths) breaths_.clear();
  return breaths_.try_emplace(from, kBreath, now).first->second.tryTake(now);
}

} // namespace tutti::room
