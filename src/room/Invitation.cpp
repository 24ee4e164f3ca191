#include <tutti/room/Invitation.hpp>

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include <tutti/core/Base64.hpp>
#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Utf8.hpp>

#include "PercentEncoding.hpp"

namespace tutti::room {
namespace {

constexpr std::string_view kScheme = "tutti://";
constexpr std::string_view kVersion = "v1";
constexpr std::size_t kLongestLink = 1024;
constexpr std::size_t kLongestHost = 253;
constexpr std::size_t kLongestName = 64;

tl::unexpected<Error> unreadable(std::string_view why)
{
  return failure(
    ErrorKind::malformed,
    fmt::format("This is not a whole invitation: {}. Copy it again, from tutti:// to its end.", why));
}

std::string_view trimmed(std::string_view text)
{
  constexpr std::string_view kBlanks = " \t\r\n<>\"";
  const auto from = text.find_first_not_of(kBlanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

bool isHostName(std::string_view host)
{
  return !host.empty() && host.size() <= kLongestHost && std::ranges::all_of(host, isUnreserved);
}

/// HOST[:PORT], with brackets around an IPv6 address.
Result<void> readAuthority(std::string_view authority, Invitation& into)
{
  auto port = std::string_view{};
  bool hasPort = false;
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos) return unreadable("the address is cut");
    into.host = authority.substr(1, close - 1);
    const auto address = IpAddress::parse(into.host);
    if (!address || address->isV4()) return unreadable("the address in brackets is none");
    authority.remove_prefix(close + 1);
    if (!authority.empty() && authority.front() != ':') return unreadable("the port cannot be read");
    hasPort = !authority.empty();
    port = hasPort ? authority.substr(1) : port;
  } else {
    const auto colon = authority.find(':');
    hasPort = colon != std::string_view::npos;
    into.host = authority.substr(0, colon);
    port = hasPort ? authority.substr(colon + 1) : port;
    if (!isHostName(into.host)) return unreadable("it names no computer");
  }
  if (!hasPort) return {};
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), into.port);
  if (error != std::errc{} || end != port.data() + port.size() || into.port == 0)
    return unreadable("the port cannot be read");
  return {};
}

template <class Array> bool readBytes(std::string_view text, std::optional<Array>& into)
{
  if (text.empty()) return true;
  const auto bytes = fromBase64(text);
  Array array{};
  if (!bytes || bytes->size() != array.size()) return false;
  std::ranges::copy(*bytes, array.begin());
  into = array;
  return true;
}

/// v1.SECRET.FINGERPRINT[.SEED]
Result<void> readFragment(std::string_view fragment, Invitation& into)
{
  const auto first = fragment.find('.');
  const auto version = fragment.substr(0, first);
  if (version != kVersion) {
    const bool isNewer =
      version.size() >= 2 && version.front() == 'v' && version[1] >= '1' && version[1] <= '9';
    if (isNewer)
      return failure(ErrorKind::unsupported,
                     "This invitation was made by a newer Tutti. Update yours to join.");
    return unreadable("the part behind # is missing");
  }
  const auto second = first == std::string_view::npos ? first : fragment.find('.', first + 1);
  if (second == std::string_view::npos) return unreadable("its end is missing");
  std::optional<Secret::Bytes> secret;
  if (!readBytes(fragment.substr(first + 1, second - first - 1), secret))
    return unreadable("its key is damaged");
  if (secret) into.secret = Secret{*secret};
  const auto third = std::min(fragment.find('.', second + 1), fragment.size());
  if (!readBytes(fragment.substr(second + 1, third - second - 1), into.fingerprint))
    return unreadable("its end is damaged");
  const bool isHosts = third < fragment.size();
  if (isHosts && !(readBytes(fragment.substr(third + 1), into.hostSeed) && into.hostSeed))
    return unreadable("the host's part is damaged");
  return {};
}

} // namespace

Result<Invitation> Invitation::parse(std::string_view link)
{
  link = trimmed(link);
  if (link.size() > kLongestLink) return unreadable("it is too long");
  if (!link.starts_with(kScheme)) return unreadable("it does not begin with tutti://");
  link.remove_prefix(kScheme.size());
  const auto slash = link.find('/');
  const auto hash = link.find('#');
  if (slash == std::string_view::npos || hash == std::string_view::npos || hash < slash)
    return unreadable(hash == std::string_view::npos ? "the part behind # is missing" : "it names no room");
  Invitation invitation;
  const auto name = percentDecoded(link.substr(slash + 1, hash - slash - 1));
  if (!name || !checkRoomName(*name)) return unreadable("its room cannot be read");
  invitation.room = *name;
  return readAuthority(link.substr(0, slash), invitation)
    .and_then([&] { return readFragment(link.substr(hash + 1), invitation); })
    .map([&] { return invitation; });
}

std::string Invitation::link() const
{
  const bool isV6 = host.find(':') != std::string::npos;
  const auto link =
    fmt::format(fmt::runtime(isV6 ? "{}[{}]{}/{}#{}.{}.{}" : "{}{}{}/{}#{}.{}.{}"), kScheme, host,
                port == kDefaultPort ? "" : fmt::format(":{}", port), percentEncoded(room), kVersion,
                secret ? toBase64(secret->bytes()) : "", fingerprint ? toBase64(*fingerprint) : "");
  return hostSeed ? link + '.' + toBase64(*hostSeed) : link;
}

Invitation Invitation::forOthers() const
{
  auto theirs = *this;
  theirs.hostSeed.reset();
  return theirs;
}

Result<void> checkRoomName(std::string_view name)
{
  if (!name.empty() && name.size() <= kLongestName && isPlainText(name)) return {};
  return failure(ErrorKind::malformed, "A room's name has 1 to 64 letters, on one line.");
}

} // namespace tutti::room
