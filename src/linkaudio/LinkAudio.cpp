#include <tutti/linkaudio/LinkAudio.hpp>

#include "Service.hpp"

namespace tutti::linkaudio {

LinkAudio::LinkAudio(link::Link& link, std::string_view peerName)
  : service_{std::make_unique<Service>(link, peerName)}
{}
LinkAudio::~LinkAudio() = default;

void LinkAudio::enable()
{
  service_->setEnabled(true);
}
void LinkAudio::disable()
{
  service_->setEnabled(false);
}
bool LinkAudio::isEnabled() const
{
  return service_->isEnabled();
}

void LinkAudio::setPeerName(std::string_view name)
{
  service_->setPeerName(std::string{name});
}

std::vector<Channel> LinkAudio::channels() const
{
  return service_->channels();
}
void LinkAudio::onChannels(std::function<void()> callback)
{
  service_->onChannels(std::move(callback));
}

Result<std::unique_ptr<Publication>> LinkAudio::publish(std::string_view name)
{
  return service_->publish(name);
}
Result<std::unique_ptr<Subscription>> LinkAudio::subscribe(const ChannelId& channel, Placement placement)
{
  return service_->subscribe(channel, placement);
}

LinkAudioStatus LinkAudio::status() const
{
  return service_->status();
}

asio::io_context& LinkAudio::network()
{
  return service_->network();
}
std::vector<Channel> LinkAudio::ours() const
{
  return service_->ours();
}
Result<std::unique_ptr<Tap>>
LinkAudio::tap(const ChannelId& channel, std::function<void(const AudioBuffer&, HostTime arrived)> listener)
{
  return service_->tap(channel, std::move(listener));
}
Result<std::unique_ptr<Feed>> LinkAudio::feed(const ChannelId& id, std::string_view name,
                                              std::function<void(bool isHeard)> turned)
{
  return service_->feed(id, name, std::move(turned));
}

Publication::Publication(LinkAudio::Service& service, std::shared_ptr<Sink> sink)
  : service_{service}
  , sink_{std::move(sink)}
{}
Publication::~Publication()
{
  service_.withdraw(id());
}

void Publication::rename(std::string_view name)
{
  service_.rename(id(), std::string{name});
}
Sink::Counts Publication::takeCounts()
{
  return service_.takeCounts(*sink_);
}

Subscription::Subscription(LinkAudio::Service& service, std::shared_ptr<Source> source)
  : service_{service}
  , source_{std::move(source)}
{}
Subscription::~Subscription()
{
  service_.unsubscribe(source_);
}

void Subscription::setPlacement(Placement placement)
{
  service_.place(source_, placement);
}
SourceSnapshot Subscription::takeSnapshot()
{
  return service_.takeSnapshot(*source_);
}

Tap::Tap(LinkAudio::Service& service, ChannelId id, std::shared_ptr<Listener> listener)
  : service_{service}
  , id_{id}
  , listener_{std::move(listener)}
{}
Tap::~Tap()
{
  service_.untap(id_, listener_);
}

Feed::Feed(LinkAudio::Service& service, ChannelId id)
  : service_{service}
  , id_{id}
{}
Feed::~Feed()
{
  service_.withdraw(id_);
}

void Feed::rename(std::string_view name)
{
  service_.rename(id_, std::string{name});
}
void Feed::send(const AudioBuffer& buffer)
{
  service_.distribute(buffer);
}

} // namespace tutti::linkaudio
