#include <tutti/room/DirectoryWire.hpp>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <type_traits>

#include <tutti/core/Base64.hpp>
#include <tutti/core/Utf8.hpp>
#include <tutti/room/Invitation.hpp>

namespace tutti::room::wire {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostEntries = 1024; // of any list
constexpr std::size_t kLongestWord = 128;  // tokens, passes, names
constexpr std::size_t kLongestSentence = 300;
constexpr std::array<std::string_view, 3> kKinds{"invited", "password", "open"};

/// Reads the fields of one object. Once something is wrong, it stays so, and `isWhole` says it.
class Fields {
public:
  explicit Fields(const Json& object)
    : object_{object}
    , isWhole_{object.is_object()}
  {}
  explicit Fields(std::string_view text)
    : own_(text.size() <= kLargestBody ? Json::parse(text, deep, false) : Json())
    , object_{own_}
    , isWhole_{own_.is_object()}
  {}
  Fields(const Fields&) = delete;
  Fields& operator=(const Fields&) = delete;

  [[nodiscard]] bool isWhole() const { return isWhole_; }
  [[nodiscard]] bool has(const char* name) const { return isWhole_ && object_.contains(name); }
  bool require(bool claim) { return isWhole_ = isWhole_ && claim; }

  template <class Whole> Whole number(const char* name)
  {
    const auto* value = find(name);
    if (!require(value != nullptr && value->is_number_unsigned())) return 0;
    const auto wide = value->template get<std::uint64_t>();
    require(wide <= static_cast<std::uint64_t>(std::numeric_limits<Whole>::max()));
    return static_cast<Whole>(wide);
  }
  bool truth(const char* name)
  {
    const auto* value = find(name);
    return require(value != nullptr && value->is_boolean()) && value->get<bool>();
  }
  std::string word(const char* name, std::size_t longest = kLongestWord)
  {
    const auto* value = find(name);
    if (!require(value != nullptr && value->is_string())) return {};
    auto text = value->get<std::string>();
    require(text.size() <= longest && isPlainText(text));
    return text;
  }
  ByteString bytes(const char* name, std::size_t most = kLargestLetter)
  {
    const auto* value = find(name);
    if (!require(value != nullptr && value->is_string())) return {};
    return fromWord(value->get_ref<const std::string&>(), most);
  }
  ByteString fromWord(const std::string& text, std::size_t most)
  {
    const auto decoded = fromBase64(text);
    require(decoded && decoded->size() <= most);
    return isWhole_ ? *decoded : ByteString{};
  }
  Id id(const char* name)
  {
    const auto found = Id::fromBytes(bytes(name));
    require(found.has_value());
    return found.value_or(Id{});
  }
  template <class Array> Array array(const char* name)
  {
    Array filled{};
    const auto read = bytes(name);
    if (require(read.size() == filled.size())) std::ranges::copy(read, filled.begin());
    return filled;
  }
  template <class Read> void each(const char* name, Read read)
  {
    const auto* value = find(name);
    if (!require(value != nullptr && value->is_array() && value->size() <= kMostEntries)) return;
    for (const auto& entry : *value) {
      if (!isWhole_) return;
      read(entry);
    }
  }
  const Json& object(const char* name)
  {
    const auto* value = find(name);
    static const Json kNone;
    return require(value != nullptr && value->is_object()) ? *value : kNone;
  }

private:
  /// Nothing that we say is nested deeper than this.
  static bool deep(int depth, Json::parse_event_t, Json&) { return depth <= 6; }
  const Json* find(const char* name)
  {
    if (!isWhole_) return nullptr;
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
  }

  Json own_;
  const Json& object_;
  bool isWhole_;
};

std::string written(const Json& object)
{
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T> Result<T> whole(const Fields& fields, T&& value)
{
  if (!fields.isWhole()) return failure(ErrorKind::malformed);
  return std::forward<T>(value);
}

Json toJson(const RoomRecord& room)
{
  Json object{{"name", room.name},
              {"kind", kKinds.at(static_cast<std::size_t>(room.kind))},
              {"id", room.id.text()},
              {"members", room.members},
              {"locked", room.isLocked}};
  if (room.host) object["host"] = toBase64(*room.host);
  if (room.secret) object["secret"] = toBase64(room.secret->bytes());
  return object;
}

RoomRecord readRoom(Fields& fields)
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
  if (fields.has("secret")) room.secret = Secret{fields.array<Secret::Bytes>("secret")};
  return room;
}

Json toJson(const Update& update)
{
  auto roster = Json::array();
  for (const auto& entry : update.roster)
    roster.push_back({{"id", entry.id.text()}, {"slot", entry.slot}, {"card", toBase64(entry.card)}});
  auto letters = Json::array();
  for (const auto& letter : update.letters)
    letters.push_back(
      {{"from", letter.from.text()}, {"to", letter.to.text()}, {"body", toBase64(letter.body)}});
  auto orders = Json::array();
  for (const auto& order : update.orders) orders.push_back(toBase64(order));
  return {{"revision", update.revision}, {"roster", roster}, {"letters", letters}, {"orders", orders}};
}

/// `hasSender`: it comes from the directory, which knows who wrote it.
Letter readLetter(Fields& outer, const Json& entry, bool hasSender)
{
  Fields fields{entry};
  Letter letter{hasSender ? fields.id("from") : MemberId{}, fields.id("to"), fields.bytes("body")};
  outer.require(fields.isWhole());
  return letter;
}

Update readUpdate(Fields& fields)
{
  Update update;
  update.revision = fields.number<std::uint64_t>("revision");
  fields.each("roster", [&](const Json& entry) {
    Fields inner{entry};
    update.roster.push_back({inner.id("id"), inner.number<std::uint16_t>("slot"), inner.bytes("card")});
    fields.require(inner.isWhole());
  });
  fields.each("letters",
              [&](const Json& entry) { update.letters.push_back(readLetter(fields, entry, true)); });
  fields.each("orders", [&](const Json& entry) {
    if (fields.require(entry.is_string()))
      update.orders.push_back(fields.fromWord(entry.get_ref<const std::string&>(), kLargestLetter));
  });
  return update;
}

} // namespace

std::string RoomRecord::encode() const
{
  return written(toJson(*this));
}

Result<RoomRecord> RoomRecord::parse(std::string_view json)
{
  Fields fields{json};
  auto room = readRoom(fields);
  return whole(fields, std::move(room));
}

std::string OpenRequest::encode() const
{
  return written({{"room", toJson(room)}, {"tokenHash", tokenHash}});
}

Result<OpenRequest> OpenRequest::parse(std::string_view json)
{
  Fields fields{json};
  Fields inner{fields.object("room")};
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
                  {"slot", wantedSlot}});
}

Result<JoinRequest> JoinRequest::parse(std::string_view json)
{
  Fields fields{json};
  JoinRequest request;
  request.version = static_cast<int>(fields.number<std::uint16_t>("version"));
  if (fields.isWhole() && request.version != wire::kVersion) return request; // the rest may look different
  request.token = fields.word("token");
  request.id = fields.id("id");
  request.card = fields.bytes("card");
  request.wantedSlot = fields.number<std::uint16_t>("slot");
  return whole(fields, std::move(request));
}

std::string Update::encode() const
{
  return written(toJson(*this));
}

Result<Update> Update::parse(std::string_view json)
{
  Fields fields{json};
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
  Fields fields{json};
  JoinReply reply;
  reply.slot = fields.number<std::uint16_t>("slot");
  reply.pass = fields.word("pass");
  reply.udpPort = fields.number<std::uint16_t>("udpPort");
  reply.stunUser = fields.word("stunUser");
  reply.stunPassword = fields.word("stunPassword");
  Fields room{fields.object("room")};
  reply.room = readRoom(room);
  Fields update{fields.object("update")};
  reply.update = readUpdate(update);
  fields.require(room.isWhole() && update.isWhole());
  return whole(fields, std::move(reply));
}

std::string MemberRequest::encode() const
{
  Json object{{"id", id.text()}, {"pass", pass}};
  if (since != 0) object["since"] = since;
  if (!card.empty()) object["card"] = toBase64(card);
  if (!order.empty()) object["order"] = toBase64(order);
  for (const auto& letter : letters)
    object["letters"].push_back({{"to", letter.to.text()}, {"body", toBase64(letter.body)}});
  return written(object);
}

Result<MemberRequest> MemberRequest::parse(std::string_view json)
{
  Fields fields{json};
  MemberRequest request;
  request.id = fields.id("id");
  request.pass = fields.word("pass");
  if (fields.has("since")) request.since = fields.number<std::uint64_t>("since");
  if (fields.has("card")) request.card = fields.bytes("card");
  if (fields.has("order")) request.order = fields.bytes("order");
  if (fields.has("letters"))
    fields.each("letters",
                [&](const Json& entry) { request.letters.push_back(readLetter(fields, entry, false)); });
  return whole(fields, std::move(request));
}

std::string Refusal::encode() const
{
  return written({{"error", code}, {"sentence", sentence}});
}

Result<Refusal> Refusal::parse(std::string_view json)
{
  Fields fields{json};
  Refusal refusal{fields.word("error"), fields.word("sentence", kLongestSentence)};
  return whole(fields, std::move(refusal));
}

} // namespace tutti::room::wire
