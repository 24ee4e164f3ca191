#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/serve/Directory.hpp>
#include <tutti/serve/SessionLogin.hpp>
#include <tutti/serve/SourceBuckets.hpp>

namespace tutti::serve {

/// Sessions of older programs that carry Link across the internet: each is a list of relay addresses, which
/// its members write to one another. Nothing is ever sent to such an address from here.
///
///     POST /session         {"host":"IP:PORT"}  {"session_id":ID,"host":"IP:PORT"}
///     PUT  /session/ID      {"host":"IP:PORT"}  ["IP:PORT", …]; an unknown session is made
///     GET  /session/ID                          ["IP:PORT", …]
///     GET  /turn/credentials                    as the one who knows answers
///
/// A session that nobody asks for is forgotten after eight hours; of its hosts the 64 that were heard last
/// are kept. Everything takes the login; wrong ones are rare, or have to wait.
///
/// Threads: one at a time.
/// Errors:  401 without the login, 429 for too many questions, 405 for other methods, 404 for unknown
/// sessions,
///          400 for what cannot be read, 503 when there are too many sessions.
class SessionBook {
public:
  static constexpr std::size_t kMostSessions = 1024;
  static constexpr std::size_t kMostHosts = 64;
  static constexpr time::TokenBucket::Limits kQuestions{.atOnce = 60, .perSecond = 10}; // of a household

  explicit SessionBook(const SessionLogin& login);

  struct TurnQuestion {};
  using Reply = std::variant<std::monostate, Directory::Answer, TurnQuestion>;

  /// Nothing where the question is none of these.
  Reply ask(const Directory::Question& question, HostTime now);

  [[nodiscard]] std::size_t sessions() const { return sessions_.size(); }

private:
  struct Host {
    std::string address;
    std::uint64_t heard = 0; // grows with each that is heard
  };
  struct Session {
    std::vector<Host> hosts; // in the order in which they came
    HostTime usedAt{};
  };

  std::optional<Directory::Answer> refuseStranger(const Directory::Question& question, HostTime now);
  Directory::Answer open(const std::string& body, HostTime now);
  Directory::Answer join(const std::string& id, const std::string& body, HostTime now);
  Directory::Answer tell(const std::string& id, HostTime now);
  Session* find(const std::string& id, HostTime now);
  Session* make(const std::string& id, HostTime now);
  void note(Session& session, const std::string& host);

  const std::string authorization_;
  std::map<std::string, Session> sessions_;
  SourceBuckets wrongLogins_ = SourceBuckets::perMinute(5);
  SourceBuckets questions_{kQuestions};
  std::uint64_t heard_ = 0;
};

} // namespace tutti::serve
