#include <tutti/room/Card.hpp>

#include <tutti/core/Utf8.hpp>

#include "Fields.hpp"

namespace tutti::room {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kSumSize = 32;
constexpr std::string_view kPurpose = "tutti card 1";

/// Cut between characters, never inside one.
std::string_view shortened(std::string_view name)
{
  auto size = std::min(name.size(), Card::kLongestName);
  while (size > 0 && !charactersOf(name.substr(0, size))) --size;
  return name.substr(0, size);
}

std::optional<Card> readFields(ByteReader& in)
{
  Card card;
  if (in.u8() != kVersion) return std::nullopt;
  const auto id = in.bytes(MemberId::kSize);
  const auto sign = readArray<SignPublic>(in);
  const auto box = readArray<BoxPublic>(in);
  const auto edition = in.u32();
  const auto name = readText(in);
  const auto instrument = readText(in);
  const auto counts = in.u8();
  if (!id || !sign || !box || !edition || !name || !instrument || !counts) return std::nullopt;
  const auto count = static_cast<unsigned>(*counts) & 0xfU;
  const auto relayed = static_cast<unsigned>(*counts) >> 4U;
  if (count > Card::kMostCandidates || relayed > count) return std::nullopt;
  const bool isNameProper = !name->empty() && name->size() <= Card::kLongestName && isPlainText(*name) &&
                            instrument->size() <= Card::kLongestName && isPlainText(*instrument);
  if (!isNameProper) return std::nullopt;
  card = {*MemberId::fromBytes(*id),         *sign, *box, *edition, *name, *instrument, {},
          static_cast<std::uint8_t>(relayed)};
  for (unsigned i = 0; i < count; ++i) {
    const auto candidate = readEndpoint(in);
    if (!candidate) return std::nullopt;
    card.candidates.push_back(*candidate);
  }
  return card;
}

} // namespace

ByteString Card::encode(const Secret& secret, const MemberKeys& owner) const
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.u8(kVersion);
  out.bytes(id.bytes());
  out.bytes(sign);
  out.bytes(box);
  out.u32(edition);
  writeText(out, shortened(name));
  writeText(out, shortened(instrument));
  const auto count = std::min(candidates.size(), kMostCandidates);
  // Those beyond the eighth are relays first of all.
  const auto left = candidates.size() - count;
  const auto relays = std::min<std::size_t>(relayed, candidates.size());
  out.u8(static_cast<std::uint8_t>(count | (relays - std::min(relays, left)) << 4U));
  for (std::size_t i = 0; i < count; ++i) writeEndpoint(out, candidates[i]);
  out.bytes(owner.sign(kPurpose, bytes));
  out.bytes(authenticate(bytes, secret.derive("roster")));
  return bytes;
}

Result<Card> Card::parse(std::span<const std::byte> bytes, const Secret& secret)
{
  if (bytes.size() <= kSumSize || bytes.size() > kLargest) return failure(ErrorKind::malformed);
  const auto vouchedFor = bytes.first(bytes.size() - kSumSize);
  if (!isAuthentic(vouchedFor, bytes.last(kSumSize), secret.derive("roster")))
    return failure(ErrorKind::refused);
  return parseAsStranger(bytes);
}

Result<Card> Card::parseAsStranger(std::span<const std::byte> bytes)
{
  constexpr auto kEnd = Signature{}.size() + kSumSize;
  if (bytes.size() <= kEnd || bytes.size() > kLargest) return failure(ErrorKind::malformed);
  const auto fields = bytes.first(bytes.size() - kEnd);
  ByteReader in{fields};
  const auto card = readFields(in);
  if (!card || !in.atEnd()) return failure(ErrorKind::malformed);
  const auto signature = bytes.subspan(fields.size(), Signature{}.size());
  const bool isOwners =
    card->id == idOf(card->sign, card->box) && isSignedBy(card->sign, kPurpose, fields, signature);
  if (!isOwners) return failure(ErrorKind::refused);
  return *card;
}

} // namespace tutti::room
