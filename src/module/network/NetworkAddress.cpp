#include <tutti/module/NetworkPassage.hpp>

#include <charconv>

#include <tutti/core/Utf8.hpp>

namespace tutti::module {
namespace {

constexpr std::size_t kLongestHost = 253;
constexpr std::size_t kLongestToken = 64;

bool isHost(std::string_view text)
{
  return !text.empty() && text.size() <= kLongestHost && isPlainText(text) &&
         text.find_first_of(" /#@") == std::string_view::npos;
}

} // namespace

std::optional<NetworkAddress> NetworkAddress::parse(std::string_view text)
{
  if (!text.starts_with(kBeginning)) return std::nullopt;
  text.remove_prefix(kBeginning.size());
  const auto hash = text.find('#');
  if (hash == std::string_view::npos) return std::nullopt;
  NetworkAddress address;
  address.token = text.substr(hash + 1);
  const auto place = text.substr(0, hash);
  const auto colon = place.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  auto host = place.substr(0, colon);
  const auto digits = place.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (error != std::errc{} || end != digits.data() + digits.size() || address.port == 0) return std::nullopt;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  address.host = host;
  const bool isToken = address.token.size() >= kShortestToken && address.token.size() <= kLongestToken &&
                       isPlainText(address.token);
  if (!isHost(host) || !isToken) return std::nullopt;
  return address;
}

std::string NetworkAddress::text() const
{
  const auto name = host.find(':') == std::string::npos ? host : '[' + host + ']';
  return std::string{kBeginning} + name + ':' + std::to_string(port) + '#' + token;
}

} // namespace tutti::module
