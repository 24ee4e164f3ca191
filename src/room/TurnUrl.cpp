#include <tutti/room/TurnUrl.hpp>

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include <tutti/core/Endpoint.hpp>

namespace tutti::room {
namespace {

constexpr std::size_t kLongestHost = 253; // RFC 1035
constexpr std::uint16_t kPort = 3478;
constexpr std::uint16_t kTlsPort = 5349;

bool takePrefix(std::string_view& text, std::string_view prefix)
{
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool isNameLetter(char letter)
{
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_';
}

bool isName(std::string_view host)
{
  return !host.empty() && host.size() <= kLongestHost && host.front() != '.' && host.front() != '-' &&
         std::ranges::all_of(host, isNameLetter);
}

/// Takes the host off `text`; what is left begins with the port's colon, or is empty.
std::optional<std::string_view> takeHost(std::string_view& text)
{
  const bool isBracketed = takePrefix(text, "[");
  const auto end = std::min(text.find(isBracketed ? ']' : ':'), text.size());
  const auto host = text.substr(0, end);
  text.remove_prefix(end);
  if (!isBracketed) return isName(host) ? std::optional{host} : std::nullopt;
  const auto address = IpAddress::parse(host);
  return takePrefix(text, "]") && address && !address->isV4() ? std::optional{host} : std::nullopt;
}

std::optional<std::uint16_t> portIn(const std::string& text)
{
  std::uint16_t port = 0;
  const auto* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, port);
  return error == std::errc{} && read == end && port != 0 ? std::optional{port} : std::nullopt;
}

tl::unexpected<Error> noTurnUrl(std::string_view text)
{
  constexpr std::size_t kShown = 80;
  return failure(ErrorKind::malformed, fmt::format("'{}' is no TURN server: write turn:HOST[:PORT], "
                                                   "?transport=tcp behind it for TCP, or turns: for TLS.",
                                                   text.substr(0, kShown)));
}

} // namespace

std::string TurnUrl::text() const
{
  const bool isTls = transport == Transport::tls;
  const bool isV6 = host.find(':') != std::string::npos;
  return fmt::format("{}:{}{}{}:{}?transport={}", isTls ? "turns" : "turn", isV6 ? "[" : "", host,
                     isV6 ? "]" : "", port, transport == Transport::udp ? "udp" : "tcp");
}

Result<TurnUrl> TurnUrl::parse(std::string_view text)
{
  auto rest = text;
  const bool isTls = takePrefix(rest, "turns:");
  if (!isTls && !takePrefix(rest, "turn:")) return noTurnUrl(text);
  const auto question = std::min(rest.find('?'), rest.size());
  const auto how = rest.substr(question);
  rest = rest.substr(0, question);
  const bool isUdp = how == "?transport=udp";
  const bool isTcp = how == "?transport=tcp";
  if (!how.empty() && !isUdp && !isTcp) return noTurnUrl(text);
  if (isTls && isUdp) return failure(ErrorKind::unsupported, "TURN over DTLS is not spoken here.");
  const auto host = takeHost(rest);
  if (!host) return noTurnUrl(text);
  TurnUrl url{std::string{*host}, isTls ? kTlsPort : kPort, isTls ? Transport::tls : Transport::udp};
  if (isTcp && !isTls) url.transport = Transport::tcp;
  if (rest.empty()) return url;
  const auto port = takePrefix(rest, ":") ? portIn(std::string{rest}) : std::nullopt;
  if (!port) return noTurnUrl(text);
  url.port = *port;
  return url;
}

} // namespace tutti::room
