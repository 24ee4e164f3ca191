// How JackDevice looks after its server: ten times a second, on the attendant's thread.
#include <algorithm>

#include <tutti/core/Log.hpp>

#include "JackDevice.hpp"

namespace tutti::audio {
namespace {

constexpr int kReturnEvery = 3;  // looks between two visits to a server that is away
constexpr int kCablesSettle = 5; // a server that quits unplugs first: what lasts half a second is meant

} // namespace

void JackDevice::look()
{
  if (client_ && client_->isShutDown()) last_ = std::move(client_);
  if (last_ && last_->isAtRest()) last_.reset();
  if (!client_ && !last_) returnIfPossible();
  if (client_) {
    lookAfterCables();
    updateLatencies();
  }
  for (const auto& event : watch_->look(currentLook(), time::HostClock::now())) tell(event);
  updateStatus();
}

void JackDevice::returnIfPossible()
{
  if (--returnIn_ > 0) return;
  returnIn_ = kReturnEvery;
  if (!visit()) {
    client_.reset();
    return;
  }
  unplugged_ = cables_;
  cablesSettleIn_ = kCablesSettle;
}

void JackDevice::lookAfterCables()
{
  if (client_->tryTakePortsChanged() || cablesSettleIn_ == kCablesSettle)
    std::erase_if(unplugged_, [&](const JackCable& cable) { return client_->plug(cable); });
  if (client_->tryTakeCablesChanged()) cablesSettleIn_ = kCablesSettle;
  if (cablesSettleIn_ == 0 || --cablesSettleIn_ > 0) return;
  const auto now = client_->cables();
  if (client_->isShutDown()) return; // it died while it told us
  cables_ = {now.begin(), now.end()};
  cables_.insert(unplugged_.begin(), unplugged_.end());
}

void JackDevice::updateLatencies()
{
  const auto rate = client_->rate();
  callback_.clock().setLatencies(rate.toMicros(client_->captureLatency()),
                                 rate.toMicros(client_->playbackLatency()));
}

void JackDevice::tell(DeviceEvent event)
{
  using Kind = DeviceEvent::Kind;
  const auto now = time::HostClock::now();
  const auto seconds = static_cast<double>((now - lostAt_).count()) / 1e6;
  switch (event.kind) {
  case Kind::lost:
    lostAt_ = now;
    log::audio().warn("the JACK server is gone; Tutti goes on as soon as it is back");
    break;
  case Kind::returned:
    log::audio().info("the JACK server is back after {:.1f} s", seconds);
    break;
  case Kind::rateChanged:
    log::audio().info("JACK now runs at {} Hz", event.rate.hertz());
    break;
  case Kind::framesChanged:
    log::audio().info("JACK now has {} frames a period", event.frames);
    break;
  }
  events_.tryPush(event); // who never looks loses the newest
}

DeviceWatch::Look JackDevice::currentLook() const
{
  if (!client_) return {.isThere = false, .periods = callback_.periods(), .rate = {}, .frames = 0};
  return {.isThere = !client_->isShutDown(),
          .periods = callback_.periods(),
          .rate = client_->rate(),
          .frames = client_->frames()};
}

void JackDevice::updateStatus()
{
  const std::lock_guard lock{statusMutex_};
  status_.isRunning = watch_->isRunning();
  status_.name = wish_.device.empty() ? "JACK" : "JACK server " + wish_.device;
  if (!client_) return;
  status_.clientName = client_->name();
  status_.rate = client_->rate();
  status_.frames = client_->frames();
  status_.deviceIn = callback_.clock().in();
  status_.deviceOut = callback_.clock().out();
}

} // namespace tutti::audio
