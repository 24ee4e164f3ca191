#include <algorithm>
#include <utility>

#include <tutti/net/RtcpReport.hpp>

#include "JamImpl.hpp"

namespace tutti::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto kRefresh = 250ms; // round trips and clocks change without notice
constexpr auto kReport = 1s;
constexpr std::size_t kMostGuests = 63; // with us a full room; more is a directory that lies

tl::unexpected<Error> givenUp()
{
  return failure(ErrorKind::refused, "Joining was given up.");
}

} // namespace

std::stop_token Jam::Impl::nextPlan()
{
  std::stop_source before;
  std::stop_source next;
  {
    const std::lock_guard lock{mutex_};
    before = std::exchange(wish_, next);
  }
  before.request_stop();
  return next.get_token();
}

/// Whoever cancels is out at once, while the network still takes its time.
void Jam::Impl::giveUpJoining()
{
  {
    const std::lock_guard lock{mutex_};
    if (roomState_ != jam::RoomState::joining) return;
    roomState_ = jam::RoomState::none;
    roomProblem_.clear();
  }
  changed();
}

Result<void> Jam::Impl::joinLink(const std::string& link, const std::optional<std::string>& password,
                                 OtherHost otherHost)
{
  const auto invitation = room::Invitation::parse(link);
  if (!invitation) {
    failed(invitation.error());
    return tl::unexpected{invitation.error()};
  }
  const bool isNear = isFromLan(*invitation);
  if (isNear && otherHost == OtherHost::refuse)
    if (auto known = refuseIfOtherHost(*invitation); !known) return known;
  auto joined = join({*invitation, password, settings_.interfaces, false, nearWays(*invitation)});
  if (joined) rememberRoom(*invitation, isNear);
  return joined;
}

Result<void> Jam::Impl::join(const Entry& entry)
{
  leave();
  room::Session::Options options;
  options.password = entry.password;
  options.interfaces = entry.interfaces;
  options.stop = plan_;
  {
    const std::lock_guard lock{mutex_};
    if (plan_.stop_requested()) return givenUp();
    options.name = settings_.name;
    options.instrument = settings_.instrument;
    roomState_ = jam::RoomState::joining;
    tried_ = entry.invitation;
  }
  changed();
  auto session = enter(std::move(options), entry);
  if (!session) {
    failed(session.error());
    return tl::unexpected{session.error()};
  }
  {
    const std::lock_guard lock{mutex_};
    if (plan_.stop_requested()) return givenUp();
    session_ = std::move(*session);
    status_ = session_->status();
    invitation_ = status_.invitation;
    roomState_ = jam::RoomState::joined;
    isAlone_ = entry.isAlone;
    startSpeaking();
  }
  attendBridge();
  changed();
  return {};
}

Result<void> Jam::Impl::host(const HostWish& wish)
{
  leave();
  auto opened = openHost();
  if (!opened) {
    failed(opened.error());
    return tl::unexpected{opened.error()};
  }
  const auto seed = room::drawHostSeed();
  serve::RoomWish room;
  room.name = wish.name;
  room.password = wish.password;
  room.isOpen = wish.isPublic;
  room.host = room::MemberKeys::ofHost(seed).signPublic();
  auto invitation = (*opened)->openRoom(room);
  if (!invitation) {
    failed(invitation.error());
    return tl::unexpected{invitation.error()};
  }
  (*opened)->letIn();
  invitation->hostSeed = seed;
  const auto joined = join({*invitation, wish.password, settings_.interfaces, false});
  const std::lock_guard lock{mutex_};
  if (joined) host_ = std::move(*opened);
  return joined;
}

void Jam::Impl::failed(const Error& error)
{
  {
    const std::lock_guard lock{mutex_};
    if (plan_.stop_requested()) return; // nobody waits for it any more
    roomState_ = session_ ? jam::RoomState::joined : jam::RoomState::none;
    roomProblem_ = error.detail;
    hasOtherHost_ = false;
    asksPassword_ = error.kind == ErrorKind::unauthorized;
  }
  changed();
}

void Jam::Impl::leave(const std::string& why)
{
  std::unique_ptr<serve::Host> host;
  std::unique_ptr<Echo> echo;
  std::unique_ptr<bridge::LinkBridge> bridge;
  std::unique_ptr<room::Session> session;
  {
    const std::lock_guard lock{mutex_};
    stopSpeaking();
    bridge = std::move(bridge_);
    dismissAll();
    session = std::move(session_);
    echo = std::move(echo_);
    host = std::move(host_);
    roomState_ = jam::RoomState::none;
    roomProblem_ = why;
    complainedAt_.reset();
    speakingProblem_.clear();
    isSentAway_ = false;
    asksPassword_ = hasOtherHost_ = false;
    invitation_ = {};
    status_ = {};
  }
  channels_.carried().part();
  bridge.reset();  // says goodbye through the session
  session.reset(); // says goodbye, which takes as long as the network does
  echo.reset();
  host.reset();
  changed();
}

void Jam::Impl::arrived(net::StreamId id, std::span<const std::byte> packet, const room::Way& from,
                        HostTime kernelTime)
{
  if (channels_.carried().arrived(id, packet, kernelTime)) return;
  if (net::isRtcp(packet)) {
    if (const auto report = net::parseRtcp(packet))
      listening_.receiveReport(*report, ownSsrc_.load(), kernelTime);
  } else if (const auto rtp = net::parseRtp(packet)) {
    listening_.receive(*rtp, from, kernelTime);
  }
}

void Jam::Impl::attendRoom(HostTime now)
{
  if (!session_) return;
  if (isRoomStale_.exchange(false) || now - statusAt_ >= kRefresh) {
    statusAt_ = now;
    status_ = session_->status();
    updateDoor();
    if (status_.state == room::Session::State::out) leaveAsSentAway();
    // First those who went: a member may be back at another place, with the same strip.
    for (const auto slot : slotsGone()) dismiss(slot);
    for (const auto& member : status_.members) {
      greet(member);
      listening_.setClock(member.slot, member.clock);
    }
    attendModes();
    if (bridge_) channels_.carried().follow(bridge_->snapshot());
  }
  if (session_->slot() != slotSpoken_) startSpeaking();
  for (auto& begun : listening_.takeBegun()) unknown_.push_back(std::move(begun));
  for (const auto& begun : std::exchange(unknown_, {})) begin(begun);
  sendReport(now);
}

/// The session cannot be ended while we look after it.
void Jam::Impl::leaveAsSentAway()
{
  if (std::exchange(isSentAway_, true)) return;
  errands_.doSoon([this, why = status_.problem] { leave(why); });
}

std::vector<jam::Slot> Jam::Impl::slotsGone() const
{
  std::vector<jam::Slot> gone;
  for (const auto& [slot, guest] : guests_) {
    const auto isHere = [&](const auto& member) {
      return member.slot == slot && member.id.text() == guest.id.text;
    };
    if (std::ranges::none_of(status_.members, isHere)) gone.push_back(slot);
  }
  return gone;
}

void Jam::Impl::greet(const room::Ensemble::MemberView& member)
{
  const jam::PlayerId id{member.id.text()};
  if (guests_.contains(member.slot) || guests_.size() >= kMostGuests) return;
  auto& guest = guests_[member.slot];
  guest.id = id;
  guest.number = ++guestsGreeted_;
  guest.name = member.name;
  guest.intent = settings_.intent;
  guest.mode = settings_.mode;
  guest.source = std::make_shared<jam::FromPlayer>(nullptr, 2); // silent until the first packet
  listening_.setIntent(member.slot, guest.intent);
  desk_.add(id, guest.name, guest.source);
  giveDirectOut(guest);
  giveTrack(guest);
}

void Jam::Impl::begin(const jam::Listening::Begun& begun)
{
  constexpr std::size_t kMostUnknown = 64;
  const auto found = guests_.find(begun.slot);
  if (found == guests_.end()) {
    if (unknown_.size() < kMostUnknown) unknown_.push_back(begun);
    return;
  }
  auto& guest = found->second;
  guest.source = std::make_shared<jam::FromPlayer>(begun.playout, begun.channels);
  guest.source->setDeviceOut(deviceStatus_.deviceOut);
  desk_.replace(guest.id, guest.source);
}

void Jam::Impl::giveDirectOut(Guest& guest)
{
  if (!settings_.hasDirectOuts || !device_ || guest.directOut) return;
  const auto pair = device_->addOutputs("player-" + guest.name);
  if (!pair) return; // a device whose outputs have no names
  guest.directOut = *pair;
  desk_.setDirectOut(guest.id, *pair);
}

void Jam::Impl::dismiss(jam::Slot slot)
{
  const auto guest = guests_.find(slot);
  if (guest == guests_.end()) return;
  listening_.forget(slot);
  if (recording_ && guest->second.track) recording_->end(guest->second.track);
  desk_.remove(guest->second.id);
  if (guest->second.directOut && device_) device_->removeOutputs(*guest->second.directOut);
  guests_.erase(guest);
}

void Jam::Impl::dismissAll()
{
  while (!guests_.empty()) dismiss(guests_.begin()->first);
  unknown_.clear();
}

void Jam::Impl::sendReport(HostTime now)
{
  if (!speaking_) return;
  speaking_->setEarlierFrames(listening_.earlierFrames(now));
  if (now - reportAt_ < kReport) return;
  reportAt_ = now;
  const auto report = listening_.makeReport(ownSsrc_.load());
  if (!report.blocks.empty()) speaking_->report(net::encodeRtcp(report));
}

Result<void> Jam::Impl::say(const std::string& text)
{
  const std::lock_guard lock{mutex_};
  if (!session_) return failure(ErrorKind::refused, "There is nobody to talk to before a room is joined.");
  return session_->say(text);
}

Result<void> Jam::Impl::order(room::Order::What what, const std::optional<jam::PlayerId>& player)
{
  const std::lock_guard lock{mutex_};
  if (!session_) return failure(ErrorKind::refused, "Only in a room there is somebody to decide about.");
  const auto target = player ? room::MemberId::parse(player->text) : room::MemberId{};
  if (!target) return failure(ErrorKind::refused, "That player has left already.");
  return session_->order(what, *target);
}

} // namespace tutti::engine
