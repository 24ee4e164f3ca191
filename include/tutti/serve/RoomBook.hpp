#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <tutti/serve/Forwarder.hpp>
#include <tutti/serve/ForwarderBook.hpp>
#include <tutti/serve/Gossip.hpp>
#include <tutti/serve/KnownRoom.hpp>

namespace tutti::serve {

/// Which rooms there are and who is in them, and whom each change concerns: members that wait for news, the
/// forwarder, and the other directories that share these rooms.
///
/// Who may do what is for `Directory` to say, which its own members ask, and for `hearFact`, by which other
/// directories speak.
///
/// Threads: one at a time.
class RoomBook {
public:
  static constexpr std::size_t kMostRooms = 256;
  static constexpr std::size_t kMostMembers = room::wire::kMostMembers; ///< of one room
  static constexpr std::size_t kMostRoomsShared = 4096;                 ///< of all directories together
  static constexpr std::size_t kMostShared = 16'384; ///< members of all directories together

  /// A member that may send through the forwarder from now on, or not any more.
  struct Dismissal {
    std::string user;
  };
  using Change = std::variant<Admission, Dismissal>;
  using Rooms = std::map<room::RoomId, KnownRoom>;

  [[nodiscard]] Gossip& gossip() { return gossip_; }
  [[nodiscard]] const Gossip& gossip() const { return gossip_; }
  [[nodiscard]] ForwarderBook& forwarders() { return forwarders_; }
  [[nodiscard]] const ForwarderBook& forwarders() const { return forwarders_; }

  [[nodiscard]] Rooms& rooms() { return rooms_; }
  [[nodiscard]] const Rooms& rooms() const { return rooms_; }
  [[nodiscard]] KnownRoom* find(const room::RoomId& id);
  /// Of several with this name, that of the host, or the oldest.
  [[nodiscard]] const KnownRoom* named(const std::string& name) const;
  [[nodiscard]] KnownRoom* opened(const std::string& name, const std::string& tokenHash,
                                  KnownRoom::Token token);
  [[nodiscard]] std::pair<KnownRoom*, KnownMember*>
  memberAt(const std::string& name, const room::MemberId& id, const std::string& pass);
  [[nodiscard]] std::size_t members() const;
  [[nodiscard]] std::size_t membersHere() const; ///< that ask this directory

  /// One that is not there yet.
  /// Errors: `refused` where there are too many, and somebody is in each.
  Result<KnownRoom*> open(const room::wire::RoomRecord& record, const std::string& tokenHash);
  /// By the word of another directory; where there are too many, it is not heard.
  void add(KnownRoom room);
  /// As a room of the host's own, for ever.
  void keep(KnownRoom& room);
  void describe(KnownRoom& there, const room::wire::RoomRecord& record);
  /// Gone, with all who are in it; the others hear who went.
  void vacate(const room::RoomId& id);
  /// Gone, with all who are in it; the others know.
  void drop(const room::RoomId& id, HostTime now);
  /// Of one household, or of all guests; whoever comes back opens it again. False: somebody is in each of
  /// them.
  bool closeLongestEmpty(const std::optional<IpAddress>& source);
  void closeUnneeded(HostTime now);

  KnownMember& admit(KnownRoom& room, KnownMember member);
  /// The others hear of it.
  void letGo(KnownRoom& room, const room::MemberId& id, HostTime now);
  /// They know.
  void remove(KnownRoom& room, const room::MemberId& id, HostTime now);
  void removeKicked(KnownRoom& room, HostTime now);
  /// Those go whose lease is over.
  void expire(HostTime now);

  void deliver(KnownRoom& room, const room::wire::Letter& letter, const Stamp& said);
  void setStage(KnownRoom& room, std::uint64_t forwarder, HostTime now);
  void tell(KnownRoom& room);
  void tell(const KnownRoom& room, KnownMember& member, HostTime now);

  /// Something of it has changed.
  void touch(KnownRoom& room);
  void touchAll();
  [[nodiscard]] room::wire::Update updateFor(const KnownRoom& room, KnownMember& member) const;
  [[nodiscard]] std::string newsFor(KnownRoom& room, KnownMember& member) const;

  /// In which rooms somebody may have something new to hear, since the last call.
  std::set<room::RoomId> takeNews() { return std::exchange(news_, {}); }
  /// What the forwarder must know, since the last call.
  std::vector<Change> takeChanges() { return std::exchange(changes_, {}); }

private:
  [[nodiscard]] bool isFull() const;
  [[nodiscard]] std::uint16_t firstSlotOf(const room::RoomId& room) const;
  void expire(KnownRoom& room, HostTime now);

  Rooms rooms_;
  ForwarderBook forwarders_;
  Gossip gossip_;
  std::vector<Change> changes_;
  std::set<room::RoomId> news_;
};

} // namespace tutti::serve
