#pragma once

#include <optional>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/net/Stun.hpp>
#include <tutti/room/Path.hpp>

namespace tutti::room {

/// A check, or the answer to one; as it is.
struct CheckDatagram {
  Way to;
  ByteString bytes;
};

/// Checks that were sent and may still be answered. An answer counts where it is one of these, and comes from
/// where that was sent (RFC 8445 7.2.5.2.1).
///
/// Threads: one at a time.
class OpenChecks {
public:
  struct Asked {
    net::stun::TransactionId id{};
    Path path;
    HostTime sentAt{};
  };

  void add(const Asked& asked);
  [[nodiscard]] std::optional<Asked> find(const net::stun::TransactionId& id, const Way& from) const;
  void close(const net::stun::TransactionId& id);
  /// What is two seconds old is not waited for.
  void advance(HostTime now);

private:
  std::vector<Asked> all_; // the oldest first
};

} // namespace tutti::room
