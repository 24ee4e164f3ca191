// What the shell does for who carries channels elsewhere.
#include "Service.hpp"

namespace tutti::linkaudio {

using time::HostClock;

std::vector<Channel> LinkAudio::Service::ours()
{
  return ask([this] { return station_.ours(); });
}

Result<std::unique_ptr<Tap>> LinkAudio::Service::tap(const ChannelId& id, Tap::Listener listener)
{
  return ask([&]() -> Result<std::unique_ptr<Tap>> {
    const auto actions = station_.subscribe(id, HostClock::now());
    if (!actions)
      return failure(ErrorKind::refused,
                     "As many channels of others are heard here as fit. Leave one before the next.");
    auto heard = std::make_shared<Tap::Listener>(std::move(listener));
    taps_.emplace(id, heard);
    perform(*actions);
    settleHeard(id);
    return std::make_unique<Tap>(*this, id, std::move(heard));
  });
}

void LinkAudio::Service::untap(const ChannelId& id, const std::shared_ptr<Tap::Listener>& listener)
{
  ask([&] {
    std::erase_if(taps_, [&](const auto& entry) { return entry.second == listener; });
    settleHeard(id);
    perform(station_.unsubscribe(id, HostClock::now()));
  });
}

Result<std::unique_ptr<Feed>> LinkAudio::Service::feed(const ChannelId& id, std::string_view name,
                                                       Feed::Turned turned)
{
  return ask([&]() -> Result<std::unique_ptr<Feed>> {
    const auto actions = station_.publish(id, name, HostClock::now());
    if (!actions)
      return failure(ErrorKind::refused, "There are as many channels of this machine as others could list. "
                                         "Take one away before the next.");
    feeds_.emplace(id, Fed{std::move(turned)});
    perform(*actions);
    settleHeard(id);
    return std::make_unique<Feed>(*this, id);
  });
}

void LinkAudio::Service::distribute(const AudioBuffer& buffer)
{
  send(station_.send(buffer));
  deliver(buffer, HostClock::now());
}

} // namespace tutti::linkaudio
