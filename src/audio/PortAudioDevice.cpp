#include "PortAudioDevice.hpp"

#include <tutti/core/Log.hpp>

namespace tutti::audio {
namespace {

constexpr Micros kSlowStart{1'000'000};
constexpr int kReturnEvery = 10; // looks of the attendant: PortAudio takes a while to see what is plugged in

} // namespace

Result<std::unique_ptr<AudioDevice>> PortAudioDevice::open(const DeviceWish& wish, Processor& processor)
{
  std::unique_ptr<PortAudioDevice> device{new PortAudioDevice{wish, processor}};
  if (const auto opened = device->openStream(); !opened) return tl::unexpected{opened.error()};
  device->wish_.device = device->stream_->name();
  device->watch_.emplace(device->currentLook(), time::HostClock::now());
  device->updateStatus();
  device->attendant_.emplace([self = device.get()] { self->look(); });
  return std::unique_ptr<AudioDevice>{std::move(device)};
}

PortAudioDevice::~PortAudioDevice()
{
  attendant_.reset();
}

Result<void> PortAudioDevice::openStream()
{
  callback_.restart();
  auto stream = PortAudioStream::open(wish_, callback_);
  if (!stream) return tl::unexpected{stream.error()};
  stream_ = std::move(*stream);
  openedAt_ = time::HostClock::now();
  callback_.clock().setLatencies(stream_->inputLatency(), stream_->outputLatency());
  return {};
}

void PortAudioDevice::look()
{
  if (stream_ && (!stream_->isActive() || isStuck())) stream_.reset();
  if (!stream_) returnIfPossible();
  for (const auto& event : watch_->look(currentLook(), time::HostClock::now())) tell(event);
  updateStatus();
}

/// When an ALSA device is pulled out, PortAudio's thread turns in circles without a word. A JACK server that
/// stands still must not be left, though: PortAudio would wait for it.
bool PortAudioDevice::isStuck() const
{
  const bool hadTime = time::HostClock::now() - openedAt_ > kSlowStart;
  return hadTime && !watch_->isRunning() && !stream_->isThroughJack();
}

void PortAudioDevice::returnIfPossible()
{
  if (--returnIn_ > 0) return;
  returnIn_ = kReturnEvery;
  if (openStream()) return;
  // It may have come back unable to do what it could; then anything is better than silence.
  if (wish_.rate) {
    const auto wished = std::exchange(wish_.rate, std::nullopt);
    if (!openStream()) wish_.rate = wished;
  }
}

void PortAudioDevice::tell(DeviceEvent event)
{
  using Kind = DeviceEvent::Kind;
  const auto now = time::HostClock::now();
  const auto seconds = static_cast<double>((now - lostAt_).count()) / 1e6;
  switch (event.kind) {
  case Kind::lost:
    lostAt_ = now;
    log::audio().warn("{} is gone; Tutti goes on as soon as it is back", wish_.device);
    break;
  case Kind::returned:
    log::audio().info("{} is back after {:.1f} s", wish_.device, seconds);
    break;
  case Kind::rateChanged:
    log::audio().info("{} now runs at {} Hz", wish_.device, event.rate.hertz());
    break;
  case Kind::framesChanged:
    log::audio().info("{} now has blocks of {} frames", wish_.device, event.frames);
    break;
  }
  events_.tryPush(event); // who never looks loses the newest
}

DeviceWatch::Look PortAudioDevice::currentLook() const
{
  if (!stream_) return {.isThere = false, .periods = callback_.periods(), .rate = {}, .frames = 0};
  return {
    .isThere = true, .periods = callback_.periods(), .rate = stream_->rate(), .frames = stream_->frames()};
}

DeviceStatus PortAudioDevice::status() const
{
  const std::lock_guard lock{statusMutex_};
  auto status = status_;
  status.xruns = callback_.xruns();
  return status;
}

void PortAudioDevice::updateStatus()
{
  const std::lock_guard lock{statusMutex_};
  status_.isRunning = watch_->isRunning();
  status_.name = wish_.device;
  if (!stream_) return;
  status_.rate = stream_->rate();
  status_.frames = stream_->frames();
  status_.deviceIn = callback_.clock().in();
  status_.deviceOut = callback_.clock().out();
}

} // namespace tutti::audio
