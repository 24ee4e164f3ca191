#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <tutti/core/ByteReader.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/net/Stun.hpp>
#include <tutti/room/Chat.hpp>
#include <tutti/room/ClockSync.hpp>
#include <tutti/room/DirectoryWire.hpp>
#include <tutti/room/Order.hpp>
#include <tutti/room/Outside.hpp>
#include <tutti/room/Path.hpp>
#include <tutti/room/SenderKeys.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::room {

/// A room as one member lives it: who is there, which keys are whose, by which way each is reached, how the
/// clocks stand, what is said.
///
/// Tell it what the directory says, what comes on the media port beside media, and the time; it answers with
/// things to send and to install. What the directory cannot vouch for (cards, letters, orders, talk) is
/// checked here.
///
/// Threads: one at a time. Holds no socket and starts no thread.
/// Spec:    room.
class Ensemble {
public:
  /// A check, or the answer to one; as it is.
  struct SendDatagram {
    Endpoint to;
    ByteString bytes;
  };
  /// To be sealed as a packet of our control stream, and sent where media goes, or to one address.
  struct SendSealed {
    std::optional<Endpoint> to;
    ByteString payload;
  };
  struct PostLetters {
    std::vector<wire::Letter> letters;
  };
  /// What the host has decided and the directory does not know any more, oldest first.
  struct PostOrders {
    std::vector<ByteString> orders;
  };
  struct UseKey {
    KeyLetter letter;
  };
  struct AddKey {
    std::uint16_t slot = 0;
    KeyLetter letter;
  };
  struct ForgetSlot {
    std::uint16_t slot = 0;
  };
  /// From now on sealed packets go to all of these.
  struct SetRoutes {
    std::vector<Endpoint> to;
  };
  /// By these addresses the world sees us: our card should say so.
  struct SeenAs {
    std::vector<Endpoint> outside;
  };
  /// Something that a musician would want to know.
  struct News {
    enum class What { joined, left, said, roomLocked, roomUnlocked, kicked, muted, unmuted };
    What what = What::joined;
    MemberId who;
  };
  using Action = std::variant<SendDatagram, SendSealed, PostLetters, PostOrders, UseKey, AddKey, ForgetSlot,
                              SetRoutes, SeenAs, News>;
  using Actions = std::vector<Action>;

  /// `servers` is where the directory is, one address of each family that it has. The first is the
  /// forwarder's, with the port that the directory told; the second takes its place where the first does not
  /// answer.
  Ensemble(const Secret& secret, const MemberKeys& us, const wire::JoinReply& joined,
           const std::vector<IpAddress>& servers);

  /// The directory has let us in again, after it or the network was away.
  Actions rejoined(const wire::JoinReply& joined, const std::vector<IpAddress>& servers, HostTime now);
  Actions hearDirectory(const wire::Update& update, HostTime now);
  /// Our addresses, at the start and whenever they change. Paths that go on carrying are not interrupted.
  Actions setInterfaces(std::vector<discovery::LocalAddress> local, HostTime now);

  /// What is no media, with the kernel's arrival time.
  Actions hearDatagram(std::span<const std::byte> datagram, const Endpoint& from, HostTime at);
  /// What a member's control stream said; it was opened with the key of this slot.
  Actions hearSealed(std::uint16_t slot, std::span<const std::byte> payload, const Endpoint& from,
                     HostTime at, HostTime now);
  /// Whether packets of this slot may come from there: from the forwarder, which knows whose they are, or
  /// from an address that the member has proved. Everybody in the room has everybody's key, so the seal alone
  /// does not tell who sent a packet.
  [[nodiscard]] bool mayComeFrom(std::uint16_t slot, const Endpoint& from) const;

  /// Media of this slot came from there lately.
  void hearMedia(std::uint16_t slot, const Endpoint& from, HostTime at);

  /// What the directory has to hear before a new order, which would make older ones void.
  Actions repeatOrders();

  /// A line of ours.
  Actions say(const ChatLine& line, HostTime now);

  Actions advance(HostTime now);
  [[nodiscard]] HostTime nextDeadline() const;

  /// One other member, as the window shows it.
  struct MemberView {
    MemberId id;
    std::uint16_t slot = 0;
    std::string name;
    std::string instrument;
    std::optional<Path> path;
    std::optional<Micros> roundTrip;
    std::optional<ClockSync::Relation> clock;
    bool isMutedByHost = false;
    bool isHost = false;
  };
  [[nodiscard]] std::vector<MemberView> members(HostTime now) const;
  [[nodiscard]] const ChatHistory& chat() const { return chat_; }
  [[nodiscard]] const Authority& authority() const { return authority_; }
  [[nodiscard]] std::uint16_t slot() const { return slot_; }
  /// Others have told another roster than ours for ten seconds: the directory may play us false.
  [[nodiscard]] bool isRosterDisputed(HostTime now) const;

private:
  struct Fellow {
    Card card;
    ByteString cardAsCame;
    std::uint16_t slot = 0;
    std::string password;          // of the checks between them and us
    std::vector<PathCheck> checks; // direct ones
    time::TokenBucket guesses{{.atOnce = 112, .perSecond = 2}, HostTime{}}; // twice 7 checks of 8 candidates
    time::TokenBucket answers{{.atOnce = 50, .perSecond = 50}, HostTime{}}; // no member asks more
    std::deque<Endpoint> proved; // addresses from which they have answered us with that password
    HostTime restartedAt{};      // all checks
    bool isRestartDue = false;
    PathChoice choice;
    ClockSync clock;
    std::optional<net::Epoch> epoch; // of their newest key that we have
    Micros forwarderRoundTrip{0};
    std::optional<HostTime> disputedSince;
    HostTime givenAgainAt{};
    bool wasTold = false;          // our chat history, or we theirs
    std::vector<ChatLine> history; // that we tell them
    std::size_t historyAt = 0;
    time::TokenBucket historyPace{{.atOnce = 10, .perSecond = 20}, HostTime{}}; // packets
    time::TokenBucket talk{{.atOnce = 20, .perSecond = 10}, HostTime{}};        // lines to be checked
    time::TokenBucket questions{{.atOnce = 20, .perSecond = 20}, HostTime{}};   // twice what a clock needs
    std::uint16_t lineComing = 0;
    std::vector<ByteString> partsComing; // of that line
  };
  struct Pending {
    net::stun::TransactionId id{};
    Path path;
    std::optional<MemberId> member; // none: the forwarder
    HostTime sentAt{};
  };

  void useReply(const wire::JoinReply& joined, const std::vector<IpAddress>& servers, HostTime now);
  struct Believer {
    std::uint16_t slot = 0;
    Card card;
    ByteString bytes;
  };
  using Believed = std::map<MemberId, Believer>;
  [[nodiscard]] Believed believe() const;
  void letGo(const Believed& believed, Actions& out);
  void takeRoster(Actions& out, HostTime now);
  void takeCard(const MemberId& id, const Believer& believer, Actions& out, HostTime now);
  void takeLetters(const wire::Update& update, Actions& out);
  void takeOrders(const wire::Update& update, Actions& out);
  void remember(const std::vector<SenderKeys::Action>& actions, Actions& out);
  [[nodiscard]] std::optional<Path> pathTo(const Endpoint& candidate) const;
  void addChecks(Fellow& fellow, HostTime now) const;
  static PathCheck* addCheck(Fellow& fellow, const Path& path, HostTime now);
  void renewChecks(Fellow& fellow, HostTime now) const;
  void restartChecks(Fellow& fellow, HostTime now) const;
  static HostTime restartDeadline(const Fellow& fellow);

  void answerCheck(const net::stun::Message& question, const Endpoint& from, HostTime at, Actions& out);
  void hearAnswer(const net::stun::Message& answer, const Endpoint& from, HostTime at, Actions& out);
  bool hearFellow(const Pending& asked, const net::stun::Message& answer, HostTime at);
  bool hearServer(const Pending& asked, const net::stun::Message& answer, HostTime at);
  bool hearForwarder(const net::stun::Message& answer, Micros roundTrip, HostTime at);
  void checkForwarder(HostTime now, Actions& out);
  void checkMirror(HostTime now, Actions& out);
  void useMirror(HostTime now);
  void askServer(PathCheck& check, net::stun::Writer question, const net::stun::TransactionId& id,
                 HostTime now, Actions& out);
  void checkFellows(HostTime now, Actions& out);
  bool checkFellow(Fellow& fellow, HostTime now, Actions& out);
  void askFellow(const Fellow& fellow, PathCheck& check, HostTime now, Actions& out);
  void note(const net::stun::TransactionId& id, const Path& path, std::optional<MemberId> member,
            HostTime now);

  void hearHello(Fellow& fellow, ByteReader& in, HostTime at, Actions& out);
  void hearQuestion(Fellow& fellow, ByteReader& in, HostTime at, HostTime now, Actions& out);
  void hearTalk(Fellow& fellow, ByteReader& in, HostTime at, Actions& out);
  static std::vector<ByteString> packetsOf(const ChatLine& line, std::uint16_t number, std::uint16_t forSlot);
  void tellHistory(Fellow& fellow, HostTime now, Actions& out);
  void sayHello(Actions& out, HostTime now);
  void probe(Fellow& fellow, HostTime now, Actions& out);
  void chooseRoutes(Actions& out, HostTime now);
  SendSealed sealedFor(const Fellow& fellow, ByteString payload) const;
  [[nodiscard]] std::uint64_t rosterDigest() const;
  Fellow* fellowAt(std::uint16_t slot);
  static void prove(Fellow& fellow, const Endpoint& from);

  Secret secret_;
  const MemberKeys& us_;
  std::uint16_t slot_ = 0;
  std::string stunUser_;
  std::string stunPassword_;
  std::optional<PathCheck> forwarder_;
  ByteString cookie_;
  ByteString cookieSent_;           // with the last check
  bool isProved_ = false;           // the forwarder sends to us
  std::optional<PathCheck> mirror_; // the server's address of the other family: shows us ours
  Outside outside_;
  std::map<MemberId, Fellow> fellows_;
  MemberId turn_;                         // whose checks left last, while others wait
  std::vector<wire::RosterEntry> roster_; // as the directory told it last
  std::optional<HostTime> patientUntil_;  // others come back, too, after the directory was away
  Authority authority_;
  std::deque<ByteString> orders_;       // that were obeyed
  std::vector<ByteString> ordersThere_; // as the directory told them last
  SenderKeys keys_;
  ChatHistory chat_;
  std::uint16_t linesSaid_ = 0;
  struct Again {
    HostTime due{};
    SendSealed packet;
  };
  std::deque<Again> again_; // talk is not repeated on request, so it is said twice more
  std::vector<discovery::LocalAddress> local_;
  std::vector<Pending> pending_;
  std::vector<Endpoint> routes_;
  std::vector<std::uint16_t> without_;                                    // slots that we reach directly
  time::TokenBucket checks_{{.atOnce = 10, .perSecond = 50}, HostTime{}}; // spec room R-14
  HostTime helloAt_{};
  bool isHelloDue_ = true;
};

} // namespace tutti::room
