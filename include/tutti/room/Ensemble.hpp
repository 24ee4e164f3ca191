#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <tutti/core/ByteReader.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/net/Stun.hpp>
#include <tutti/room/ClockSync.hpp>
#include <tutti/room/DirectoryWire.hpp>
#include <tutti/room/Forwarders.hpp>
#include <tutti/room/MemberPaths.hpp>
#include <tutti/room/Order.hpp>
#include <tutti/room/Outside.hpp>
#include <tutti/room/RelayReach.hpp>
#include <tutti/room/SenderKeys.hpp>
#include <tutti/room/Talk.hpp>
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
  using SendDatagram = CheckDatagram;
  /// To be sealed as a packet of our control stream, and sent where media goes, or by one way.
  struct SendSealed {
    std::optional<Way> to;
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
    std::vector<Way> to;
  };
  /// By these addresses the world sees us, and reaches us by our relays, which are the last: our card should
  /// say so.
  struct SeenAs {
    std::vector<Endpoint> outside;
    std::vector<Endpoint> relays;
  };
  using AskRelays = room::AskRelays;
  /// Nothing comes by this relay although something should.
  struct SuspectRelay {
    Endpoint relay;
  };
  /// Something that a musician would want to know.
  struct News {
    enum class What { joined, left, said, roomLocked, roomUnlocked, kicked, muted, unmuted };
    What what = What::joined;
    MemberId who;
  };
  /// A member's Link bridge says this. Not looked at yet: whether the member has signed it is to be checked.
  struct BridgeWord {
    static constexpr std::size_t kLargest = 1000;
    /// What it is about: its first byte.
    enum class About : std::uint8_t { session = 1, channels = 'C' };

    MemberId from;
    SignPublic author{};
    ByteString bytes;
  };
  using Action = std::variant<SendDatagram, SendSealed, PostLetters, PostOrders, UseKey, AddKey, ForgetSlot,
                              SetRoutes, SeenAs, AskRelays, SuspectRelay, News, BridgeWord>;
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

  /// A relay of ours is there: the world reaches us at this address of it.
  Actions relayOpened(const Endpoint& relay, HostTime now);
  /// Its server sees our socket there.
  Actions seenByRelay(const Endpoint& us, HostTime now);
  /// It lets through what this address sends, and what we send there.
  Actions relayReaches(const Endpoint& relay, const Endpoint& peer, HostTime now);
  /// It ends soon, and another one has taken its place: it is told no more, and left as soon as something
  /// else carries.
  Actions relayRetires(const Endpoint& relay, HostTime now);
  /// It is not there any more. What went by it goes elsewhere at once.
  Actions relayLost(const Endpoint& relay, HostTime now);

  /// What is no media, with the kernel's arrival time. What came by a relay of ours is told without what the
  /// relay put around it.
  Actions hearDatagram(std::span<const std::byte> datagram, const Way& from, HostTime at);
  /// What a member's control stream said; it was opened with the key of this slot. `wall` is now, for what
  /// members date.
  Actions hearSealed(std::uint16_t slot, std::span<const std::byte> payload, const Way& from, HostTime at,
                     HostTime now, WallTime wall);
  /// Whether packets of this slot may come from there: from the forwarder, which knows whose they are, or
  /// from an address that the member has proved. Everybody in the room has everybody's key, so the seal alone
  /// does not tell who sent a packet.
  [[nodiscard]] bool mayComeFrom(std::uint16_t slot, const Way& from) const;

  /// Media of this slot came from there lately.
  void hearMedia(std::uint16_t slot, const Way& from, HostTime at);

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
  [[nodiscard]] const ChatHistory& chat() const { return talk_.history(); }
  [[nodiscard]] const Authority& authority() const { return authority_; }
  [[nodiscard]] std::uint16_t slot() const { return slot_; }
  /// How far the forwarders are among which the directory chooses; nothing where there is only its own.
  [[nodiscard]] std::vector<wire::RoundTrip> roundTrips() const { return forwarders_.roundTrips(); }
  /// Others have told another roster than ours for ten seconds: the directory may play us false.
  [[nodiscard]] bool isRosterDisputed(HostTime now) const;

private:
  struct Fellow {
    Card card;
    ByteString cardAsCame;
    std::uint16_t slot = 0;
    MemberPaths paths;
    Talk::Partner talk{};
    ClockSync clock{};
    std::optional<net::Epoch> epoch{}; // of their newest key that we have
    Micros forwarderRoundTrip{0};
    std::optional<HostTime> disputedSince{};
    HostTime givenAgainAt{};
    bool wasTold = false;                                                  // our chat history, or we theirs
    time::TokenBucket letters{{.atOnce = 10, .perSecond = 2}, HostTime{}}; // one a second, and again
    time::TokenBucket questions{{.atOnce = 20, .perSecond = 20}, HostTime{}}; // twice what a clock needs
    time::TokenBucket bridging{{.atOnce = 20, .perSecond = 20}, HostTime{}};  // words to be checked
    time::TokenBucket carrying{{.atOnce = 40, .perSecond = 20},
                               HostTime{}}; // and about channels: pages, thrice
  };
  struct Believer {
    std::uint16_t slot = 0;
    Card card;
    ByteString bytes;
  };
  using Believed = std::map<MemberId, Believer>;

  void useReply(const wire::JoinReply& joined, const std::vector<IpAddress>& servers, HostTime now);
  [[nodiscard]] Believed believe() const;
  void letGo(const Believed& believed, Actions& out);
  void takeRoster(Actions& out, HostTime now);
  void takeCard(const MemberId& id, const Believer& believer, Actions& out, HostTime now);
  void takeLetters(const wire::Update& update, Actions& out, HostTime now);
  void takeOrders(const wire::Update& update, Actions& out);
  void remember(const std::vector<SenderKeys::Action>& actions, Actions& out);
  [[nodiscard]] std::uint64_t rosterDigest() const;
  Fellow* fellowAt(std::uint16_t slot);

  [[nodiscard]] OwnPlace here() const { return {local_, relays_}; }
  void tellRelays();
  void tryRelays(HostTime now);
  void askRelays(Actions& out);
  void answerCheck(const net::stun::Message& question, const Way& from, HostTime at, Actions& out);
  void hearAnswer(const net::stun::Message& answer, const Way& from, HostTime at, Actions& out);
  void checkForwarders(HostTime now, Actions& out);
  void checkFellows(HostTime now, Actions& out);
  void chooseRoutes(Actions& out, HostTime now);

  void hearHello(Fellow& fellow, ByteReader& in, HostTime at, Actions& out);
  void hearQuestion(Fellow& fellow, ByteReader& in, HostTime at, HostTime now, Actions& out);
  static void hearBridge(Fellow& fellow, ByteReader& in, HostTime at, Actions& out);
  void sayHello(Actions& out, HostTime now);
  void probe(Fellow& fellow, HostTime now, Actions& out);
  SendSealed sealedFor(const Fellow& fellow, ByteString payload) const;

  Secret secret_;
  const MemberKeys& us_;
  std::uint16_t slot_ = 0;
  std::map<MemberId, Fellow> fellows_;
  std::vector<wire::RosterEntry> roster_; // as the directory told it last
  std::optional<HostTime> patientUntil_;  // others come back, too, after the directory was away
  Authority authority_;
  std::deque<ByteString> orders_;       // that were obeyed
  std::vector<ByteString> ordersThere_; // as the directory told them last
  SenderKeys keys_;
  Talk talk_;

  std::vector<discovery::LocalAddress> local_;
  Forwarders forwarders_;
  RelayReach relays_;
  Outside outside_;
  time::TokenBucket checks_{{.atOnce = 10, .perSecond = 50}, HostTime{}}; // spec room R-14
  MemberId turn_; // whose checks left last, while others wait
  std::vector<Way> routes_;
  HostTime helloAt_{};
  bool isHelloDue_ = true;
};

} // namespace tutti::room
