#include "LinkBridgeMachinery.hpp"

#include <algorithm>
#include <chrono>

#include <tutti/core/Log.hpp>

namespace tutti::bridge {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

constexpr auto kLook = 250ms; // at the room: paths and clocks change without notice

std::vector<RoomMember> fellowsIn(const Showing::Members& members)
{
  std::vector<RoomMember> fellows;
  for (const auto& member : members)
    fellows.push_back({member.id, member.path.has_value(), member.clock, {}});
  return fellows;
}

} // namespace

LinkBridge::Machinery::Machinery(link::Link& link, asio::io_context& control, room::Session& session,
                                 const Rights& ours)
  : link_{link}
  , session_{session}
  , site_{session.status().room.id, session.status().id}
  , rights_{ours}
  , alarm_{control, [this] { wake(); }}
  , snapshot_{std::make_shared<Snapshot>()}
{}

void LinkBridge::Machinery::begin()
{
  link_.onLan([weak = weak_from_this()](const link::LanView& view) {
    if (const auto self = weak.lock()) self->seeLan(view);
  });
  look(HostClock::now());
  arm();
}

void LinkBridge::Machinery::end()
{
  const auto now = HostClock::now();
  perform(site_.leave(now), now);
  isOver_ = true;
  alarm_.set({});
  link_.onLan({});
}

void LinkBridge::Machinery::setRights(const Rights& ours)
{
  if (isOver_) return;
  rights_ = ours;
  look(HostClock::now());
  arm();
}

void LinkBridge::Machinery::hear(const room::Ensemble::BridgeWord& word)
{
  if (isOver_) return;
  const auto message = parseSigned(word.bytes, word.author);
  if (!message) {
    log::room().debug("a bridge's word was refused: {}", message.error().detail);
    return;
  }
  const auto now = HostClock::now();
  const bool isKnown =
    std::ranges::find(members_, word.from, &room::Ensemble::MemberView::id) != members_.end();
  if (!isKnown) look(now); // of a newcomer the word may be faster than our look
  perform(site_.hear(word.from, *message, now), now);
  arm();
}

void LinkBridge::Machinery::seeLan(const link::LanView& view)
{
  if (isOver_) return;
  const auto now = HostClock::now();
  perform(site_.seeLan(view, now), now);
  arm();
}

void LinkBridge::Machinery::look(HostTime now)
{
  lookAt_ = now + kLook;
  members_ = session_.status().members;
  perform(site_.seeRoom(fellowsIn(members_), rights_, now), now);
  publish(now);
}

void LinkBridge::Machinery::wake()
{
  const auto now = HostClock::now();
  if (now >= lookAt_) look(now);
  perform(site_.advance(now), now);
  arm();
}

void LinkBridge::Machinery::arm()
{
  alarm_.set(std::min(lookAt_, site_.nextDeadline()));
}

void LinkBridge::Machinery::perform(const Site::Actions& actions, HostTime now)
{
  for (const auto& action : actions) {
    if (const auto* lan = std::get_if<Site::ToLan>(&action))
      link_.carry(lan->order);
    else if (const auto* room = std::get_if<Site::ToRoom>(&action))
      say(room->message);
    else
      showing_.note(std::get<Notice>(action), members_, now);
  }
  if (!actions.empty()) publish(now);
}

void LinkBridge::Machinery::say(const Message& message)
{
  session_.sayToBridges(encodeSigned(message, session_.keys()));
}

void LinkBridge::Machinery::publish(HostTime now)
{
  auto fresh = std::make_shared<Snapshot>(showing_.show(site_.view(now), members_, rights_, now));
  const std::lock_guard lock{snapshotMutex_};
  snapshot_ = std::move(fresh);
}

std::shared_ptr<const Snapshot> LinkBridge::Machinery::snapshot() const
{
  const std::lock_guard lock{snapshotMutex_};
  return snapshot_;
}

} // namespace tutti::bridge
