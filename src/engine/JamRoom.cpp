#include <utility>

#include <tutti/net/RtcpReport.hpp>

#include "JamImpl.hpp"

namespace tutti::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto kRefresh = 250ms; // round trips and clocks change without notice

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
    voice_.setMutedByHost(status_.areWeMuted);
    speak();
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
    voice_.end();
    bridge = std::move(bridge_);
    company_.dismissAll();
    session = std::move(session_);
    echo = std::move(echo_);
    host = std::move(host_);
    roomState_ = jam::RoomState::none;
    roomProblem_ = why;
    complainedAt_.reset();
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
      listening_.receiveReport(*report, voice_.source(), kernelTime);
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
    voice_.setMutedByHost(status_.areWeMuted);
    if (status_.state == room::Session::State::out) leaveAsSentAway();
    company_.follow(status_.members);
    if (bridge_) channels_.carried().follow(bridge_->snapshot());
  }
  if (session_->slot() != voice_.slot()) speak();
  company_.attendStreams();
  voice_.attend(listening_, now);
}

/// The session cannot be ended while we look after it.
void Jam::Impl::leaveAsSentAway()
{
  if (std::exchange(isSentAway_, true)) return;
  errands_.doSoon([this, why = status_.problem] { leave(why); });
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
