#include "SessionBook.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sodium.h>

#include "Refusals.hpp"
#include "SharedSecret.hpp"

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using Answer = Directory::Answer;
using Json = nlohmann::ordered_json;

constexpr auto kLife = 8h;
constexpr std::size_t kLargestBody = 1024;
constexpr std::size_t kIdLength = 36;
constexpr std::string_view kSessions = "/session";

bool isSame(std::string_view a, std::string_view b)
{
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool isId(std::string_view text)
{
  return text.size() == kIdLength && std::ranges::all_of(text, [](char letter) {
           return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f') ||
                  (letter >= 'A' && letter <= 'F') || letter == '-';
         });
}

/// A random UUID, RFC 9562 5.4.
std::string drawId()
{
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | 0x40U);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
  std::string id;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) id += '-';
    id += fmt::format("{:02x}", bytes[i]);
  }
  return id;
}

bool isIpAndPort(const std::string& text)
{
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return false;
  auto host = std::string_view{text}.substr(0, colon);
  const bool isBracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (isBracketed) host = host.substr(1, host.size() - 2);
  const auto address = IpAddress::parse(host);
  std::uint16_t port = 0;
  const auto* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data() + colon + 1, end, port);
  return address && address->isV4() != isBracketed && error == std::errc{} && read == end && port != 0;
}

/// The host that somebody says it is; nothing where the body says none.
std::optional<std::string> hostIn(const std::string& body)
{
  if (body.size() > kLargestBody) return std::nullopt;
  const auto said = Json::parse(body, nullptr, false);
  if (!said.is_object() || !said.contains("host") || !said["host"].is_string()) return std::nullopt;
  auto host = said["host"].get<std::string>();
  return isIpAndPort(host) ? std::optional{std::move(host)} : std::nullopt;
}

Answer noHost()
{
  return refuse(400, "malformed", R"(The session server expects {"host":"IP:PORT"}.)");
}

} // namespace

SessionBook::SessionBook(const SessionLogin& login)
  : authorization_{"Basic " + paddedBase64(login.user + ':' + login.password)}
{}

SessionBook::Reply SessionBook::ask(const Directory::Question& question, HostTime now)
{
  const bool isTurn = question.path == "/turn/credentials";
  const bool isNew = question.path == kSessions;
  const bool isOne = question.path.starts_with("/session/");
  if (!isTurn && !isNew && !isOne) return {};
  if (auto refused = refuseStranger(question, now)) return std::move(*refused);
  const auto& method = question.method;
  if (isTurn) return method == "GET" ? Reply{TurnQuestion{}} : wrongMethod();
  if (isNew) return method == "POST" ? open(question.body, now) : wrongMethod();
  const auto id = question.path.substr(kSessions.size() + 1);
  if (method == "PUT") return join(id, question.body, now);
  return method == "GET" ? tell(id, now) : wrongMethod();
}

std::optional<Answer> SessionBook::refuseStranger(const Directory::Question& question, HostTime now)
{
  const auto tooFast = [] { return refuse(429, "too-fast", "Too many questions from here. Wait a minute."); };
  auto& wrong = wrongLogins_.of(question.from, now);
  if (!wrong.hasOne(now)) return tooFast();
  if (!isSame(question.authorization, authorization_)) {
    wrong.tryTake(now);
    return refuse(401, "no-login", "The session server asks for a name and a password.");
  }
  if (!questions_.of(question.from, now).tryTake(now)) return tooFast();
  return std::nullopt;
}

Answer SessionBook::open(const std::string& body, HostTime now)
{
  const auto host = hostIn(body);
  if (!host) return noHost();
  const auto id = drawId();
  auto* session = make(id, now);
  if (session == nullptr) return refuse(503, "too-many-rooms", "This server has too many sessions already.");
  note(*session, *host);
  return {200, Json{{"session_id", id}, {"host", *host}}.dump()};
}

Answer SessionBook::join(const std::string& id, const std::string& body, HostTime now)
{
  if (!isId(id)) return refuse(404, "no-room", "There is no such session.");
  const auto host = hostIn(body);
  if (!host) return noHost();
  auto* session = find(id, now);
  if (session == nullptr) session = make(id, now);
  if (session == nullptr) return refuse(503, "too-many-rooms", "This server has too many sessions already.");
  note(*session, *host);
  return tell(id, now);
}

Answer SessionBook::tell(const std::string& id, HostTime now)
{
  auto* session = find(id, now);
  if (session == nullptr) return refuse(404, "no-room", "There is no such session.");
  session->usedAt = now;
  auto hosts = Json::array();
  for (const auto& host : session->hosts) hosts.push_back(host.address);
  return {200, hosts.dump()};
}

SessionBook::Session* SessionBook::find(const std::string& id, HostTime now)
{
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) return nullptr;
  if (now - found->second.usedAt < kLife) return &found->second;
  sessions_.erase(found);
  return nullptr;
}

/// Null where there are too many.
SessionBook::Session* SessionBook::make(const std::string& id, HostTime now)
{
  if (sessions_.size() >= kMostSessions)
    std::erase_if(sessions_, [now](const auto& entry) { return now - entry.second.usedAt >= kLife; });
  if (sessions_.size() >= kMostSessions) return nullptr;
  return &sessions_.emplace(id, Session{{}, now}).first->second;
}

/// Nobody says goodbye, so the host that was silent for longest gives its place to a new one.
void SessionBook::note(Session& session, const std::string& host)
{
  const auto known = std::ranges::find(session.hosts, host, &Host::address);
  if (known != session.hosts.end()) {
    known->heard = ++heard_;
    return;
  }
  if (session.hosts.size() >= kMostHosts)
    session.hosts.erase(std::ranges::min_element(session.hosts, {}, &Host::heard));
  session.hosts.push_back({host, ++heard_});
}

} // namespace tutti::serve
