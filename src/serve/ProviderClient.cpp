#include "ProviderClient.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <tutti/core/Log.hpp>

namespace tutti::serve {
namespace {

constexpr int kToConnect = 2; // seconds
constexpr int kToAnswer = 3;
constexpr std::size_t kLargestAnswer = std::size_t{16} << 10U;
constexpr int kUnreachable = 502;

struct Place {
  std::string server; // "https://host:port"
  std::string path;
};

Place placeOf(const std::string& url)
{
  const auto host = url.find("://") + 3;
  const auto path = std::min(url.find('/', host), url.size());
  return {url.substr(0, path), path < url.size() ? url.substr(path) : "/"};
}

bool isOnThisMachine(std::string_view hostAndPort)
{
  for (const std::string_view host : {"127.0.0.1", "localhost", "[::1]"}) {
    if (!hostAndPort.starts_with(host)) continue;
    const auto rest = hostAndPort.substr(host.size());
    if (rest.empty() || rest.front() == ':' || rest.front() == '/') return true;
  }
  return false;
}

GrantReply readAnswer(int status, const std::string& body)
{
  const bool isGood = status >= 200 && status < 300;
  if (!isGood) {
    log::serve().warn("the TURN provider said {}: no relay for those who need one now", status);
    return NoGrant{status >= 400 && status < 600 ? status : kUnreachable};
  }
  auto grant = room::TurnGrant::parse(body);
  if (grant) return std::move(*grant);
  log::serve().warn("the TURN provider's answer names no TURN server that Tutti can use");
  return NoGrant{kUnreachable};
}

} // namespace

Result<void> checkProviderUrl(const std::string& url)
{
  constexpr std::string_view kSafe = "https://";
  constexpr std::string_view kPlain = "http://";
  const bool isClean = std::ranges::all_of(url, [](char letter) { return letter > ' ' && letter < '\x7f'; });
  const bool isSafe = url.starts_with(kSafe) && url.size() > kSafe.size();
  const bool isHere = url.starts_with(kPlain) && isOnThisMachine(std::string_view{url}.substr(kPlain.size()));
  if (isClean && (isSafe || isHere)) return {};
  return failure(ErrorKind::malformed,
                 "The TURN provider's URL begins with https://, or everybody on the way "
                 "could read the token.");
}

GrantReply askProvider(const TurnOptions::Provider& provider, std::uint32_t seconds)
{
  const auto place = placeOf(provider.url);
  httplib::Client http{place.server};
  http.set_connection_timeout(kToConnect);
  http.set_read_timeout(kToAnswer);
  http.set_write_timeout(kToConnect);
  httplib::Request question;
  question.method = "POST";
  question.path = place.path;
  question.headers = {{"Authorization", "Bearer " + provider.token}, {"Content-Type", "application/json"}};
  question.body = fmt::format(R"({{"ttl":{}}})", seconds);
  std::string body;
  question.content_receiver = [&body](const char* bytes, std::size_t size, std::uint64_t, std::uint64_t) {
    const bool fits = size <= kLargestAnswer - body.size();
    if (fits) body.append(bytes, size);
    return fits;
  };
  if (!http.is_valid()) return NoGrant{kUnreachable};
  const auto answer = http.send(question);
  if (answer) return readAnswer(answer->status, body);
  log::serve().warn("the TURN provider does not answer: no relay for those who need one now");
  return NoGrant{kUnreachable};
}

} // namespace tutti::serve
