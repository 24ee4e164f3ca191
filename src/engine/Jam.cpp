#include <tutti/engine/Jam.hpp>

#include "JamImpl.hpp"

namespace tutti::engine {

Jam::Jam(JamSettings settings, std::function<time::BeatGrid()> grid)
  : impl_{std::make_unique<Impl>(std::move(settings), std::move(grid))}
{}
Jam::~Jam() = default;

Result<void> Jam::openDevice(const audio::DeviceWish& wish)
{
  impl_->wishDevice(wish);
  return impl_->errands().doAndWait([&] { return impl_->openDevice(wish); });
}
Result<void> Jam::join(const std::string& invitation, const std::optional<std::string>& password)
{
  return impl_->errands().doAndWait(
    impl_->planned([&] { return impl_->joinLink(invitation, password, OtherHost::refuse); }));
}
Result<void> Jam::host(const HostWish& wish)
{
  return impl_->errands().doAndWait(impl_->planned([&] { return impl_->host(wish); }));
}
Result<void> Jam::playAlone()
{
  return impl_->errands().doAndWait(impl_->planned([&] { return impl_->playAlone(); }));
}
Result<audio::CableReading> Jam::measureCable()
{
  return impl_->errands().doAndWait([&] { return impl_->measureCable(); });
}

void Jam::lookForDevicesSoon(Look look)
{
  impl_->errands().doSoon([this, look] { impl_->lookForDevices(look); });
}
void Jam::openDeviceSoon(const audio::DeviceWish& wish)
{
  impl_->wishDevice(wish);
  impl_->errands().doSoon([this, wish] { static_cast<void>(impl_->openDevice(wish)); });
}
void Jam::joinSoon(const std::string& invitation, const std::optional<std::string>& password,
                   OtherHost otherHost)
{
  impl_->errands().doSoon(
    impl_->planned([=, this] { static_cast<void>(impl_->joinLink(invitation, password, otherHost)); }));
}
void Jam::hostSoon(const HostWish& wish)
{
  impl_->errands().doSoon(impl_->planned([this, wish] { static_cast<void>(impl_->host(wish)); }));
}
void Jam::playAloneSoon()
{
  impl_->errands().doSoon(impl_->planned([this] { static_cast<void>(impl_->playAlone()); }));
}
void Jam::measureCableSoon()
{
  impl_->errands().doSoon([this] { static_cast<void>(impl_->measureCable()); });
}
void Jam::leaveSoon()
{
  impl_->errands().doSoon(impl_->planned([this] { impl_->leave(); }));
  impl_->giveUpJoining();
}

void Jam::forgetRoom(const std::string& invitation)
{
  impl_->forgetRoom(invitation);
}
Settings::Rooms Jam::rooms()
{
  return impl_->rooms();
}
Settings::Mix Jam::mix()
{
  return impl_->mix();
}

void Jam::introduce(const std::string& name, const std::string& instrument)
{
  impl_->introduce(name, instrument);
}
void Jam::proposePassword()
{
  impl_->proposePassword();
}
void Jam::withDesk(const std::function<void(jam::Desk&)>& change)
{
  impl_->withDesk(change);
}
patch::Snapshot Jam::patch()
{
  return impl_->patch();
}
Result<void> Jam::loadPatch(const patch::Snapshot& snapshot)
{
  return impl_->loadPatch(snapshot);
}
void Jam::clearInputClips()
{
  impl_->clearInputClips();
}
void Jam::complain(const std::string& sentence)
{
  impl_->complain(sentence);
}
void Jam::setMutedToRoom(bool isMuted)
{
  impl_->setMutedToRoom(isMuted);
}
void Jam::setTalking(bool isTalking)
{
  impl_->setTalking(isTalking);
}
void Jam::setIntent(const jam::PlayerId& player, stream::Intent intent)
{
  impl_->setIntent(player, intent);
}
void Jam::setMode(const jam::PlayerId& player, stream::DelayMode mode)
{
  impl_->setMode(player, mode);
}
Result<void> Jam::say(const std::string& text)
{
  return impl_->say(text);
}

Result<void> Jam::order(Order order, const jam::PlayerId& player)
{
  using What = room::Order::What;
  return impl_->order(order == Order::kick   ? What::kick
                      : order == Order::mute ? What::mute
                                             : What::unmute,
                      player);
}

Result<void> Jam::setLocked(bool isLocked)
{
  return impl_->order(isLocked ? room::Order::What::lock : room::Order::What::unlock, std::nullopt);
}

void Jam::setBridging(bool isWanted)
{
  impl_->setBridging(isWanted);
}
void Jam::setBridgeRights(const bridge::Rights& rights)
{
  impl_->setBridgeRights(rights);
}
BridgeStatus Jam::bridge()
{
  return impl_->bridge();
}

void Jam::setKnownServer(const std::optional<room::ServerAddress>& server)
{
  impl_->setKnownServer(server);
}
std::optional<serve::Reach> Jam::reach()
{
  return impl_->reach();
}

void Jam::connectStreams(const std::string& server)
{
  impl_->lan().connect(server);
}
void Jam::disconnectStreams(const std::string& server)
{
  impl_->lan().disconnect(server);
}
Result<void> Jam::offerStream(const LanOffer& offer)
{
  return impl_->lan().offer(offer);
}
void Jam::withdrawStream(const std::string& name)
{
  impl_->lan().withdraw(name);
}
std::vector<std::string> Jam::streamServers()
{
  return impl_->lan().wanted();
}
LanSnapshot Jam::lan()
{
  return impl_->lan().snapshot();
}

void Jam::setLinkAudio(bool isOn)
{
  impl_->channels().setOn(isOn);
}
void Jam::listenTo(const linkaudio::ChannelId& channel)
{
  impl_->channels().listen(channel);
}
void Jam::stopListening(const std::string& guest)
{
  impl_->channels().stopListening(guest);
}
void Jam::placeChannel(const std::string& guest, linkaudio::Placement placement)
{
  impl_->channels().place(guest, placement);
}
Result<void> Jam::publishChannel(const ChannelOffer& offer)
{
  return impl_->channels().publish(offer);
}
void Jam::withdrawChannel(const std::string& name)
{
  impl_->channels().withdraw(name);
}
void Jam::publishEverybody(bool doesSo)
{
  impl_->channels().publishEverybody(doesSo);
}
void Jam::carryChannel(const linkaudio::ChannelPattern& channel, bool isWanted)
{
  impl_->channels().carry(channel, isWanted);
}
ChannelsWish Jam::channelsWish()
{
  return impl_->channels().toRemember();
}
ChannelsSnapshot Jam::channels()
{
  return impl_->channels().snapshot();
}

Result<void> Jam::addProgram(const patch::ProcessDescription& program)
{
  return impl_->addProgram(program);
}
void Jam::removeProgram(const std::string& name)
{
  impl_->removeProgram(name);
}
void Jam::approveProgram(const patch::ProcessDescription& program)
{
  impl_->programs().approve(program);
}
void Jam::approvePrograms()
{
  impl_->programs().approveAll();
}
void Jam::startAgain(const std::string& program)
{
  impl_->programs().again(program);
}
module::Approvals Jam::programsApproved()
{
  return impl_->programs().approvals();
}
ProgramsSnapshot Jam::programs()
{
  return impl_->programs().snapshot();
}

void Jam::setInstrument(std::shared_ptr<patch::Module> instrument)
{
  impl_->setInstrument(std::move(instrument));
}
Result<void> Jam::record(const jam::RecordingWish& wish)
{
  return impl_->record(wish);
}
void Jam::stopRecording()
{
  impl_->stopRecording();
}
jam::JamSnapshot Jam::snapshot()
{
  return impl_->snapshot();
}
void Jam::onChange(std::function<void()> callback)
{
  impl_->setCallback(std::move(callback));
}

} // namespace tutti::engine
