#include <tutti/room/Knock.hpp>

#include <algorithm>
#include <fmt/format.h>

#include <tutti/core/Base64.hpp>

#include "DirectoryClient.hpp"
#include "JsonFields.hpp"

namespace tutti::room {
namespace {

constexpr std::string_view kScheme = "tutti://";

/// "[2001:db8::1]:7886", "studio.example"
std::string authorityOf(const ServerAddress& server)
{
  const bool isV6 = server.host.find(':') != std::string::npos;
  const auto host = isV6 ? fmt::format("[{}]", server.host) : server.host;
  return server.port == kDefaultPort ? host : fmt::format("{}:{}", host, server.port);
}

std::string_view trimmed(std::string_view text)
{
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto from = text.find_first_not_of(kBlanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

} // namespace

/// As an invitation to nothing in particular; a whole invitation of that server does as well.
Result<ServerAddress> ServerAddress::parse(std::string_view text)
{
  text = trimmed(text);
  const auto hash = std::min(text.find('#'), text.size());
  const auto authority = text.substr(0, hash);
  const bool isBare = authority.find('/') == std::string_view::npos;
  const auto key = text.substr(std::min(hash + 1, text.size()));
  const auto link = isBare ? fmt::format("{}{}/server#v1..{}", kScheme, authority, key) : std::string{text};
  const auto read = Invitation::parse(link);
  if (!read)
    return failure(ErrorKind::malformed, "A server's address is HOST, HOST:PORT or HOST:PORT#KEY, as "
                                         "'tutti serve' says it there; or an invitation to a room there.");
  return ServerAddress{read->host, read->port, read->fingerprint};
}

std::string ServerAddress::text() const
{
  const auto authority = authorityOf(*this);
  return fingerprint ? fmt::format("{}#{}", authority, toBase64(*fingerprint)) : authority;
}

namespace wire {

std::string KnockRequest::encode() const
{
  const JsonToSay object{{"tcp", tcp}, {"udp", udp}, {"number", toBase64(number)}};
  return object.dump();
}

Result<KnockRequest> KnockRequest::parse(std::string_view json)
{
  JsonFields fields{json};
  KnockRequest request{fields.number<std::uint16_t>("tcp"), fields.number<std::uint16_t>("udp"),
                       fields.array<Number>("number")};
  fields.require(request.tcp >= kLowestPort && request.udp >= kLowestPort);
  if (!fields.isWhole()) return failure(ErrorKind::malformed);
  return request;
}

std::string KnockReply::encode() const
{
  const JsonToSay object{{"seen", seen.text()}, {"tcp", isTcpOpen}, {"udp", isUdpOpen}};
  return object.dump();
}

Result<KnockReply> KnockReply::parse(std::string_view json)
{
  JsonFields fields{json};
  const auto seen = IpAddress::parse(fields.word("seen"));
  KnockReply reply{seen.value_or(IpAddress{}), fields.truth("tcp"), fields.truth("udp")};
  if (!fields.require(seen.has_value()) || !fields.isWhole()) return failure(ErrorKind::malformed);
  return reply;
}

} // namespace wire

Result<wire::KnockReply> askToKnock(const ServerAddress& server, const wire::KnockRequest& request)
{
  Invitation there;
  there.host = server.host;
  there.port = server.port;
  there.fingerprint = server.fingerprint;
  DirectoryClient client{there};
  const auto answer = client.knock(request.encode());
  if (!answer) return tl::unexpected{answer.error()};
  if (!answer->isGood()) return failure(ErrorKind::refused, answer->refusal().sentence);
  auto reply = wire::KnockReply::parse(answer->body);
  if (!reply)
    return failure(
      ErrorKind::malformed,
      fmt::format("{} gave an answer that cannot be read. Is it a Tutti server of today?", server.host));
  return reply;
}

} // namespace tutti::room
