#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tutti/linkaudio/ChannelPattern.hpp>
#include <tutti/linkaudio/LinkAudio.hpp>
#include <tutti/linkaudio/SessionGrid.hpp>

namespace tutti::engine {

/// How a jam gets at the audio channels of a Link session: by an engine.
struct LinkAudioWay {
  /// Under this name; nothing: there is no Link here. What it returns is gone before the engine.
  std::function<std::unique_ptr<linkaudio::LinkAudio>(const std::string& name)> open{};
  std::function<linkaudio::SessionGrid()> grid{};
  std::function<bool()> isLinkOn{};
};

/// A sound of ours that the Link session may hear: a module of the patch, and what is connected to it is what
/// is heard.
struct ChannelOffer {
  enum class Hears : std::uint8_t { hand, mix, player };

  std::string name; ///< 1 to 64 letters; no two of ours have the same.
  Hears hears =
    Hears::hand;        ///< What leads to it to begin with; by hand: whatever a hand connects, or a file.
  std::string player{}; ///< Whose strip, as soon as they are here.

  /// What everybody hears, under the name that Link programs list it by.
  static ChannelOffer mix() { return {"Mix", Hears::mix, {}}; }

  friend bool operator==(const ChannelOffer&, const ChannelOffer&) = default;
};

/// What a jam has of the channels of a Link session.
struct ChannelsWish {
  bool isOn = false;
  bool bringsAll = false;          ///< Each is a module of the patch; else those that are listened to.
  bool publishesEverybody = false; ///< The mix and each player, also who comes later.
  std::vector<ChannelOffer> offers{};
  linkaudio::Placement placement{};                     ///< Of what is not told otherwise.
  std::map<std::string, linkaudio::Placement> placed{}; ///< What is: by what it is called in the patch.
  std::set<linkaudio::ChannelPattern> carried{};        ///< For the LANs of the room's other sites.

  friend bool operator==(const ChannelsWish&, const ChannelsWish&) = default;
};

/// A channel that another Link program publishes, or that the patch knows from another day.
struct ChannelSnapshot {
  std::string peer{};
  std::string name{};
  std::optional<linkaudio::ChannelId> id{}; ///< While it is there.
  std::string guest{};                      ///< Under which it is in the patch; empty: it is not.
  bool isHeard = false;                     ///< A cable leads from it: it is fetched.
  linkaudio::Placement placement{};
  linkaudio::SourceSnapshot sound{}; ///< While it is fetched.
  std::string site{};                ///< From whose LAN it comes; empty: from ours.
  bool isCarried = false;            ///< The other sites may have it.
  std::size_t sites = 0;             ///< Where it is listened to.
  std::string problem{};             ///< Why it is in the patch and not there; in a few words.
};

/// A channel of ours.
struct OurChannelSnapshot {
  ChannelOffer offer;
  bool isThere = false; ///< The others see it.
  bool isHeard = false; ///< Somebody has asked for it.
  linkaudio::Sink::Counts sent{};
};

/// Channels of the Link session, as a jam has them.
struct ChannelsSnapshot {
  bool isOn = false;
  bool publishesEverybody = false;
  bool isBridged = false;                ///< There may be other sites.
  std::vector<ChannelSnapshot> channels; ///< By peer, then by name.
  std::vector<OurChannelSnapshot> ours;
  std::vector<std::string> players; ///< Who could be published.
  std::string problem;              ///< Of all of it; in a sentence for a musician.
};

} // namespace tutti::engine
