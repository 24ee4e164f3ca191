#include <tutti/room/TurnGrant.hpp>

#include <algorithm>

#include "JsonFields.hpp"

namespace tutti::room {
namespace {

using wire::Json;
using wire::JsonFields;
using wire::JsonToSay;

constexpr std::size_t kLongestUsername = 508; // RFC 8489 14.3: fewer than 509 bytes
constexpr std::size_t kLongestPassword = 256;

JsonToSay iceServers(const TurnGrant& grant)
{
  auto urls = JsonToSay::array();
  for (const auto& server : grant.servers) urls.push_back(server.text());
  return {{"urls", urls}, {"username", grant.username}, {"credential", grant.password}};
}

std::string written(const JsonToSay& object)
{
  return object.dump(-1, ' ', false, JsonToSay::error_handler_t::replace);
}

void readUrl(const Json& entry, TurnGrant& grant)
{
  if (!entry.is_string() || grant.servers.size() == TurnGrant::kMostServers) return;
  if (auto url = TurnUrl::parse(entry.get_ref<const std::string&>()))
    grant.servers.push_back(std::move(*url));
}

/// Nothing where it is no server that asks for a name and a password.
std::optional<TurnGrant> readServer(const Json& server)
{
  JsonFields fields{server};
  TurnGrant grant;
  grant.username = fields.word("username", kLongestUsername);
  grant.password = fields.word("credential", kLongestPassword);
  if (!fields.has("urls")) return std::nullopt;
  const auto& urls = server["urls"];
  if (urls.is_array()) // else a single one
    for (const auto& url : urls) readUrl(url, grant);
  else
    readUrl(urls, grant);
  const bool isWhole = !grant.username.empty() && !grant.servers.empty();
  return fields.isWhole() && isWhole ? std::optional{std::move(grant)} : std::nullopt;
}

} // namespace

std::string TurnGrant::encode() const
{
  JsonToSay object{{"iceServers", iceServers(*this)}};
  if (secondsToLive != 0) object["ttl"] = secondsToLive;
  return written(object);
}

std::string TurnGrant::encodeServers() const
{
  return written({{"iceServers", iceServers(*this)}});
}

Result<TurnGrant> TurnGrant::parse(std::string_view json)
{
  JsonFields fields{json};
  const auto seconds = fields.has("ttl") ? fields.number<std::uint64_t>("ttl") : 0;
  std::optional<TurnGrant> grant;
  const auto look = [&](const Json& server) {
    if (!grant) grant = readServer(server);
  };
  if (fields.isList("iceServers"))
    fields.each("iceServers", look);
  else
    look(fields.object("iceServers"));
  if (!fields.isWhole() || !grant) return failure(ErrorKind::malformed);
  grant->secondsToLive = static_cast<std::uint32_t>(std::min<std::uint64_t>(seconds, kLongestLife));
  return std::move(*grant);
}

} // namespace tutti::room
