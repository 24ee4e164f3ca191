#include "Memory.hpp"

#include <QGuiApplication>
#include <QScreen>

#include <chrono>

namespace tutti::app {

using namespace std::chrono_literals;

Memory::Memory(engine::SettingsFile file, QObject* parent)
  : QObject{parent}
  , file_{std::move(file)}
  , settings_{file_.load()}
{
  soon_.setSingleShot(true);
  soon_.setInterval(2s); // a drag writes once
  soon_.callOnTimeout(this, &Memory::flush);
}

Memory::~Memory()
{
  if (soon_.isActive()) flush();
}

QString Memory::notice() const
{
  return QString::fromStdString(file_.notice());
}

void Memory::restore(QQuickWindow& window)
{
  const auto& saved = settings_.window;
  window.resize(std::max(saved.width, window.minimumWidth()), std::max(saved.height, window.minimumHeight()));
  const bool isPlaced = saved.x != -1 || saved.y != -1;
  if (isPlaced && QGuiApplication::screenAt({saved.x + saved.width / 2, saved.y + 16}))
    window.setPosition(saved.x, saved.y);
  if (saved.isMaximized)
    window.showMaximized();
  else
    window.show();
  follow(window);
}

void Memory::follow(QQuickWindow& window)
{
  const auto look = [this, &window] {
    auto now = settings_.window;
    now.isMaximized = window.visibility() == QWindow::Maximized;
    if (window.visibility() == QWindow::Windowed) {
      now.x = window.x();
      now.y = window.y();
      now.width = window.width();
      now.height = window.height();
    }
    note(settings_.window, now);
  };
  connect(&window, &QWindow::xChanged, this, look);
  connect(&window, &QWindow::yChanged, this, look);
  connect(&window, &QWindow::widthChanged, this, look);
  connect(&window, &QWindow::heightChanged, this, look);
  connect(&window, &QWindow::visibilityChanged, this, look);
}

void Memory::remember(const engine::Snapshot& snapshot)
{
  note(settings_.tempo, snapshot.grid.tempo());
  note(settings_.quantum, snapshot.grid.quantum());
  note(settings_.isLinkEnabled, bool{snapshot.link.isEnabled});
  note(settings_.followsStartStop, bool{snapshot.link.followsStartStop});
}

void Memory::remember(engine::ColourScheme scheme)
{
  note(settings_.colourScheme, scheme);
}

void Memory::remember(const engine::Settings::Rooms& rooms)
{
  note(settings_.rooms, rooms);
}

void Memory::remember(const engine::Settings::Mix& mix)
{
  note(settings_.mix, mix);
}

void Memory::remember(const engine::Settings::Musician& musician)
{
  note(settings_.musician, musician);
}

void Memory::remember(const audio::DeviceTrim& trim)
{
  auto trims = settings_.trims;
  engine::remember(trims, trim);
  measured_.insert({trim.backend, trim.device});
  note(settings_.trims, std::move(trims));
}

void Memory::rememberStreamServers(const std::vector<std::string>& servers)
{
  note(settings_.streamServers, servers);
}

void Memory::rememberChannels(const engine::ChannelsWish& channels)
{
  note(settings_.channels, channels);
}

void Memory::rememberApprovals(const module::Approvals& approvals)
{
  note(settings_.programsApproved, approvals);
}

void Memory::rememberServer(const std::optional<room::ServerAddress>& server)
{
  note(settings_.knownServer, server);
}

void Memory::rememberBridging(bool isOn, const bridge::Rights& rights)
{
  note(settings_.isBridging, isOn);
  note(settings_.bridgeRights, rights);
}

template <class Part> void Memory::note(Part& part, Part now)
{
  if (part == now) return;
  part = std::move(now);
  soon_.start();
}

/// What `tutti devices --calibrate` has measured since we read the file.
void Memory::takeOverTrims()
{
  const auto written = engine::SettingsFile{file_.path()}.read();
  if (!written) return;
  for (const auto& trim : written->trims)
    if (!measured_.contains({trim.backend, trim.device})) engine::remember(settings_.trims, trim);
}

void Memory::flush()
{
  soon_.stop();
  takeOverTrims();
  const auto saved = file_.save(settings_);
  if (saved || hasComplained_) return;
  hasComplained_ = true;
  emit lost(
    tr("Settings cannot be saved to %1: %2")
      .arg(QString::fromStdString(file_.path().string()), QString::fromStdString(saved.error().detail)));
}

} // namespace tutti::app
