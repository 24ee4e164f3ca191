#pragma once

#include <optional>
#include <set>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/room/Path.hpp>

namespace tutti::room {

/// All our relays may let through what comes from the addresses in `permitted`, which members' cards tell,
/// and of nobody else. Those in `inUse` get media and want channels.
struct AskRelays {
  std::vector<Endpoint> permitted;
  std::vector<Endpoint> inUse;
  friend bool operator==(const AskRelays&, const AskRelays&) = default;
};

/// Our own relays, mostly one: whom they let through, and whom they should.
///
/// Threads: one at a time.
/// Spec:    room.
class RelayReach {
public:
  struct Relay {
    Endpoint at; ///< by which the world reaches us
    std::set<IpAddress> reached;
    bool isRetiring = false; ///< It ends soon, and another one has taken its place.
  };

  /// All of these: whether that is new.
  bool opened(const Endpoint& relay);
  bool reaches(const Endpoint& relay, const Endpoint& peer);
  bool retires(const Endpoint& relay);
  bool lost(const Endpoint& relay);

  [[nodiscard]] const std::vector<Relay>& all() const { return relays_; }
  [[nodiscard]] const Relay* find(const Endpoint& relay) const;
  /// An address that has not answered yet is asked by this one only.
  [[nodiscard]] const Relay* guessing() const;
  /// Those that do not end soon.
  [[nodiscard]] std::vector<Endpoint> lasting() const;

  /// Somebody came, or is reached otherwise.
  void review() { isDue_ = true; }
  [[nodiscard]] bool isReviewDue() const { return isDue_; }
  /// What they should be told, where it is not what they were told last. `candidates` are each member's which
  /// we may send to.
  std::optional<AskRelays> ask(const std::vector<Way>& routes, std::vector<std::vector<Endpoint>> candidates);

private:
  [[nodiscard]] bool mayReach(const Endpoint& peer) const;
  [[nodiscard]] AskRelays wanted(const std::vector<Way>& routes,
                                 std::vector<std::vector<Endpoint>> candidates) const;

  std::vector<Relay> relays_;
  AskRelays asked_; // what they were told last
  bool isDue_ = true;
};

} // namespace tutti::room
