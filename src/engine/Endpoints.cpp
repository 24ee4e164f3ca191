#include <tutti/engine/Endpoints.hpp>

#include <utility>

#include <tutti/patch/DeviceModules.hpp>

#include "EndpointsImpl.hpp"

namespace tutti::engine {

Result<std::unique_ptr<Endpoints>> Endpoints::open(EndpointSettings settings)
{
  auto impl = std::make_unique<Impl>(std::move(settings));
  if (auto opened = impl->open(); !opened) return tl::unexpected{opened.error()};
  return std::unique_ptr<Endpoints>{new Endpoints{std::move(impl)}};
}

Endpoints::Endpoints(std::unique_ptr<Impl> impl)
  : impl_{std::move(impl)}
{}

Endpoints::~Endpoints() = default;

EndpointSnapshot Endpoints::snapshot()
{
  return impl_->snapshot();
}

std::vector<EndpointEvent> Endpoints::takeEvents()
{
  return impl_->takeEvents();
}

Endpoints::Impl::Impl(EndpointSettings settings)
  : settings_{std::move(settings)}
  , calls_{settings_.name, settings_.servers}
{}

Endpoints::Impl::~Impl()
{
  {
    const std::lock_guard lock{overMutex_};
    isOver_ = true;
  }
  over_.notify_one();
  if (attendant_.joinable()) attendant_.join();
}

Result<void> Endpoints::Impl::open()
{
  auto device = settings_.deviceOpener(settings_.device, patch_.processor());
  if (!device) return tl::unexpected{device.error()};
  device_ = std::move(*device);
  next_.device = device_->status();
  patch_.setDeviceOut(next_.device.deviceOut);
  // A recording begins last: who cannot begin leaves no file.
  return begin().and_then([this] { return record(); }).map([this] {
    lookAround(time::HostClock::now());
    attendant_ = std::thread{[this] { attend(); }};
  });
}

Result<void> Endpoints::Impl::record()
{
  if (!settings_.recording.folder && !settings_.recording.mix) return {};
  return jam::Recording::begin(settings_.recording, next_.device.rate)
    .and_then([this](std::shared_ptr<jam::Recording> recording) {
      recording_ = recording;
      return patch_.record(std::move(recording));
    });
}

/// All that depends on the rate of the device.
Result<void> Endpoints::Impl::begin()
{
  end();
  return serve().and_then([this] { return beClient(); });
}

void Endpoints::Impl::end()
{
  server_.reset();
  calls_.end();
  source_.reset();
  patch_.keep({});
}

Result<void> Endpoints::Impl::serve()
{
  if (!settings_.serving) return {};
  auto& serving = *settings_.serving;
  endpoint::EndpointServer::Options options{
    settings_.name, {}, serving.toServer, next_.device.rate, serving.port};
  std::vector<std::shared_ptr<patch::Module>> sources;
  for (const auto& offered : serving.fromServer) {
    options.fromServer.push_back(offered.about);
    auto source = makeSource(offered.source, offered.about.format.channels);
    if (!source) return tl::unexpected{source.error()};
    sources.push_back(std::move(*source));
  }
  auto server = endpoint::EndpointServer::open(std::move(options));
  if (!server) return tl::unexpected{server.error()};
  server_ = std::move(*server);
  serving.port = server_->port(); // the same after the device's rate has changed
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto& about = serving.fromServer[i].about;
    if (auto fed = patch_.feed(server_->door(i), about.format.channels, sources[i], about.name); !fed)
      return fed;
  }
  return {};
}

Result<void> Endpoints::Impl::beClient()
{
  if (settings_.servers.empty() && !settings_.looksAround) return {};
  auto source = makeSource(settings_.source, 2);
  if (!source) return tl::unexpected{source.error()};
  source_ = std::move(*source);
  return calls_.begin(next_.device.rate);
}

Result<std::shared_ptr<patch::Module>> Endpoints::Impl::makeSource(const MakeSource& source,
                                                                   std::size_t channels) const
{
  if (source) return source(next_.device.rate);
  return std::make_shared<patch::DeviceInput>(patch::DeviceChannels{.first = 0, .count = channels});
}

EndpointSnapshot Endpoints::Impl::snapshot()
{
  const std::lock_guard lock{mutex_};
  return shown_;
}

std::vector<EndpointEvent> Endpoints::Impl::takeEvents()
{
  const std::lock_guard lock{mutex_};
  return std::exchange(events_, {});
}

} // namespace tutti::engine
