#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <tutti/endpoint/Announcement.hpp>
#include <tutti/endpoint/Outbox.hpp>

namespace tutti::endpoint {

/// Which servers are wanted, and when each of them is called: as soon as it is found, and again a second
/// after it was lost; never again once one side has refused.
///
/// Threads: one at a time.
class CallList {
public:
  static constexpr Micros kAgain{1'000'000};

  /// A name that is announced in the LAN, or where a server is.
  using Wanted = std::variant<std::string, Endpoint>;

  explicit CallList(std::vector<Wanted> wanted);

  void want(const Wanted& wanted);
  /// No more. Which connection to it there is, to be hung up.
  std::optional<ConnectionId> forget(const Wanted& wanted);

  struct Call {
    std::size_t number = 0; ///< of the one that is wanted
    Endpoint to;
  };
  /// Whom to call now; `calling` follows for each. Of two servers with one name each is called once.
  [[nodiscard]] std::vector<Call> due(const std::vector<LanServer>& lan, HostTime now) const;
  void calling(const Call& call, ConnectionId id);

  /// The connection is over.
  enum class Hope { again, never };
  void over(ConnectionId id, Hope hope, HostTime now);
  /// All connections are gone, without a word: somebody else makes new ones.
  void beginAnew();

  /// What is wanted, in words.
  [[nodiscard]] std::string title(std::size_t number) const;
  /// As `title`; nothing for a connection that is none of ours.
  [[nodiscard]] std::optional<std::string> title(ConnectionId id) const;
  /// There is nobody left to call: all have refused.
  [[nodiscard]] bool isHopeless() const;

private:
  struct Entry {
    Wanted wanted;
    std::optional<ConnectionId> connection;
    Endpoint at; ///< of the connection
    HostTime notBefore{};
    bool isRefused = false;
  };
  [[nodiscard]] bool isInUse(const Endpoint& server, const std::vector<Call>& calls) const;
  [[nodiscard]] std::optional<Endpoint> place(const Wanted& wanted, const std::vector<LanServer>& lan,
                                              const std::vector<Call>& calls) const;
  Entry* find(ConnectionId id);

  std::vector<Entry> entries_;
};

} // namespace tutti::endpoint
