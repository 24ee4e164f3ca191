#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/room/DirectoryWire.hpp>
#include <tutti/serve/RoomBook.hpp>
#include <tutti/serve/SourceBuckets.hpp>

namespace tutti::serve {

/// Knows which rooms there are and who is in them; brings members together and passes on their sealed
/// letters.
///
/// It keeps ids, slots, cards as they came, and the hash of each room's token. It cannot read a letter, make
/// a member or give an order. A member that has not asked for 15 s has left. Rooms stay for eight hours
/// after the last one left, for ten minutes where nobody has ever come, and those of the host for ever. Where
/// there are too many, the one that is empty for longest makes way.
///
///     GET  /                            OK
///     GET  /v1/rooms/NAME               a room's record
///     POST /v1/rooms                    opens one
///     POST /v1/rooms/NAME/members       joins
///     POST /v1/rooms/NAME/poll          what is new since; waits for it; renews the lease
///     POST /v1/rooms/NAME/letters       letters to other members
///     POST /v1/rooms/NAME/card          our card, in a new edition
///     POST /v1/rooms/NAME/orders        what the host decides
///     POST /v1/rooms/NAME/turn          leave to use TURN servers
///     POST /v1/rooms/NAME/leave         goodbye
///
/// Several directories may be one: each holds everything, answers from it, and tells the others what has
/// changed (`share`). Members may ask any of them, and another one the next time.
///
/// Threads: one at a time.
/// Errors:  every refusal is an answer with a sentence for the musician.
/// Spec:    design 6; room.
class Directory {
public:
  static constexpr auto kMostRooms = RoomBook::kMostRooms;
  static constexpr auto kMostMembers = RoomBook::kMostMembers;
  static constexpr std::size_t kMostInAll = 2560; ///< members of all rooms: each poll holds a connection
  static constexpr auto kMostRoomsShared = RoomBook::kMostRoomsShared;
  static constexpr auto kMostShared = RoomBook::kMostShared;

  struct Question {
    std::string method;
    std::string path; ///< percent-decoded
    std::string body;
    IpAddress from;
    std::string authorization = {}; ///< the header of that name
  };
  struct Answer {
    int status = 200;
    std::string body;
    std::string type = "application/json";
  };
  /// A question, understood.
  struct Asked {
    std::string room;
    std::string what;
    IpAddress from;
    std::variant<std::monostate, room::wire::OpenRequest, room::wire::JoinRequest, room::wire::MemberRequest>
      said;
  };
  /// Nothing new yet: ask again when there are news of this room, or when the musician has waited long
  /// enough.
  struct Wait {
    room::RoomId room;
    std::uint64_t poll = 0; ///< which one of this member it is
  };
  /// A member of a room wants leave to use TURN servers, and may have it.
  struct TurnWish {
    std::string who; ///< nothing that says who it is to those servers
  };
  using Reply = std::variant<Answer, Wait, TurnWish>;

  using Dismissal = RoomBook::Dismissal;
  using Change = RoomBook::Change;

  /// One of several directories that share what they know.
  struct Sharing {
    std::uint64_t instance = 0;                ///< drawn anew at each start
    std::vector<IpAddress> forwarderAddresses; ///< of our forwarder: at least one, one of each family at most
  };

  explicit Directory(std::uint16_t udpPort)
    : udpPort_{udpPort}
  {}

  /// From now on this is one of several. Comes first.
  void share(Sharing sharing, HostTime now);

  /// Whether it is about rooms. If not, there is an answer that takes no directory.
  static bool isOfRooms(const Question& question);
  /// What takes no directory: whatever a stranger says is parsed here. Threads: any.
  static std::variant<Answer, Asked> read(const Question& question);
  Reply ask(const Asked& asked, HostTime now, bool mayWait);
  /// The same question once more, after a `Wait`. Who asked may be gone by now: that renews nothing. Where
  /// they have asked anew since, here or elsewhere, letters are for that answer.
  Reply askAgain(const Asked& asked, const Wait& wait, bool mayWait);
  /// Both at once.
  Reply ask(const Question& question, HostTime now, bool mayWait);

  /// Opens a room of the host's own, which stays. One that a guest has opened under its id goes.
  /// Errors: `refused` when there are too many, or another room of the host's own has this id.
  Result<void> open(const room::wire::OpenRequest& request);

  /// Who does not live on one of our networks gets to the forwarder by another port.
  struct Elsewhere {
    std::uint16_t udpPort = 0;
    std::vector<discovery::LocalAddress> ours;
  };
  void setElsewhere(std::optional<Elsewhere> elsewhere) { elsewhere_ = std::move(elsewhere); }

  /// Lets those go whose lease is over.
  void advance(HostTime now);

  /// In which rooms somebody may have something new to hear, since the last call.
  std::set<room::RoomId> takeNews() { return book_.takeNews(); }
  /// What the forwarder must know, since the last call.
  std::vector<Change> takeChanges() { return book_.takeChanges(); }

  /// What the other directories must hear, since the last call. Nothing where there are none.
  std::vector<Fact> takeFacts() { return book_.gossip().take(); }
  /// What another directory has said, or we in an earlier life.
  void apply(const Fact& fact, HostTime now);
  /// All that we know, for a store that may know nothing.
  [[nodiscard]] std::vector<Told> everything();
  /// The others are not heard any more: whoever asks them stays as it was.
  void loseTouch() { book_.gossip().loseTouch(); }
  /// They are heard again, and have a whole lease to say so.
  void regainTouch(HostTime now);

  /// Forwarders that members are told of; none where this is the only directory.
  [[nodiscard]] std::size_t forwarders() const { return book_.forwarders().size(); }
  /// Members that ask this directory.
  [[nodiscard]] std::size_t membersHere() const { return book_.membersHere(); }

  [[nodiscard]] std::size_t rooms() const { return book_.rooms().size(); }
  [[nodiscard]] std::size_t members() const { return book_.members(); }
  /// Those of the host, for the announcement in the LAN: what strangers open, nobody vouches for.
  [[nodiscard]] std::vector<room::wire::RoomRecord> records() const;

private:
  Reply askRoom(const Asked& asked, HostTime now, bool mayWait);
  [[nodiscard]] Answer tell(const std::string& name) const;
  Answer join(const std::string& name, const room::wire::JoinRequest& request, const IpAddress& from,
              HostTime now);
  Answer admit(KnownRoom& room, const room::wire::JoinRequest& request, const IpAddress& from, HostTime now);
  [[nodiscard]] std::optional<Answer> refusal(const KnownRoom& room, const room::MemberId& id) const;
  [[nodiscard]] std::uint16_t udpPortFor(const IpAddress& from) const;
  void heardFrom(const KnownRoom& room, KnownMember& member, const room::wire::MemberRequest& request,
                 HostTime now);
  Reply poll(KnownRoom& room, KnownMember& member, std::uint64_t since, bool mayWait);
  Answer passOn(KnownRoom& room, const KnownMember& from, const room::wire::MemberRequest& request);
  Answer renew(KnownRoom& room, KnownMember& member, const room::wire::MemberRequest& request, HostTime now);
  Answer obey(KnownRoom& room, const room::wire::MemberRequest& request, HostTime now);

  // DirectoryOpening.cpp
  Answer openAsked(const room::wire::OpenRequest& request, const IpAddress& from, HostTime now);
  Answer tellOwner(const KnownRoom& room, const std::string& tokenHash, const IpAddress& from, HostTime now);
  bool makeRoomFor(const IpAddress& source);

  std::uint16_t udpPort_;
  std::optional<Elsewhere> elsewhere_;
  RoomBook book_;
  SourceBuckets wrongGuesses_ = SourceBuckets::perMinute(5); // spec room R-8
  SourceBuckets openings_ = SourceBuckets::perMinute(10);
};

} // namespace tutti::serve
