#include <tutti/engine/LinkSound.hpp>

#include <utility>

#include <tutti/patch/DeviceModules.hpp>

#include "LinkSoundImpl.hpp"

namespace tutti::engine {

Result<std::unique_ptr<LinkSound>> LinkSound::open(LinkSoundSettings settings, link::Link& link,
                                                   std::function<time::Beats()> quantum)
{
  auto impl = std::make_unique<Impl>(std::move(settings), link, std::move(quantum));
  if (auto opened = impl->open(); !opened) return tl::unexpected{opened.error()};
  return std::unique_ptr<LinkSound>{new LinkSound{std::move(impl)}};
}

LinkSound::LinkSound(std::unique_ptr<Impl> impl)
  : impl_{std::move(impl)}
{}
LinkSound::~LinkSound() = default;

LinkSoundSnapshot LinkSound::snapshot()
{
  return impl_->snapshot();
}
std::vector<LinkSoundEvent> LinkSound::takeEvents()
{
  return impl_->takeEvents();
}

LinkSound::Impl::Impl(LinkSoundSettings settings, link::Link& link, std::function<time::Beats()> quantum)
  : settings_{std::move(settings)}
  , link_{link}
  , quantum_{std::move(quantum)}
  , patch_{link}
  , audio_{link, settings_.name}
{}

LinkSound::Impl::~Impl()
{
  {
    const std::lock_guard lock{overMutex_};
    isOver_ = true;
  }
  over_.notify_one();
  if (attendant_.joinable()) attendant_.join();
}

Result<void> LinkSound::Impl::open()
{
  patch_.setQuantum(quantum_());
  auto device = settings_.deviceOpener(settings_.device, patch_.processor());
  if (!device) return tl::unexpected{device.error()};
  device_ = std::move(*device);
  next_.device = device_->status();
  patch_.setDeviceOut(next_.device.deviceOut);
  // A recording begins last: who cannot begin leaves no file.
  return publish().and_then([this] { return record(); }).map([this] {
    audio_.enable();
    lookAround(time::HostClock::now());
    attendant_ = std::thread{[this] { attend(); }};
  });
}

Result<void> LinkSound::Impl::record()
{
  if (!settings_.recording.folder && !settings_.recording.mix) return {};
  return jam::Recording::begin(settings_.recording, next_.device.rate)
    .and_then([this](std::shared_ptr<jam::Recording> recording) {
      recording_ = recording;
      return patch_.record(std::move(recording));
    });
}

Result<void> LinkSound::Impl::publish()
{
  for (const auto& wish : settings_.published) {
    auto publication = audio_.publish(wish.name);
    if (!publication) return tl::unexpected{publication.error()};
    published_.push_back(std::move(*publication));
  }
  return feed();
}

/// All that depends on the rate of the device.
Result<void> LinkSound::Impl::feed()
{
  patch_.unpublish();
  for (std::size_t i = 0; i < published_.size(); ++i) {
    const auto& wish = settings_.published[i];
    auto source = makeSource(wish.source);
    if (!source) return tl::unexpected{source.error()};
    if (auto fed = patch_.publish(published_[i]->sink(), *source, wish.name); !fed) return fed;
  }
  return {};
}

Result<std::shared_ptr<patch::Module>> LinkSound::Impl::makeSource(const MakeSource& source) const
{
  if (source) return source(next_.device.rate);
  return std::make_shared<patch::DeviceInput>(patch::DeviceChannels{.first = 0, .count = 2});
}

LinkSoundSnapshot LinkSound::Impl::snapshot()
{
  const std::lock_guard lock{mutex_};
  return shown_;
}

std::vector<LinkSoundEvent> LinkSound::Impl::takeEvents()
{
  const std::lock_guard lock{mutex_};
  return std::exchange(events_, {});
}

} // namespace tutti::engine
