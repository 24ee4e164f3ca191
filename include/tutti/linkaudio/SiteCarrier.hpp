#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <tutti/linkaudio/CarrierMessage.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::linkaudio {

/// Carries channels between the LANs of a room's sites: those that are chosen here are offered to the others,
/// those that the others offer are published here.
///
/// Nothing is sent that nobody asked for. A channel that is published for another site costs a name until a
/// program here listens to it; then its site is asked, once a second, and sends while somebody asks. Whoever
/// is silent for five seconds asks for nothing any more, whoever is silent for six offers nothing.
///
/// What is published for another site is never offered again, neither by us nor by a bridge of another room
/// on this LAN: its id says what it is. A channel that is on this LAN itself is not published a second time,
/// nor one that two sites carry: it comes from the one that was heard to offer it first, for as long as it
/// does, so that nobody takes it over; of two that were heard together, from the lower one.
///
/// Threads: one at a time.
/// Errors:  none: what makes no sense is not done.
class SiteCarrier {
public:
  static constexpr std::size_t kMostOffered = 64;
  static constexpr std::size_t kMostPublished = 64;
  static constexpr Micros kLease{5'000'000};
  static constexpr Micros kSilent{6'000'000};
  static constexpr Micros kYield{3'000'000}; ///< to who should publish; up to as long again by our id

  /// A channel on our LAN, ours included.
  struct LanChannel {
    ChannelId id;
    std::string name;
    std::string whose;
    bool isOurs = false; ///< This program's.
  };
  /// Another member, by the name that its site has.
  struct Fellow {
    room::MemberId member;
    std::string name;
  };
  /// How a chosen channel flows, once it does.
  struct Flow {
    std::uint16_t stream = 0; ///< not 0
    stream::Codec codec = stream::Codec::pcm16;
    std::uint8_t channels = 1;
    audio::SampleRate rate;
    friend bool operator==(const Flow&, const Flow&) = default;
  };

  /// To every member, signed, best effort.
  struct ToRoom {
    CarrierMessage message;
  };
  /// Fetch it from the LAN, and send it to the room; then say `flows`.
  struct Send {
    ChannelId channel;
  };
  struct StopSending {
    ChannelId channel;
  };
  /// On our LAN; again with another name: a new one.
  struct Publish {
    ChannelId carried;
    std::string name;
  };
  struct Withdraw {
    ChannelId carried;
  };
  /// What comes by this stream of this member is to be sent on under this id.
  struct Hear {
    ChannelId carried;
    room::MemberId member;
    Flow flow;
  };
  struct StopHearing {
    ChannelId carried;
  };
  using Action = std::variant<ToRoom, Send, StopSending, Publish, Withdraw, Hear, StopHearing>;
  using Actions = std::vector<Action>;

  explicit SiteCarrier(room::MemberId self);

  /// All there are.
  Actions seeLan(const std::vector<LanChannel>& channels, HostTime now);
  /// Which of them we carry, if they are there.
  Actions choose(std::set<ChannelId> chosen, HostTime now);
  /// Everybody but us. `doWePublish`: false where another bridge of the room should do so on this LAN; what
  /// it does not, as its Link Audio is off, we do after some seconds.
  Actions seeRoom(const std::vector<Fellow>& fellows, bool doWePublish, HostTime now);
  Actions hear(const room::MemberId& from, const CarrierMessage& message, HostTime now);
  /// After `Send`; nothing: it does not.
  Actions flows(ChannelId channel, std::optional<Flow> flow, HostTime now);
  /// Whether a program on our LAN listens to what we publish.
  Actions isHeard(ChannelId carried, bool isHeard, HostTime now);

  Actions advance(HostTime now);
  [[nodiscard]] HostTime nextDeadline() const;
  /// Perform what comes, then forget the machine.
  Actions leave(HostTime now);

  struct Offered {
    LanChannel channel;
    std::size_t askers = 0;
    bool isFlowing = false;
  };
  struct Published {
    ChannelId carried;
    room::MemberId member;
    std::string name;
    bool isHeard = false;
    bool isFlowing = false;
  };
  [[nodiscard]] std::vector<Offered> offered() const;
  [[nodiscard]] std::vector<Published> published() const;

private:
  /// When to say something: at once after a change, soon twice again, then each second or two; never twice
  /// within 50 ms.
  class Voice {
  public:
    void changed(HostTime now);
    /// Whether to speak. Unless it `hasMore` to say, it falls silent after the third time.
    [[nodiscard]] bool advance(HostTime now, bool hasMore, Micros period);
    [[nodiscard]] HostTime due() const { return due_; }

  private:
    HostTime last_ = HostTime::min();
    HostTime due_ = HostTime::max();
    int again_ = 0;
  };
  struct Site {
    struct Page {
      std::int64_t saidAt = INT64_MIN;
      std::vector<Offer> offers;
    };
    std::string name;
    std::vector<Page> pages;
    std::int64_t newest = INT64_MIN; // of them
    std::int64_t askedAt = INT64_MIN;
    HostTime heardAt{};
  };
  struct Own {
    LanChannel about;
    std::map<room::MemberId, HostTime> askers; // and until when
    std::optional<Flow> flow;
    bool isSending = false;
  };
  struct Foreign {
    room::MemberId member;
    Offer offer;
    std::int64_t saidAt = INT64_MIN; // of the page that offered it last
    std::string name;
    bool isHeard = false;
    std::optional<Flow> hearing;
  };

  void take(Site& site, const Offers& offers);
  void take(Site& site, const room::MemberId& from, const Asks& asks, HostTime now);
  void dropSilent(HostTime now);
  void settle(HostTime now, Actions& actions);
  void settleOwn(HostTime now, Actions& actions);
  void settleForeign(HostTime now, Actions& actions);
  [[nodiscard]] std::optional<Foreign> ifStillOffered(const Foreign& before) const;
  [[nodiscard]] std::map<ChannelId, Foreign> wanted() const;
  void yield(HostTime now, std::map<ChannelId, Foreign>& wanted);
  void publish(std::map<ChannelId, Foreign> wanted, Actions& actions);
  void say(HostTime now, Actions& actions);
  [[nodiscard]] std::vector<Offers> pagesOfOffers(room::RemoteTime saidAt) const;
  [[nodiscard]] Asks asks(room::RemoteTime saidAt) const;
  [[nodiscard]] room::RemoteTime stamp(HostTime now);

  room::MemberId self_;
  const Micros yield_;
  bool doWePublish_ = true;
  std::set<ChannelId> publishedHere_;          // for other sites, by another bridge
  std::map<ChannelId, HostTime> missingSince_; // what another bridge should publish, and does not
  std::map<ChannelId, LanChannel> lan_;        // what is really there: nothing that is carried
  std::set<ChannelId> chosen_;
  std::map<ChannelId, Own> own_; // offered, by its id
  std::map<room::MemberId, Site> sites_;
  std::map<ChannelId, Foreign> wanted_;  // what others offer, whoever should publish it here
  std::map<ChannelId, Foreign> foreign_; // published, by the id that it has here
  std::vector<Offer> offeredLast_;
  std::set<Asks::Ask> askedLast_;
  Voice offers_;
  Voice asks_;
  std::int64_t saidAt_ = INT64_MIN;
};

} // namespace tutti::linkaudio
