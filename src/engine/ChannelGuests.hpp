#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include <tutti/engine/ChannelsSnapshot.hpp>
#include <tutti/jam/Desk.hpp>
#include <tutti/linkaudio/ChannelModules.hpp>

namespace tutti::engine {

/// A channel of somebody else's that is there now.
struct ChannelHere {
  linkaudio::Channel channel;
  std::shared_ptr<linkaudio::Source> source{}; ///< While it is fetched.
};

/// A channel of ours that the others see now.
struct ChannelOfOurs {
  ChannelOffer offer;
  std::shared_ptr<linkaudio::Sink> sink;
};

/// What there is for a desk.
struct ChannelsThere {
  std::vector<ChannelHere> others;
  std::vector<ChannelOfOurs> ours;
  std::string ourName{}; ///< Under which we publish what other sites carry.
  bool bringsAll = false;
  std::set<linkaudio::ChannelId> chosen{}; ///< That somebody wants to listen to: from now on, on the master.
  std::set<jam::GuestId> dropped{};        ///< Guests that nobody wants any more, with their cables.
  std::string whyNone{};                   ///< Why there is none at all; in a few words.
};

/// Who is in the room, for what is published of them.
struct PlayerHere {
  jam::PlayerId id;
  std::string name;
};

/// Channels of the Link session as guests of a desk: "PEER / CHANNEL" what comes in, by its name what goes
/// out.
///
/// A channel comes when it is wanted, or when the patch has a place for it; without a cable it is silent, and
/// nobody has to send it.
///
/// Threads: one at a time, any but audio; the desk's.
class ChannelGuests {
public:
  explicit ChannelGuests(std::shared_ptr<linkaudio::CurrentSession> session)
    : session_{std::move(session)}
  {}

  /// What the musician should know, in sentences.
  std::vector<std::string> settle(jam::Desk& desk, const ChannelsThere& there,
                                  const std::vector<PlayerHere>& players);
  /// How long the device takes from asking for a block until it is heard.
  void setDeviceOut(Micros latency);

  /// Those that a cable leads from.
  [[nodiscard]] const std::set<linkaudio::ChannelId>& wanted() const { return wanted_; }
  /// The name in the patch; empty: it is not in it.
  [[nodiscard]] std::string guestOf(const linkaudio::ChannelId& id) const;
  /// Of another day, and not there now: what comes in.
  [[nodiscard]] const std::vector<jam::GuestSnapshot>& missing() const { return missing_; }
  /// The same of what goes out.
  [[nodiscard]] const std::vector<std::string>& missingOurs() const { return missingOurs_; }

  static std::string titleOf(const linkaudio::Channel& channel);

private:
  struct Guest {
    linkaudio::Channel channel;
    jam::GuestId id;
    std::shared_ptr<linkaudio::FromChannel> module;
    bool isFetched = false;
  };
  struct Published {
    ChannelOffer offer;
    jam::GuestId id;
    std::shared_ptr<linkaudio::Sink> sink;
    bool isLed = false; ///< The first cable is drawn; from then on it is for hands.
  };

  std::shared_ptr<linkaudio::FromChannel> make(const ChannelHere& here) const;
  void drop(jam::Desk& desk, const jam::GuestId& id, std::string_view what);
  void exchange(jam::Desk& desk, Guest& guest, const ChannelHere& here);
  void followOthers(jam::Desk& desk, const ChannelsThere& there);
  void replaceWhoIsBack(jam::Desk& desk, const ChannelsThere& there);
  void welcome(jam::Desk& desk, const ChannelHere& here);
  void followOurs(jam::Desk& desk, const ChannelsThere& there, const std::vector<PlayerHere>& players);
  void lead(jam::Desk& desk, Published& one, const std::vector<PlayerHere>& players);
  void look(jam::Desk& desk, const ChannelsThere& there);
  void refuse(const std::string& title, const std::string& why);

  std::shared_ptr<linkaudio::CurrentSession> session_;
  std::vector<Guest> guests_;
  std::vector<Published> published_;
  std::set<linkaudio::ChannelId> wanted_;
  std::vector<jam::GuestSnapshot> missing_;
  std::vector<std::string> missingOurs_;
  std::set<std::string> refused_; // told of already
  Micros deviceOut_{0};
  std::vector<std::string> sentences_;
};

} // namespace tutti::engine
