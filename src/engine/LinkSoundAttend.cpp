#include <algorithm>
#include <chrono>
#include <utility>

#include "LinkSoundImpl.hpp"

/// What the attendant does.
namespace tutti::engine {
namespace {

using namespace std::chrono_literals;
using Kind = LinkSoundEvent::Kind;

constexpr auto kOften = 50ms;
constexpr auto kPatience = 30s;           // with a channel that has gone: it comes back as the same one
constexpr std::size_t kMostEvents = 1000; // nobody asks: the older ones are forgotten

bool haveSameNames(const linkaudio::Channel& a, const linkaudio::Channel& b)
{
  return a.name == b.name && a.peerName == b.peerName;
}

} // namespace

void LinkSound::Impl::attend()
{
  std::unique_lock lock{overMutex_};
  while (!over_.wait_for(lock, kOften, [this] { return isOver_; })) {
    lock.unlock();
    lookAround(time::HostClock::now());
    lock.lock();
  }
}

void LinkSound::Impl::lookAround(HostTime now)
{
  patch_.setQuantum(quantum_());
  attendDevice(now);
  attendRecording(now);
  attendBeats(now);
  attendChannels(now);
  patch_.tend();
  look();
  const std::lock_guard lock{mutex_};
  shown_ = next_;
}

void LinkSound::Impl::attendDevice(HostTime now)
{
  const auto before = std::exchange(next_.device, device_->status());
  while (const auto event = device_->tryPopEvent())
    if (event->kind == audio::DeviceEvent::Kind::lost)
      complain(now, before.name + " is gone. The others hear nothing of it; it is waited for.");
  if (before.deviceOut != next_.device.deviceOut) patch_.setDeviceOut(next_.device.deviceOut);
  if (before.rate == next_.device.rate) return;
  if (const auto fed = feed(); !fed) complain(now, fed.error().detail);
}

void LinkSound::Impl::attendRecording(HostTime now)
{
  if (!recording_) return;
  const auto problem = recording_->status().problem;
  if (std::exchange(recordingProblem_, problem) != problem && !problem.empty()) complain(now, problem);
}

void LinkSound::Impl::attendBeats(HostTime now)
{
  next_.peers = link_.peerCount();
  next_.grid = linkaudio::SessionGrid::of(link_.captureApp());
  if (toldGrid_ == next_.grid) return;
  toldGrid_ = next_.grid;
  tell({Kind::beats, now, {}, next_.grid, {}});
}

void LinkSound::Impl::attendChannels(HostTime now)
{
  auto channels = audio_.channels();
  for (const auto& channel : channels)
    if (isWanted(channel)) fetch(channel, now);
  leaveWhoIsGone(now);
  if (channels == next_.channels) return;
  next_.channels = std::move(channels);
  tell({Kind::channels, now, next_.channels, {}, {}});
}

bool LinkSound::Impl::isWanted(const linkaudio::Channel& channel) const
{
  return std::ranges::any_of(settings_.wanted, [&](const auto& wanted) { return wanted.fits(channel); });
}

void LinkSound::Impl::fetch(const linkaudio::Channel& channel, HostTime now)
{
  if (const auto known = fetched_.find(channel.id); known != fetched_.end()) {
    known->second.channel = channel;
    known->second.listedAt = now;
    return;
  }
  auto subscription = audio_.subscribe(channel.id, settings_.placement);
  const auto heard = subscription
                       ? patch_.hear((*subscription)->source(), channel.peerName + ' ' + channel.name)
                       : Result<void>{tl::unexpected{subscription.error()}};
  if (!heard) {
    if (std::exchange(fullProblem_, heard.error().detail) != heard.error().detail)
      complain(now, heard.error().detail);
    return;
  }
  fullProblem_.clear();
  fetched_.emplace(channel.id, Fetched{channel, std::move(*subscription), now});
}

void LinkSound::Impl::leaveWhoIsGone(HostTime now)
{
  const auto isReplaced = [&](const Fetched& one) {
    return std::ranges::any_of(fetched_, [&](const auto& other) {
      return other.second.listedAt == now && haveSameNames(other.second.channel, one.channel);
    });
  };
  std::vector<linkaudio::ChannelId> gone;
  for (const auto& [id, one] : fetched_)
    if (one.listedAt != now && (now - one.listedAt > kPatience || isReplaced(one) || !isWanted(one.channel)))
      gone.push_back(id);
  for (const auto& id : gone) {
    patch_.leave(id);
    fetched_.erase(id);
  }
}

void LinkSound::Impl::look()
{
  next_.network = audio_.status();
  next_.recorded = patch_.recorded();
  next_.published.clear();
  for (std::size_t i = 0; i < published_.size(); ++i)
    next_.published.push_back({settings_.published[i].name, published_[i]->id(), published_[i]->isHeard(),
                               published_[i]->takeCounts()});
  next_.heard.clear();
  for (const auto& [id, one] : fetched_)
    next_.heard.push_back(
      {one.channel, std::ranges::find(next_.channels, id, &linkaudio::Channel::id) != next_.channels.end(),
       one.subscription->takeSnapshot()});
}

void LinkSound::Impl::tell(LinkSoundEvent event)
{
  const std::lock_guard lock{mutex_};
  events_.push_back(std::move(event));
  if (events_.size() > kMostEvents) events_.erase(events_.begin());
}

void LinkSound::Impl::complain(HostTime now, const std::string& sentence)
{
  tell({Kind::problem, now, {}, {}, sentence});
}

} // namespace tutti::engine
