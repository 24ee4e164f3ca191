// The jam's sound device: opened, lost, back, and what else there is.
#include <tutti/audio/DeviceList.hpp>
#include <tutti/room/Password.hpp>

#include "JamImpl.hpp"

namespace tutti::engine {

void Jam::Impl::wishDevice(const audio::DeviceWish& wish)
{
  const std::lock_guard lock{mutex_};
  deviceWish_ = wish;
}

void Jam::Impl::closeDevice()
{
  std::unique_ptr<audio::AudioDevice> old;
  {
    const std::lock_guard lock{mutex_};
    voice_.end();
    company_.useDevice(nullptr);
    old = std::move(device_);
    deviceStatus_ = {};
  }
  old.reset(); // some hardware can be opened once only
  inputs_.forget();
}

Result<void> Jam::Impl::openDevice(const audio::DeviceWish& wish)
{
  closeDevice();
  {
    const std::lock_guard lock{mutex_};
    settings_.device = wish;
  }
  auto opened = settings_.deviceOpener(wish, inputs_);
  if (opened)
    useDevice(std::move(*opened));
  else {
    const std::lock_guard lock{mutex_};
    deviceProblem_ = opened.error().detail;
  }
  changed();
  return opened ? Result<void>{} : tl::unexpected{opened.error()};
}

void Jam::Impl::useDevice(std::unique_ptr<audio::AudioDevice> device)
{
  const std::lock_guard lock{mutex_};
  deviceProblem_.clear();
  device_ = std::move(device);
  deviceStatus_ = device_->status();
  trimInUse_ = {};
  cableShown_ = {jam::CableSnapshot::State::unknown, {}, {}, {}, cableShown_.count};
  useTrim();
  listening_.setDeviceRate(deviceStatus_.rate);
  shareLatencies();
  company_.useDevice(device_.get());
  speak();
}

/// PortAudio sees what was plugged in only while none of its devices is open.
bool Jam::Impl::closeToLook()
{
  bool isOpen = false;
  bool isInRoom = false;
  {
    const std::lock_guard lock{mutex_};
    isOpen = device_ && settings_.device.backend == audio::Backend::portAudio;
    isInRoom = session_ != nullptr;
  }
  if (isOpen && isInRoom)
    complain("What was plugged in just now is found when you look again outside of a room.");
  if (!isOpen || isInRoom) return false;
  closeDevice();
  return true;
}

void Jam::Impl::lookForDevices(Look look)
{
  const bool isClosed = look == Look::anew && closeToLook();
  auto offered = audio::listDevices(); // takes its time
  if (isClosed) static_cast<void>(openDevice(settings_.device));
  {
    const std::lock_guard lock{mutex_};
    offered_ = std::move(offered);
    proposedPassword_ = room::proposePassword();
  }
  changed();
}

/// Whether something has happened to the device.
bool Jam::Impl::attendDevice()
{
  if (!device_) return false;
  if (const auto inputs = inputs_.count()) desk_.setDeviceInputs(*inputs);
  const auto before = deviceStatus_;
  deviceStatus_ = device_->status();
  bool isNews = false;
  while (const auto event = device_->tryPopEvent()) {
    using Kind = audio::DeviceEvent::Kind;
    isNews = true;
    switch (event->kind) {
    case Kind::lost:
      deviceProblem_ = before.name + " is gone. The others hear silence; it is waited for.";
      break;
    case Kind::returned:
      deviceProblem_.clear();
      break;
    case Kind::rateChanged:
    case Kind::framesChanged:
      break; // the status says it as well, sometimes before, sometimes after
    }
  }
  if (before.deviceIn != deviceStatus_.deviceIn || before.deviceOut != deviceStatus_.deviceOut) {
    useTrim();
    shareLatencies();
  }
  if (before.rate != deviceStatus_.rate || before.frames != deviceStatus_.frames) {
    listening_.setDeviceRate(deviceStatus_.rate);
    speak();
  }
  return isNews;
}

void Jam::Impl::shareLatencies()
{
  voice_.setDeviceIn(deviceStatus_.deviceIn);
  company_.setDeviceOut(deviceStatus_.deviceOut);
}

} // namespace tutti::engine
