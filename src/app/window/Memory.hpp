#pragma once

#include <QObject>
#include <QQuickWindow>
#include <QTimer>

#include <set>
#include <string>
#include <utility>

#include <tutti/engine/Engine.hpp>
#include <tutti/engine/Settings.hpp>

namespace tutti::app {

/// What the window remembers until the next launch, written to the settings file soon after each change.
///
/// Threads: gui.
class Memory : public QObject {
  Q_OBJECT

public:
  explicit Memory(engine::SettingsFile file, QObject* parent = nullptr);
  ~Memory() override;

  [[nodiscard]] const engine::Settings& settings() const { return settings_; }
  [[nodiscard]] QString notice() const;

  /// Puts the window where it was, if that place is still on a screen, and follows it from now on.
  void restore(QQuickWindow& window);
  void remember(const engine::Snapshot& snapshot);
  void remember(engine::ColourScheme scheme);
  void remember(const engine::Settings::Musician& musician);
  void remember(const engine::Settings::Rooms& rooms);
  void remember(const engine::Settings::Mix& mix);
  void remember(const audio::DeviceTrim& trim);
  void rememberStreamServers(const std::vector<std::string>& servers);
  void rememberChannels(const engine::ChannelsWish& channels);
  void rememberApprovals(const module::Approvals& approvals);
  void rememberServer(const std::optional<room::ServerAddress>& server);
  void rememberBridging(bool isOn, const bridge::Rights& rights);
  /// Writes what is not yet written.
  void flush();

signals:
  /// The file cannot be written; once, in words for the musician.
  void lost(const QString& why);

private:
  void follow(QQuickWindow& window);
  template <class Part> void note(Part& part, Part now);
  void takeOverTrims();

  engine::SettingsFile file_;
  engine::Settings settings_;
  QTimer soon_;
  std::set<std::pair<audio::Backend, std::string>> measured_; // devices, by this window
  bool hasComplained_ = false;
};

} // namespace tutti::app
