#include <tutti/room/DirectoryWire.hpp>

#include <algorithm>

#include <tutti/core/Base64.hpp>
#include <tutti/room/Invitation.hpp>

#include "JsonFields.hpp"

namespace tutti::room::wire {
namespace {

constexpr std::size_t kLongestSentence = 300;
constexpr std::array<std::string_view, 3> kKinds{"invited", "password", "open"};

std::string written(const JsonToSay& object)
{
  return object.dump(-1, ' ', false, JsonToSay::error_handler_t::replace);
}

template <class T> Result<T> whole(const JsonFields& fields, T&& value)
{
  if (!fields.isWhole()) return failure(ErrorKind::malformed);
  return std::forward<T>(value);
}

JsonToSay toJson(const RoomRecord& room)
{
  JsonToSay object{{"name", room.name},
                   {"kind", kKinds.at(static_cast<std::size_t>(room.kind))},
                   {"id", room.id.text()},
                   {"members", room.members},
                   {"locked", room.isLocked}};
  if (room.host) object["host"] = toBase64(*room.host);
  if (room.hostProof) object["hostProof"] = toBase64(*room.hostProof);
  if (room.secret) object["secret"] = toBase64(room.secret->bytes());
  return object;
}

RoomRecord readRoom(JsonFields& fields)
{
  RoomRecord room;
  room.name = fields.word("name");
  const auto kind = std::ranges::find(kKinds, fields.word("kind"));
  if (!fields.require(checkRoomName(room.name).has_value() && kind != kKinds.end())) return room;
  room.kind = static_cast<RoomKind>(kind - kKinds.begin());
  room.id = fields.id("id");
  room.members = fields.number<std::uint32_t>("members");
  room.isLocked = fields.truth("locked");
  if (fields.has("host")) room.host = fields.array<SignPublic>("host");
  if (fields.has("hostProof")) room.hostProof = fields.array<Secret::Derived>("hostProof");
  if (fields.has("secret")) room.secret = Secret{fields.array<Secret::Bytes>("secret")};
  return room;
}

JsonToSay toJson(const RoomForwarder& forwarder)
{
  auto addresses = JsonToSay::array();
  for (const auto& address : forwarder.addresses) addresses.push_back(address.text());
  return {{"id", forwarder.id}, {"addresses", addresses}, {"port", forwarder.port}};
}

RoomForwarder readForwarder(JsonFields& outer, const Json& entry)
{
  constexpr std::size_t kFamilies = 2;
  JsonFields fields{entry};
  RoomForwarder forwarder{fields.number<std::uint64_t>("id"), {}, fields.number<std::uint16_t>("port")};
  fields.each("addresses", [&](const Json& text) {
    const auto address =
      text.is_string() ? IpAddress::parse(text.get_ref<const std::string&>()) : std::nullopt;
    if (fields.require(address && forwarder.addresses.size() < kFamilies))
      forwarder.addresses.push_back(*address);
  });
  outer.require(fields.isWhole() && !forwarder.addresses.empty());
  return forwarder;
}

JsonToSay toJson(const Update& update)
{
  auto roster = JsonToSay::array();
  for (const auto& entry : update.roster)
    roster.push_back({{"id", entry.id.text()}, {"slot", entry.slot}, {"card", toBase64(entry.card)}});
  auto letters = JsonToSay::array();
  for (const auto& letter : update.letters)
    letters.push_back(
      {{"from", letter.from.text()}, {"to", letter.to.text()}, {"body", toBase64(letter.body)}});
  auto orders = JsonToSay::array();
  for (const auto& order : update.orders) orders.push_back(toBase64(order));
  JsonToSay object{
    {"revision", update.revision}, {"roster", roster}, {"letters", letters}, {"orders", orders}};
  for (const auto& forwarder : update.forwarders) object["forwarders"].push_back(toJson(forwarder));
  return object;
}

/// `hasSender`: it comes from the directory, which knows who wrote it.
Letter readLetter(JsonFields& outer, const Json& entry, bool hasSender)
{
  JsonFields fields{entry};
  Letter letter{hasSender ? fields.id("from") : MemberId{}, fields.id("to"),
                fields.bytes("body", kLargestLetter)};
  outer.require(fields.isWhole());
  return letter;
}

Update readUpdate(JsonFields& fields)
{
  Update update;
  update.revision = fields.number<std::uint64_t>("revision");
  fields.each("roster", [&](const Json& entry) {
    JsonFields inner{entry};
    update.roster.push_back({inner.id("id"), inner.number<std::uint16_t>("slot"), inner.bytes("card")});
    fields.require(inner.isWhole() && update.roster.size() <= kMostMembers);
  });
  fields.each("letters",
              [&](const Json& entry) { update.letters.push_back(readLetter(fields, entry, true)); });
  fields.each("orders", [&](const Json& entry) {
    if (fields.require(entry.is_string()))
      update.orders.push_back(fields.fromWord(entry.get_ref<const std::string&>(), kLargestBytes));
  });
  if (fields.has("forwarders"))
    fields.each("forwarders", [&](const Json& entry) {
      update.forwarders.push_back(readForwarder(fields, entry));
      fields.require(update.forwarders.size() <= kMostForwarders);
    });
  return update;
}

ByteString toProve(const RoomRecord& room, const SignPublic& host)
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.text("tutti host 1");
  out.bytes(room.id.bytes());
  out.bytes(host);
  return bytes;
}

ByteString toProve(const JoinRequest& request)
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.text("tutti join 1");
  out.u16(static_cast<std::uint16_t>(request.token.size()));
  out.text(request.token);
  out.bytes(request.card);
  return bytes;
}

} // namespace

void RoomRecord::proveHost(const Secret& known)
{
  hostProof.reset();
  if (host) hostProof = authenticate(toProve(*this, *host), known.derive("host"));
}

std::optional<SignPublic> RoomRecord::provedHost(const Secret& known) const
{
  const bool isProved =
    host && hostProof && isAuthentic(toProve(*this, *host), *hostProof, known.derive("host"));
  return isProved ? host : std::nullopt;
}

std::string RoomRecord::encode() const
{
  return written(toJson(*this));
}

Result<RoomRecord> RoomRecord::parse(std::string_view json)
{
  JsonFields fields{json};
  auto room = readRoom(fields);
  return whole(fields, std::move(room));
}

std::string OpenRequest::encode() const
{
  return written({{"room", toJson(room)}, {"tokenHash", tokenHash}});
}

Result<OpenRequest> OpenRequest::parse(std::string_view json)
{
  JsonFields fields{json};
  JsonFields inner{fields.object("room")};
  OpenRequest request{readRoom(inner), fields.word("tokenHash")};
  fields.require(inner.isWhole());
  return whole(fields, std::move(request));
}

std::string JoinRequest::encode() const
{
  return written({{"version", version},
                  {"token", token},
                  {"id", id.text()},
                  {"card", toBase64(card)},
                  {"slot", wantedSlot},
                  {"proof", toBase64(proof)}});
}

void JoinRequest::prove(const MemberKeys& owner)
{
  proof = owner.sign(toProve(*this));
}

bool JoinRequest::isProvedBy(const SignPublic& owner) const
{
  return isSignedBy(owner, toProve(*this), proof);
}

Result<JoinRequest> JoinRequest::parse(std::string_view json)
{
  JsonFields fields{json};
  JoinRequest request;
  request.version = static_cast<int>(fields.number<std::uint16_t>("version"));
  if (fields.isWhole() && request.version != wire::kVersion) return request; // the rest may look different
  request.token = fields.word("token");
  request.id = fields.id("id");
  request.card = fields.bytes("card");
  request.wantedSlot = fields.number<std::uint16_t>("slot");
  request.proof = fields.array<Signature>("proof");
  return whole(fields, std::move(request));
}

std::string Update::encode() const
{
  return written(toJson(*this));
}

Result<Update> Update::parse(std::string_view json)
{
  JsonFields fields{json};
  auto update = readUpdate(fields);
  return whole(fields, std::move(update));
}

std::string JoinReply::encode() const
{
  return written({{"slot", slot},
                  {"pass", pass},
                  {"udpPort", udpPort},
                  {"stunUser", stunUser},
                  {"stunPassword", stunPassword},
                  {"room", toJson(room)},
                  {"update", toJson(update)}});
}

Result<JoinReply> JoinReply::parse(std::string_view json)
{
  JsonFields fields{json};
  JoinReply reply;
  reply.slot = fields.number<std::uint16_t>("slot");
  reply.pass = fields.word("pass");
  reply.udpPort = fields.number<std::uint16_t>("udpPort");
  reply.stunUser = fields.word("stunUser");
  reply.stunPassword = fields.word("stunPassword");
  JsonFields room{fields.object("room")};
  reply.room = readRoom(room);
  JsonFields update{fields.object("update")};
  reply.update = readUpdate(update);
  fields.require(room.isWhole() && update.isWhole());
  return whole(fields, std::move(reply));
}

std::string MemberRequest::encode() const
{
  JsonToSay object{{"id", id.text()}, {"pass", pass}};
  if (since != 0) object["since"] = since;
  if (!card.empty()) object["card"] = toBase64(card);
  if (!order.empty()) object["order"] = toBase64(order);
  for (const auto& letter : letters)
    object["letters"].push_back({{"to", letter.to.text()}, {"body", toBase64(letter.body)}});
  for (const auto& trip : roundTrips)
    object["roundTrips"].push_back({{"forwarder", trip.forwarder}, {"us", trip.micros}});
  return written(object);
}

Result<MemberRequest> MemberRequest::parse(std::string_view json)
{
  JsonFields fields{json};
  MemberRequest request;
  request.id = fields.id("id");
  request.pass = fields.word("pass");
  if (fields.has("since")) request.since = fields.number<std::uint64_t>("since");
  if (fields.has("card")) request.card = fields.bytes("card");
  if (fields.has("order")) request.order = fields.bytes("order");
  if (fields.has("letters"))
    fields.each("letters", [&](const Json& entry) {
      request.letters.push_back(readLetter(fields, entry, false));
      fields.require(request.letters.size() <= kMostLetters);
    });
  if (fields.has("roundTrips"))
    fields.each("roundTrips", [&](const Json& entry) {
      JsonFields inner{entry};
      request.roundTrips.push_back(
        {inner.number<std::uint64_t>("forwarder"), inner.number<std::uint32_t>("us")});
      fields.require(inner.isWhole() && request.roundTrips.size() <= kMostForwarders);
    });
  return whole(fields, std::move(request));
}

std::string Refusal::encode() const
{
  return written({{"error", code}, {"sentence", sentence}});
}

Result<Refusal> Refusal::parse(std::string_view json)
{
  JsonFields fields{json};
  Refusal refusal{fields.word("error"), fields.word("sentence", kLongestSentence)};
  return whole(fields, std::move(refusal));
}

} // namespace tutti::room::wire
