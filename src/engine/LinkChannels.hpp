#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tutti/engine/CarriedChannels.hpp>
#include <tutti/engine/ChannelsSnapshot.hpp>

#include "ChannelGuests.hpp"

namespace tutti::engine {

/// Audio channels of the Link session in a running jam: what other programs publish, and what we do.
///
/// Whoever has the desk calls `attend`, which waits for Link's threads, some ten times a second, and then
/// `settle`, which does not, with the desk. The sound is dated by the session's beats as they lie at that
/// moment, as the metronome of the desk is.
///
/// What of ours a patch has a place for is published again.
///
/// Threads: `attend` and `settle` one at a time; everything else any.
class LinkChannels {
public:
  LinkChannels(const std::string& name, LinkAudioWay way, ChannelsWish wish);

  void setOn(bool isOn);
  /// In the patch, and on the master: as soon as it is there.
  void listen(const linkaudio::ChannelId& channel);
  /// Out of the patch, with its cables; also one that is not there now.
  void stopListening(const std::string& guest);
  void place(const std::string& guest, linkaudio::Placement placement);
  /// Errors: `unsupported`, with a sentence, for a name that cannot be; `refused` for one too many.
  Result<void> publish(const ChannelOffer& offer);
  void withdraw(const std::string& name);
  void publishEverybody(bool doesSo);
  /// The LANs of the room's other sites may have it, or may not any more.
  void carry(const linkaudio::ChannelPattern& channel, bool isWanted);
  /// Where those travel by.
  CarriedChannels& carried() { return carried_; }
  /// By now: to be remembered. What a hand has connected the patch remembers.
  [[nodiscard]] ChannelsWish toRemember() const;
  [[nodiscard]] ChannelsSnapshot snapshot() const;

  void attend();
  /// Whether anything but figures has changed since this was asked last.
  [[nodiscard]] bool takeNews();
  /// What the musician should know, in sentences.
  std::vector<std::string> settle(jam::Desk& desk, Micros deviceOut, const std::vector<PlayerHere>& players);

private:
  struct Fetched {
    std::unique_ptr<linkaudio::Subscription> subscription;
    linkaudio::Placement placement;
  };
  struct Offered {
    ChannelOffer offer;
    std::unique_ptr<linkaudio::Publication> publication;
  };

  [[nodiscard]] ChannelsWish wish() const;
  void begin();
  void end();
  void attendFetched(const ChannelsWish& wish);
  void attendOffers(const ChannelsWish& wish);
  void attendCarried(const ChannelsWish& wish);
  void collect(const ChannelsWish& wish);
  void show(const ChannelsWish& wish);
  void showJourney(ChannelSnapshot& shown, const linkaudio::Channel& channel, const ChannelsWish& wish) const;
  void publishWhoIsHere(const std::vector<PlayerHere>& players);
  void publishAgain();

  const std::string name_;
  const LinkAudioWay way_;
  mutable std::mutex mutex_;
  ChannelsWish wish_;                     // under mutex_
  std::set<linkaudio::ChannelId> chosen_; // under mutex_
  std::set<jam::GuestId> dropped_;        // under mutex_
  ChannelsSnapshot shown_;                // under mutex_
  bool isNews_ = false;                   // under mutex_

  // The attendant's
  std::shared_ptr<linkaudio::CurrentSession> session_ = std::make_shared<linkaudio::CurrentSession>();
  std::string whyNone_;
  std::string problem_;
  std::vector<linkaudio::Channel> channels_;
  ChannelGuests guests_{session_};
  ChannelsThere there_;
  std::vector<std::string> players_;
  linkaudio::SiteChannelsSnapshot travelling_;
  std::unique_ptr<linkaudio::LinkAudio> audio_;
  std::map<linkaudio::ChannelId, Fetched> fetched_; // gone before what they are of
  std::vector<Offered> offered_;
  CarriedChannels carried_; // gone before Link Audio is
};

} // namespace tutti::engine
