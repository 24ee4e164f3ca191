#include <tutti/serve/StoreUrl.hpp>

#include <charconv>
#include <fmt/format.h>
#include <optional>

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Utf8.hpp>

namespace tutti::serve {
namespace {

constexpr std::size_t kLongest = 1024;

tl::unexpected<Error> wrong(std::string_view what)
{
  return failure(ErrorKind::malformed,
                 fmt::format("{}: a store is redis://HOST, rediss://HOST or unix:///PATH",
                             what)); // it may hold a password, so it is not repeated
}

std::optional<std::uint16_t> wholeNumber(const std::string& text)
{
  std::uint16_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || read != end) return std::nullopt;
  return number;
}

std::optional<std::string> decoded(std::string_view text)
{
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain.push_back(text[i]);
      continue;
    }
    unsigned value = 0;
    const auto digits = text.substr(i + 1, 2);
    const auto [read, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc{} || digits.size() != 2 || read != digits.data() + 2) return std::nullopt;
    plain.push_back(static_cast<char>(value));
    i += 2;
  }
  return plain;
}

/// Takes "USER:PASSWORD@" off. False: it is none.
bool takeLogin(std::string_view& rest, StoreUrl& url)
{
  const auto at = rest.substr(0, rest.find('/')).rfind('@');
  if (at == std::string_view::npos) return true;
  const auto login = rest.substr(0, at);
  rest.remove_prefix(at + 1);
  const auto colon = login.find(':');
  if (colon == std::string_view::npos) return false;
  const auto user = decoded(login.substr(0, colon));
  const auto password = decoded(login.substr(colon + 1));
  if (!user || !password) return false;
  url.user = *user;
  url.password = *password;
  return true;
}

/// "HOST", "HOST:PORT", "[ADDRESS]:PORT". False: it is none.
bool takePlace(std::string_view place, StoreUrl& url)
{
  std::string_view port;
  if (place.starts_with('[')) {
    const auto end = place.find(']');
    if (end == std::string_view::npos || !IpAddress::parse(place.substr(1, end - 1))) return false;
    url.host = place.substr(1, end - 1);
    port = place.substr(end + 1);
  } else {
    const auto colon = place.find(':');
    url.host = place.substr(0, colon);
    port = colon == std::string_view::npos ? std::string_view{} : place.substr(colon);
  }
  if (url.host.empty()) return false;
  if (port.empty()) return true;
  const auto number = wholeNumber(std::string{port.substr(1)});
  if (port.front() != ':' || !number || *number == 0) return false;
  url.port = *number;
  return true;
}

bool isHere(const StoreUrl& url)
{
  if (url.transport == StoreUrl::Transport::local || url.host == "localhost") return true;
  const auto address = IpAddress::parse(url.host);
  return address && address->isLoopback();
}

} // namespace

Result<StoreUrl> StoreUrl::parse(std::string_view text)
{
  StoreUrl url;
  if (text.size() > kLongest || !isPlainText(text)) return wrong("this is no address");
  const auto schemeEnd = text.find("://");
  const auto scheme = text.substr(0, schemeEnd);
  if (schemeEnd == std::string_view::npos) return wrong("this is no address");
  if (scheme != "redis" && scheme != "rediss" && scheme != "unix")
    return wrong("this is another kind of store");
  url.transport = scheme == "redis" ? Transport::tcp : scheme == "rediss" ? Transport::tls : Transport::local;
  auto rest = text.substr(schemeEnd + 3);
  if (!takeLogin(rest, url)) return wrong("before the @ belong USER:PASSWORD");
  if (url.transport == Transport::local) {
    url.path = rest;
    if (!rest.starts_with('/')) return wrong("the socket's path is missing");
    return url;
  }
  const auto slash = rest.find('/');
  if (!takePlace(rest.substr(0, slash), url)) return wrong("the host is missing, or its port is none");
  const auto database = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
  if (database.empty()) return url;
  const auto number = wholeNumber(std::string{database});
  if (!number) return wrong("the database is a number");
  url.database = *number;
  return url;
}

Result<void> StoreUrl::check() const
{
  if (isHere(*this)) return {};
  if (transport != Transport::tls)
    return failure(ErrorKind::refused,
                   "what the store holds opens all rooms, and would cross the network for everybody to read: "
                   "use rediss://, or a store on this machine");
  if (password.empty())
    return failure(ErrorKind::refused,
                   "a store that others can reach takes a password: set TUTTI_STORE_PASSWORD, or name a file "
                   "that holds it");
  return {};
}

std::string StoreUrl::text() const
{
  if (transport == Transport::local) return "unix://" + path;
  const bool isV6 = host.find(':') != std::string::npos;
  return fmt::format("{}://{}:{}", transport == Transport::tls ? "rediss" : "redis",
                     isV6 ? '[' + host + ']' : host, port);
}

} // namespace tutti::serve
