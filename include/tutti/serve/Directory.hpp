#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/room/DirectoryWire.hpp>
#include <tutti/room/Order.hpp>
#include <tutti/serve/Fact.hpp>
#include <tutti/serve/Forwarder.hpp>
#include <tutti/serve/SourceBuckets.hpp>
#include <tutti/time/TokenBucket.hpp>

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
  static constexpr std::size_t kMostRooms = 256;
  static constexpr std::size_t kMostMembers = room::wire::kMostMembers; ///< of one room
  static constexpr std::size_t kMostInAll = 2560; ///< members of all rooms: each poll holds a connection
  static constexpr std::size_t kMostRoomsShared = 4096; ///< of all directories together
  static constexpr std::size_t kMostShared = 16'384;    ///< members of all directories together

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
  };
  /// A member of a room wants leave to use TURN servers, and may have it.
  struct TurnWish {
    std::string who; ///< nothing that says who it is to those servers
  };
  using Reply = std::variant<Answer, Wait, TurnWish>;

  /// A member that may send through the forwarder from now on, or not any more.
  struct Dismissal {
    std::string user;
  };
  using Change = std::variant<Admission, Dismissal>;

  /// One of several directories that share what they know.
  struct Sharing {
    std::uint64_t instance = 0;                ///< drawn anew at each start
    std::vector<IpAddress> forwarderAddresses; ///< of our forwarder: at least one, one of each family at most
  };
  struct Told {
    Fact fact;
    bool isOurs = false; ///< others may know it better
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
  std::set<room::RoomId> takeNews();
  /// What the forwarder must know, since the last call.
  std::vector<Change> takeChanges();

  /// What the other directories must hear, since the last call. Nothing where there are none.
  std::vector<Fact> takeFacts();
  /// What another directory has said, or we in an earlier life.
  void apply(const Fact& fact, HostTime now);
  /// All that we know, for a store that may know nothing.
  [[nodiscard]] std::vector<Told> everything();
  /// The others are not heard any more: whoever asks them stays as it was.
  void loseTouch() { isAlone_ = true; }
  /// They are heard again, and have a whole lease to say so.
  void regainTouch(HostTime now);

  /// Forwarders that members are told of; none where this is the only directory.
  [[nodiscard]] std::size_t forwarders() const { return forwarders_.size(); }
  /// Members that ask this directory.
  [[nodiscard]] std::size_t membersHere() const;

  [[nodiscard]] std::size_t rooms() const { return rooms_.size(); }
  [[nodiscard]] std::size_t members() const;
  /// Those of the host, for the announcement in the LAN: what strangers open, nobody vouches for.
  [[nodiscard]] std::vector<room::wire::RoomRecord> records() const;

private:
  static constexpr time::TokenBucket::Limits kPosts{.atOnce = 20, .perSecond = 20}; // of a member
  struct Lying {
    Stamp said;
    ByteString body;
    bool isFetched = false;
  };
  struct Member {
    room::MemberId id;
    std::string pass;
    std::string user;
    std::string password; // of its checks
    std::uint16_t slot = 0;
    ByteString card;
    HostTime leaseUntil{};
    std::map<room::MemberId, Lying> letters; // by their writers
    time::TokenBucket posts{kPosts, HostTime{}};
    // Where there are several directories:
    Stamp said;
    Stamp joined;
    Stamp carded;
    bool isOurs = true; // it has asked us last
    HostTime toldAt{};
    std::vector<room::wire::RoundTrip> roundTrips;
  };
  struct Room {
    room::wire::RoomRecord record;
    std::string tokenHash;
    bool isKept = false;
    std::uint64_t number = 0; // the smaller, the earlier it was opened
    IpAddress openedFrom;     // unless it is kept
    HostTime emptySince{};
    bool isUnused = false; // a guest has opened it here, and nobody has come yet
    std::uint64_t revision = 1;
    std::uint16_t lastSlot = 0;
    std::map<room::MemberId, Member> members;
    room::Authority authority{{}, {}};
    std::vector<ByteString> orders;
    std::string news; // as everybody is told them for whom no letter lies here; empty: not written yet
    // Where there are several directories:
    Stamp said;
    Stamp staged;
    std::uint64_t forwarder = 0;
    HostTime stagedAt{};
    HostTime stageToldAt{};
    HostTime toldAt{};
  };
  struct Forwarding {
    Stamp said;
    room::wire::RoomForwarder place;
    HostTime leaseUntil{};
  };
  struct Gone {
    Stamp joined;
    HostTime until{};
  };
  using Whom = std::pair<room::RoomId, room::MemberId>;

  Reply askRoom(const Asked& asked, HostTime now, bool mayWait);
  Answer tell(const std::string& name) const;
  Answer join(const std::string& name, const room::wire::JoinRequest& request, const IpAddress& from,
              HostTime now);
  Answer admit(Room& room, const room::wire::JoinRequest& request, const IpAddress& from, HostTime now);
  [[nodiscard]] std::uint16_t udpPortFor(const IpAddress& from) const;
  Reply poll(Room& room, Member& member, const room::wire::MemberRequest& request, HostTime now,
             bool mayWait);
  Answer passOn(Room& room, const Member& from, const room::wire::MemberRequest& request);
  void deliver(Room& room, const room::wire::Letter& letter, const Stamp& said);
  Answer renew(Room& room, Member& member, const room::wire::MemberRequest& request, HostTime now);
  Answer obey(Room& room, const room::wire::MemberRequest& request);
  Answer leave(Room& room, const room::MemberId& id, HostTime now);

  /// What a room's token is made of: 128 bits by lot, or a password, at which somebody may guess.
  enum class Token { byLot, ofPassword };
  static Token tokenKind(const Room& room);
  Room* roomNamed(const std::string& name, const std::string& tokenHash, Token kind);
  static bool isTokenOf(const Room& room, const std::string& tokenHash);
  std::pair<Room*, Member*> memberAt(const std::string& name, const room::wire::MemberRequest& request);
  [[nodiscard]] room::wire::Update updateFor(const Room& room, Member& member) const;
  [[nodiscard]] Answer newsFor(Room& room, Member& member) const;
  static bool hasMail(const Member& member);
  static std::uint16_t freeSlot(Room& room, std::uint16_t wanted);
  void remove(Room& room, const room::MemberId& id, HostTime now);
  void expire(Room& room, HostTime now);
  void touch(Room& room);

  // DirectoryOpening.cpp
  Answer openAsked(const room::wire::OpenRequest& request, const IpAddress& from, HostTime now);
  Answer tellOwner(const Room& room, const std::string& tokenHash, const IpAddress& from, HostTime now);
  Result<Room*> put(const room::wire::OpenRequest& request);
  [[nodiscard]] Room made(const room::wire::RoomRecord& record, const std::string& tokenHash) const;
  void keep(Room& room);
  void describe(Room& there, const room::wire::RoomRecord& record);
  void vacate(Room& room);
  [[nodiscard]] bool isFull() const;
  bool makeRoomFor(const IpAddress& source);
  bool closeLongestEmpty(const std::optional<IpAddress>& source);
  void closeUnneeded(HostTime now);

  // DirectoryTelling.cpp: nothing of it happens where this is the only directory
  [[nodiscard]] std::uint16_t firstSlotOf(const room::RoomId& room) const;
  Stamp nextStamp();
  void tell(Fact fact);
  void tellRoom(Room& room);
  void tellClosed(const Room& room);
  void tellMember(const Room& room, Member& member, HostTime now);
  void rememberGone(const Whom& whom, const Stamp& joined, HostTime now);
  void tellGone(const Room& room, const Member& member, HostTime now);
  void renewed(const Room& room, Member& member, const room::wire::MemberRequest& request, HostTime now);
  void tellAgain(HostTime now);
  static MemberFact factOf(const Room& room, const Member& member);
  static RoomFact factOf(const Room& room);
  [[nodiscard]] ForwarderFact factOf(const Forwarding& forwarding) const;

  // DirectorySharing.cpp
  void hear(const RoomFact& fact, HostTime now);
  void hear(const ClosedFact& fact, HostTime now);
  void hear(const OrderFact& fact, HostTime now);
  void hear(const MemberFact& fact, HostTime now);
  void hear(const GoneFact& fact, HostTime now);
  void hear(const LetterFact& fact, HostTime now);
  static bool isOrderOf(const Room& room, const ByteString& order);
  void merge(Room& there, const RoomFact& fact, HostTime now);
  void take(Room& room, Member& there, const MemberFact& fact, HostTime now);
  bool makesWay(Room& room, const MemberFact& fact, HostTime now);
  void place(Room& room, const MemberFact& fact, HostTime now);

  // DirectoryStages.cpp
  void hear(const ForwarderFact& fact, HostTime now);
  void hear(const StageFact& fact, HostTime now);
  void setStage(Room& room, std::uint64_t forwarder, HostTime now);
  void advanceForwarders(HostTime now);
  void chooseStages(HostTime now);
  [[nodiscard]] std::vector<room::wire::RoomForwarder> forwardersFor(const Room& room) const;
  [[nodiscard]] std::uint64_t digestOf(const Room& room) const;

  std::uint16_t udpPort_;
  std::optional<Elsewhere> elsewhere_;
  std::map<room::RoomId, Room> rooms_;
  SourceBuckets wrongGuesses_ = SourceBuckets::perMinute(5); // spec room R-8
  SourceBuckets openings_ = SourceBuckets::perMinute(10);
  std::vector<Change> pending_;
  std::set<room::RoomId> news_;
  std::uint64_t clock_ = 0; // counts rooms, and all that is said

  std::optional<Sharing> sharing_;
  bool isAlone_ = false;
  std::vector<Fact> facts_;
  std::map<Whom, Gone> gone_; // a late word of them counts no more
  std::map<std::uint64_t, Forwarding> forwarders_;
};

} // namespace tutti::serve
