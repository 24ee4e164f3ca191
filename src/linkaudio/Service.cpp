#include "Service.hpp"

#include <tutti/rt/Priority.hpp>

namespace tutti::linkaudio {
namespace {

using time::HostClock;

std::uint64_t freshSeed()
{
  std::random_device entropy;
  return static_cast<std::uint64_t>(entropy()) << 32U | entropy();
}

} // namespace

LinkAudio::Service::Service(link::Link& link, std::string_view peerName)
  : link_{link}
  , random_{freshSeed()}
  , station_{peerName}
{
  door_->context = &context_;
  thread_ = std::thread{[this] { run(); }};
  listenToLink();
}

LinkAudio::Service::~Service()
{
  link_.onAudio({});
  {
    const std::lock_guard lock{door_->mutex};
    door_->context = nullptr;
  }
  onChannels({});
  setEnabled(false);
  ask([this] {
    alarm_.set({});
    pulse_.set({});
  });
  work_.reset();
  context_.stop();
  thread_.join();
}

void LinkAudio::Service::run()
{
  static_cast<void>(rt::becomeUrgent(rt::Urgency::media)); // the doctor tells who may not
  context_.run();
}

void LinkAudio::Service::listenToLink()
{
  link_.onAudio([this, door = door_](const link::AudioView& view) {
    const std::lock_guard lock{door->mutex};
    if (door->context != nullptr) asio::post(*door->context, [this, view] { follow(view); });
  });
}

void LinkAudio::Service::setEnabled(bool isEnabled)
{
  if (isEnabled_.exchange(isEnabled) == isEnabled) return;
  ask([this] { settle(); });
}

void LinkAudio::Service::setPeerName(std::string name)
{
  ask([&] { perform(station_.rename(name, HostClock::now())); });
}

std::vector<Channel> LinkAudio::Service::channels() const
{
  const std::lock_guard lock{mutex_};
  return channels_;
}

void LinkAudio::Service::onChannels(std::function<void()> callback)
{
  const std::lock_guard lock{mutex_};
  onChannels_ = std::move(callback);
}

LinkAudioStatus LinkAudio::Service::status()
{
  return ask([this] {
    LinkAudioStatus status;
    for (const auto& [local, socket] : sockets_)
      status.gateways.push_back({local.interfaceName, local.address, true, {}});
    for (const auto& [local, problem] : problems_)
      status.gateways.push_back({local.interfaceName, local.address, false, problem});
    status.refusals = station_.refusals();
    return status;
  });
}

ChannelId LinkAudio::Service::drawId()
{
  return {NodeId::random(random_)};
}

Result<std::unique_ptr<Publication>> LinkAudio::Service::publish(std::string_view name)
{
  return ask([&]() -> Result<std::unique_ptr<Publication>> {
    auto sink = std::make_shared<Sink>(drawId());
    const auto actions = station_.publish(sink->id(), name, HostClock::now());
    if (!actions)
      return failure(ErrorKind::refused, "There are as many channels of this machine as others could list. "
                                         "Take one away before the next.");
    sinks_[sink->id()] = sink;
    perform(*actions);
    return std::make_unique<Publication>(*this, std::move(sink));
  });
}

void LinkAudio::Service::rename(const ChannelId& id, std::string name)
{
  ask([&] { perform(station_.rename(id, name, HostClock::now())); });
}

void LinkAudio::Service::withdraw(const ChannelId& id)
{
  ask([&] {
    const auto sink = sinks_.extract(id);
    if (!sink.empty()) sink.mapped()->setHeard(false);
    feeds_.erase(id);
    heard_.erase(id);
    keepTime();
    perform(station_.withdraw(id, HostClock::now()));
  });
}

Sink::Counts LinkAudio::Service::takeCounts(Sink& sink)
{
  return ask([&] { return sink.takeCounts(); });
}

Result<std::unique_ptr<Subscription>> LinkAudio::Service::subscribe(const ChannelId& id, Placement placement)
{
  return ask([&]() -> Result<std::unique_ptr<Subscription>> {
    const auto now = HostClock::now();
    const auto actions = station_.subscribe(id, now);
    if (!actions)
      return failure(ErrorKind::refused,
                     "As many channels of others are heard here as fit. Leave one before the next.");
    auto source = std::make_shared<Source>(id, placement);
    source->follow(view_.session, now);
    sources_.emplace(id, source);
    perform(*actions);
    settleHeard(id);
    return std::make_unique<Subscription>(*this, std::move(source));
  });
}

void LinkAudio::Service::unsubscribe(const std::shared_ptr<Source>& source)
{
  ask([&] {
    std::erase_if(sources_, [&](const auto& entry) { return entry.second == source; });
    settleHeard(source->id());
    perform(station_.unsubscribe(source->id(), HostClock::now()));
  });
}

void LinkAudio::Service::place(const std::shared_ptr<Source>& source, Placement placement)
{
  ask([&] { source->setPlacement(placement, HostClock::now()); });
}

SourceSnapshot LinkAudio::Service::takeSnapshot(Source& source)
{
  const auto grid = SessionGrid::of(link_.captureApp());
  return ask([&] { return source.takeSnapshot(grid, HostClock::now()); });
}

void LinkAudio::Service::perform(const Station::Actions& actions)
{
  send(actions);
  for (const auto& action : actions) report(action);
  alarm_.set(station_.nextDeadline());
}

void LinkAudio::Service::report(const Station::Action& action)
{
  if (const auto* heard = std::get_if<Station::Heard>(&action)) return deliver(heard->buffer, arrived_);
  if (const auto* turn = std::get_if<Station::Turned>(&action)) return settleHeard(turn->channel);
  if (!std::holds_alternative<Station::ChannelsChanged>(action)) return;
  std::function<void()> callback;
  {
    const std::lock_guard lock{mutex_};
    channels_ = station_.channels();
    callback = onChannels_;
  }
  if (callback) callback();
}

void LinkAudio::Service::deliver(const AudioBuffer& buffer, HostTime arrived)
{
  const auto now = HostClock::now();
  const auto [first, last] = sources_.equal_range(buffer.channel);
  for (auto source = first; source != last; ++source) source->second->receive(buffer, arrived, now);
  const auto [tap, end] = taps_.equal_range(buffer.channel);
  for (auto one = tap; one != end; ++one) (*one->second)(buffer, arrived);
}

/// Whether a channel of ours is listened to: by another peer, or here.
void LinkAudio::Service::settleHeard(const ChannelId& id)
{
  const bool isHeard = station_.isWanted(id) || sources_.contains(id) || taps_.contains(id);
  if (const auto sink = sinks_.find(id); sink != sinks_.end()) {
    if (isHeard)
      heard_.insert(id);
    else
      heard_.erase(id);
    sink->second->setHeard(isHeard);
  }
  if (const auto fed = feeds_.find(id);
      fed != feeds_.end() && std::exchange(fed->second.isHeard, isHeard) != isHeard)
    asio::post(context_, [turned = fed->second.turned, isHeard] { turned(isHeard); });
  keepTime();
}

} // namespace tutti::linkaudio
