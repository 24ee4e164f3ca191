#include "JamFeed.hpp"

#include <QDateTime>
#include <QDir>
#include <QStandardPaths>

#include <chrono>
#include <limits>
#include <utility>

#include "Wishes.hpp"

namespace tutti::app {
namespace {

using namespace std::chrono_literals;
using Channel = patch::MixStrip::Channel;

Channel channelOf(int channel)
{
  return channel == 0 ? Channel::first : Channel::second;
}

std::optional<std::string> wordOrNone(const QString& text)
{
  return text.isEmpty() ? std::nullopt : std::optional{text.toStdString()};
}

/// In the musician's own folder of music, named by the moment.
std::filesystem::path newRecording()
{
  const QDir music{QStandardPaths::writableLocation(QStandardPaths::MusicLocation)};
  const auto moment = QDateTime::currentDateTime().toString("yyyy-MM-dd HH.mm.ss");
  auto folder = music.filePath("Tutti/" + moment);
  for (int number = 2; QDir{folder}.exists(); ++number)
    folder = music.filePath(QStringLiteral("Tutti/%1 %2").arg(moment).arg(number));
  return folder.toStdString();
}

} // namespace

JamFeed::JamFeed(engine::Jam& jam, Band& band, engine::Settings::Musician musician, QObject* parent)
  : QObject{parent}
  , jam_{jam}
  , band_{band}
  , musician_{std::move(musician)}
  , rooms_{jam.rooms()}
  , mix_{jam.mix()}
  , streamServers_{jam.streamServers()}
  , bridging_{jam.bridge()}
{
  carryStripWishes();
  carryOwnWishes();
  carryRoomWishes();
  carryHostWishes();
  levels_.setInterval(33ms);
  levels_.callOnTimeout(this, &JamFeed::show);
  soon_.setSingleShot(true);
  soon_.setInterval(33ms);
  soon_.callOnTimeout(this, &JamFeed::show);
  jam_.onChange([this] {
    if (!isNewsOnItsWay_.exchange(true))
      QMetaObject::invokeMethod(this, &JamFeed::showSoon, Qt::QueuedConnection);
  });
  show();
}

JamFeed::~JamFeed()
{
  jam_.onChange({});
}

void JamFeed::carryStripWishes()
{
  const auto wish = [this](auto signal, auto action) {
    connect(band_.wishes(), signal, this, [this, action](const jam::StripId& id, auto... values) {
      jam_.withDesk([&](jam::Desk& desk) {
        if (auto* const strip = desk.strip(id)) action(*strip, values...);
      });
      showSoon();
    });
  };
  using Strip = patch::MixStrip;
  wish(&Wishes::gainWanted, [](Strip& strip, int channel, double decibels) {
    strip.setGain(channelOf(channel), audio::Decibels::of(decibels));
  });
  wish(&Wishes::panWanted,
       [](Strip& strip, int channel, double pan) { strip.setPan(channelOf(channel), pan); });
  wish(&Wishes::muteWanted,
       [](Strip& strip, int channel, bool is) { strip.setMuted(channelOf(channel), is); });
  wish(&Wishes::soloWanted,
       [](Strip& strip, int channel, bool is) { strip.setSoloed(channelOf(channel), is); });
  wish(&Wishes::invertWanted,
       [](Strip& strip, int channel, bool is) { strip.setInverted(channelOf(channel), is); });
  wish(&Wishes::linkWanted, [](Strip& strip, bool is) { strip.setLinked(is); });
  wish(&Wishes::clipCleared, [](Strip& strip, int) { strip.clearClips(); });
  connect(band_.wishes(), &Wishes::soloEnded, this, [this] {
    jam_.withDesk([](jam::Desk& desk) { desk.endSolo(); });
    showSoon();
  });
}

void JamFeed::carryOwnWishes()
{
  auto* const wishes = band_.wishes();
  connect(wishes, &Wishes::introduced, this, [this](const QString& name, const QString& instrument) {
    musician_.name = name.toStdString();
    musician_.instrument = instrument.toStdString();
    jam_.introduce(musician_.name, musician_.instrument);
    emit musicianChanged(musician_);
    showSoon();
  });
  connect(wishes, &Wishes::deviceWanted, this, [this](const audio::DeviceWish& wish) {
    musician_.device = wish;
    isDeviceAsked_ = true;
    jam_.openDeviceSoon(wish);
    emit musicianChanged(musician_);
  });
  connect(wishes, &Wishes::devicesWanted, this, [this](bool isAnew) {
    retryDevice();
    needDevice();
    jam_.lookForDevicesSoon(isAnew ? engine::Jam::Look::anew : engine::Jam::Look::around);
  });
  connect(wishes, &Wishes::cableWanted, this, [this] {
    needDevice();
    jam_.measureCableSoon();
  });
  connect(wishes, &Wishes::inputsCleared, this, [this] { jam_.clearInputClips(); });
  connect(wishes, &Wishes::muteToRoomWanted, this, [this](bool is) { jam_.setMutedToRoom(is); });
  connect(wishes, &Wishes::talkWanted, this, [this](bool is) { jam_.setTalking(is); });
  connect(wishes, &Wishes::monitorWanted, this, [this](bool is) {
    needDevice();
    jam_.withDesk([is](jam::Desk& desk) { desk.setMonitoring(is); });
  });
  connect(wishes, &Wishes::metronomeWanted, this, [this](bool is) {
    needDevice();
    jam_.withDesk([is](jam::Desk& desk) { desk.setMetronomeOn(is); });
  });
  connect(wishes, &Wishes::recordWanted, this, &JamFeed::toggleRecording);
}

void JamFeed::toggleRecording(bool isWanted)
{
  if (isWanted)
    static_cast<void>(
      jam_.record({.folder = newRecording(), .mix = std::nullopt})); // the snapshot says why not
  else
    jam_.stopRecording();
  showSoon();
}

void JamFeed::carryRoomWishes()
{
  auto* const wishes = band_.wishes();
  connect(wishes, &Wishes::hostWanted, this,
          [this](const QString& name, const QString& password, bool isPublic) {
            needDevice();
            jam_.hostSoon({name.toStdString(), wordOrNone(password), isPublic});
          });
  connect(wishes, &Wishes::otherPasswordWanted, this, [this] {
    jam_.proposePassword();
    showSoon();
  });
  connect(wishes, &Wishes::joinWanted, this, [this](const QString& invitation, const QString& password) {
    needDevice();
    jam_.joinSoon(invitation.toStdString(), wordOrNone(password));
  });
  connect(wishes, &Wishes::joinAnywayWanted, this, [this](const QString& invitation) {
    needDevice();
    jam_.joinSoon(invitation.toStdString(), std::nullopt, engine::OtherHost::accept);
  });
  connect(wishes, &Wishes::forgetRoomWanted, this,
          [this](const QString& invitation) { jam_.forgetRoom(invitation.toStdString()); });
  connect(wishes, &Wishes::aloneWanted, this, [this] {
    needDevice();
    jam_.playAloneSoon();
  });
  connect(wishes, &Wishes::bridgeWanted, this, [this](bool is) { jam_.setBridging(is); });
  connect(wishes, &Wishes::bridgeRightsWanted, this, [this](bool mayChangeTempo, bool mayStartAndStop) {
    jam_.setBridgeRights({mayChangeTempo, mayStartAndStop});
  });
  connect(wishes, &Wishes::knownServerWanted, this, [this](const std::optional<room::ServerAddress>& server) {
    jam_.setKnownServer(server);
    emit knownServerChanged(server);
  });
  connect(wishes, &Wishes::leaveWanted, this, [this] { jam_.leaveSoon(); });
  connect(wishes, &Wishes::sayWanted, this, [this](const QString& text) {
    if (const auto said = jam_.say(text.toStdString()); !said) jam_.complain(said.error().detail);
  });
  connect(wishes, &Wishes::steadyWanted, this, [this](const jam::PlayerId& player, double milliseconds) {
    const Micros total{static_cast<std::int64_t>(milliseconds * 1000)};
    jam_.setMode(player, total > Micros{0} ? stream::DelayMode::steady(total) : stream::DelayMode{});
  });
  connect(wishes, &Wishes::beatsWanted, this, [this](const jam::PlayerId& player, int beats) {
    jam_.setMode(player, beats > 0 ? stream::DelayMode::inBeats(beats) : stream::DelayMode{});
  });
  connect(wishes, &Wishes::intentWanted, this, [this](const jam::PlayerId& player, double intent) {
    jam_.setIntent(player, stream::Intent::of(intent));
  });
}

void JamFeed::carryHostWishes()
{
  auto* const wishes = band_.wishes();
  const auto told = [this](const Result<void>& done) {
    if (!done) jam_.complain(done.error().detail);
  };
  connect(wishes, &Wishes::lockWanted, this, [=, this](bool is) { told(jam_.setLocked(is)); });
  connect(wishes, &Wishes::kickWanted, this,
          [=, this](const jam::PlayerId& player) { told(jam_.order(engine::Jam::Order::kick, player)); });
  connect(wishes, &Wishes::muteMemberWanted, this, [=, this](const jam::PlayerId& player, bool is) {
    told(jam_.order(is ? engine::Jam::Order::mute : engine::Jam::Order::unmute, player));
  });
}

void JamFeed::needDevice()
{
  if (isDeviceAsked_) return;
  isDeviceAsked_ = true;
  jam_.openDeviceSoon(musician_.device);
}

/// One that could not be opened: what was in its way may be gone.
void JamFeed::retryDevice()
{
  const auto device = jam_.snapshot().device;
  if (!device.problem.empty() && device.status.name.empty()) isDeviceAsked_ = false;
}

void JamFeed::showSoon()
{
  if (!soon_.isActive()) soon_.start();
}

void JamFeed::show()
{
  isNewsOnItsWay_ = false;
  const auto snapshot = jam_.snapshot();
  const auto bridge = jam_.bridge();
  band_.show(snapshot);
  band_.show(bridge, snapshot.at);
  band_.show(jam_.reach());
  const bool isOther = bridge.isWanted != bridging_.isWanted || bridge.rights != bridging_.rights;
  bridging_ = {bridge.isWanted, bridge.rights, std::nullopt};
  if (isOther) emit bridgingChanged(bridge.isWanted, bridge.rights);
  if (auto rooms = jam_.rooms(); rooms != rooms_) {
    rooms_ = std::move(rooms);
    emit roomsChanged(rooms_);
  }
  if (auto mix = jam_.mix(); mix != mix_) {
    mix_ = std::move(mix);
    emit mixChanged(mix_);
  }
  if (auto servers = jam_.streamServers(); servers != streamServers_) {
    streamServers_ = std::move(servers);
    emit streamServersChanged(streamServers_);
  }
  const auto& cable = snapshot.device.cable;
  if (std::exchange(trimsTold_, cable.count) != cable.count) emit trimMeasured(cable.trim);
  const bool isSounding = snapshot.device.status.isRunning;
  if (isSounding != levels_.isActive()) isSounding ? levels_.start() : levels_.stop();
  emit shown();
}

} // namespace tutti::app
