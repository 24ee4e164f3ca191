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
#include <tutti/room/DirectoryWire.hpp>
#include <tutti/room/Order.hpp>
#include <tutti/serve/Forwarder.hpp>
#include <tutti/serve/SourceBuckets.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::serve {

/// Knows which rooms there are and who is in them; brings members together and passes on their sealed
/// letters.
///
/// It keeps ids, slots, cards as they came, and the hash of each room's token. It cannot read a letter, make
/// a member or give an order. A member that has not asked for 15 s has left. Rooms stay for eight hours
/// after the last one left, those of the host for ever.
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
/// Threads: one at a time.
/// Errors:  every refusal is an answer with a sentence for the musician.
/// Spec:    design 6; room.
class Directory {
public:
  static constexpr std::size_t kMostRooms = 256;
  static constexpr std::size_t kMostMembers = room::wire::kMostMembers; ///< of one room
  static constexpr std::size_t kMostInAll = 512; ///< members of all rooms: each poll holds a thread

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

  explicit Directory(std::uint16_t udpPort)
    : udpPort_{udpPort}
  {}

  /// What takes no directory: whatever a stranger says is parsed here. Threads: any.
  static std::variant<Answer, Asked> read(const Question& question);
  Reply ask(const Asked& asked, HostTime now, bool mayWait);
  /// Both at once.
  Reply ask(const Question& question, HostTime now, bool mayWait);

  /// Opens a room of the host's own, which stays. Errors: `refused` when there are too many.
  Result<void> open(const room::wire::OpenRequest& request);

  /// Lets those go whose lease is over.
  void advance(HostTime now);

  /// In which rooms somebody may have something new to hear, since the last call.
  std::set<room::RoomId> takeNews();
  /// What the forwarder must know, since the last call.
  std::vector<Change> takeChanges();

  [[nodiscard]] std::size_t rooms() const { return rooms_.size(); }
  [[nodiscard]] std::size_t members() const;
  /// Those of the host, for the announcement in the LAN: what strangers open, nobody vouches for.
  [[nodiscard]] std::vector<room::wire::RoomRecord> records() const;

private:
  static constexpr time::TokenBucket::Limits kPosts{.atOnce = 20, .perSecond = 20}; // of a member
  struct Member {
    room::MemberId id;
    std::string pass;
    std::string user;
    std::uint16_t slot = 0;
    ByteString card;
    HostTime leaseUntil{};
    std::uint64_t rosterSeen = 0;
    std::map<room::MemberId, ByteString> letters; // by their writers
    time::TokenBucket posts{kPosts, HostTime{}};
  };
  struct Room {
    room::wire::RoomRecord record;
    std::string tokenHash;
    bool isKept = false;
    std::uint64_t number = 0; // of all that were opened
    IpAddress openedFrom;     // unless it is kept
    HostTime emptySince{};
    std::uint64_t revision = 1;
    std::uint16_t lastSlot = 0;
    std::map<room::MemberId, Member> members;
    room::Authority authority;
    std::vector<ByteString> orders;
  };

  Reply askRoom(const Asked& asked, HostTime now, bool mayWait);
  Answer tell(const std::string& name) const;
  Answer openAsked(const room::wire::OpenRequest& request, const IpAddress& from, HostTime now);
  Answer tellOwner(const Room& room, const std::string& tokenHash, const IpAddress& from, HostTime now);
  bool makeRoomFor(const IpAddress& source);
  Answer join(const std::string& name, const room::wire::JoinRequest& request, const IpAddress& from,
              HostTime now);
  Answer admit(Room& room, const room::wire::JoinRequest& request, HostTime now);
  Reply poll(Room& room, Member& member, const room::wire::MemberRequest& request, HostTime now,
             bool mayWait);
  Answer passOn(Room& room, const Member& from, const room::wire::MemberRequest& request);
  Answer renew(Room& room, Member& member, const room::wire::MemberRequest& request);
  Answer obey(Room& room, const room::wire::MemberRequest& request);
  Answer leave(Room& room, const room::MemberId& id, HostTime now);

  Room* roomNamed(const std::string& name, const std::string& tokenHash);
  static bool isTokenOf(const Room& room, const std::string& tokenHash);
  std::pair<Room*, Member*> memberAt(const std::string& name, const room::wire::MemberRequest& request);
  static room::wire::Update updateFor(const Room& room, Member& member);
  static std::uint16_t freeSlot(Room& room, std::uint16_t wanted);
  void remove(Room& room, const room::MemberId& id, HostTime now);
  void touch(Room& room);

  std::uint16_t udpPort_;
  std::map<room::RoomId, Room> rooms_;
  SourceBuckets wrongGuesses_ = SourceBuckets::perMinute(5); // spec room R-8
  SourceBuckets openings_ = SourceBuckets::perMinute(10);
  std::vector<Change> pending_;
  std::set<room::RoomId> news_;
  std::uint64_t opened_ = 0;
};

} // namespace tutti::serve
