#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tutti/audio/DeviceTrim.hpp>
#include <tutti/audio/DeviceWish.hpp>
#include <tutti/bridge/Site.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/engine/ChannelsSnapshot.hpp>
#include <tutti/module/Approvals.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/room/Invitation.hpp>
#include <tutti/room/Knock.hpp>
#include <tutti/time/Beats.hpp>
#include <tutti/time/Tempo.hpp>

namespace tutti::engine {

enum class ColourScheme { dark, light, system };

/// What Tutti remembers between two launches.
struct Settings {
  time::Tempo tempo;
  time::Beats quantum = time::Beats::fromMicroBeats(4'000'000);
  bool isLinkEnabled = true;
  bool followsStartStop = true;
  bool isBridging = false;     ///< In a room: the Link programs of all sites are one session.
  bridge::Rights bridgeRights; ///< What the Link programs here may change for all of them.
  ColourScheme colourScheme = ColourScheme::dark;
  struct Window {
    int x = -1, y = -1; ///< -1: where the desktop likes.
    int width = 960, height = 640;
    bool isMaximized = false;
    friend bool operator==(const Window&, const Window&) = default;
  } window;

  /// Who plays, and on what. An empty name: nobody has said yet.
  struct Musician {
    std::string name;
    std::string instrument;
    audio::DeviceWish device;
    friend bool operator==(const Musician&, const Musician&) = default;
  } musician;

  /// Which rooms we have been in. Their keys are in here: the file is for its owner's eyes only.
  struct Rooms {
    static constexpr std::size_t kMostRecent = 8;
    static constexpr std::size_t kMostMet = 32;

    std::vector<room::Invitation> recent; ///< Newest first.
    std::vector<room::Invitation> met; ///< Rooms of the LAN with their host's key, newest first (room R-11).
    friend bool operator==(const Rooms&, const Rooms&) = default;
  } rooms;

  /// A `tutti serve` elsewhere that we trust: it tries whether rooms that are hosted here are reached.
  std::optional<room::ServerAddress> knownServer;

  std::vector<audio::DeviceTrim> trims; ///< What a cable told of each device.

  static constexpr std::size_t kMostServers = 32;
  std::vector<std::string> streamServers; ///< In the LAN, whose streams are modules of the patch.

  ChannelsWish channels; ///< Of the Link session; what is listened to, the patch knows.

  module::Approvals programsApproved; ///< Programs that a patch may start.

  static constexpr std::size_t kMostMixed = 64;
  using Mix = std::map<std::string, patch::StripSettings>;
  Mix mix; ///< How players were mixed, by name. Solo is for a moment, and not in here.

  friend bool operator==(const Settings&, const Settings&) = default;
};

/// In place of what was known of the same device.
void remember(std::vector<audio::DeviceTrim>& trims, const audio::DeviceTrim& trim);

/// The file that settings live in: YAML that a person can read and mend.
///
/// Errors: a file that does not parse is set aside under another name, defaults are used, and `notice()` says
/// so.
class SettingsFile {
public:
  /// `$XDG_CONFIG_HOME/tutti/settings.yaml`, or the like on other systems.
  static std::filesystem::path defaultPath();

  explicit SettingsFile(std::filesystem::path path)
    : path_{std::move(path)}
  {}

  Settings load();
  /// For who only looks: what cannot be read stays where it is. Without a file: defaults.
  ///
  /// Errors: a sentence for the musician.
  Result<Settings> read();
  Result<void> save(const Settings& settings) const;

  /// One line for the musician about what was met; empty when all was well.
  [[nodiscard]] const std::string& notice() const { return notice_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
  std::string notice_;
};

} // namespace tutti::engine
