#include "JackDevice.hpp"

#include <algorithm>

#include <tutti/core/Log.hpp>

#include "PortName.hpp"

namespace tutti::audio {
namespace {

constexpr std::size_t kMainPair = 0;

} // namespace

Result<std::unique_ptr<AudioDevice>> JackDevice::open(const DeviceWish& wish, Processor& processor)
{
  std::unique_ptr<JackDevice> device{new JackDevice{wish, processor}};
  const std::lock_guard lock{device->mutex_};
  if (const auto met = device->visit(); !met) return tl::unexpected{met.error()};
  if (wish.frames) device->client_->askForFrames(*wish.frames);
  if (wish.inputs) device->client_->connectInputs(*wish.inputs);
  if (wish.outputs) device->client_->connectOutputs(*wish.outputs);
  device->watch_.emplace(device->currentLook(), time::HostClock::now());
  device->updateLatencies();
  device->updateStatus();
  device->attendant_.emplace([self = device.get()] {
    const std::lock_guard each{self->mutex_};
    self->look();
  });
  return device;
}

JackDevice::JackDevice(const DeviceWish& wish, Processor& processor)
  : wish_{wish}
  , callback_{processor}
{
  pairs_[kMainPair] = "out";
}

JackDevice::~JackDevice()
{
  attendant_.reset();
}

/// With all ports that we have, and heard from now on.
Result<void> JackDevice::visit()
{
  auto client = JackClient::open(wish_, callback_);
  if (!client) return tl::unexpected{client.error()};
  client_ = std::move(*client);
  for (std::size_t pair = 0; pair < kPairs; ++pair) {
    if (!pairs_[pair]) continue;
    const auto made = registerPair(pair);
    if (!made && pair == kMainPair) return made;
    if (!made) log::audio().warn("{}", made.error().detail);
  }
  callback_.restart();
  return client_->activate();
}

Result<void> JackDevice::registerPair(std::size_t pair)
{
  const auto& name = *pairs_[pair];
  return client_->addOutput(2 * pair, name + "_1").and_then([&] {
    return client_->addOutput(2 * pair + 1, name + "_2");
  });
}

Result<AudioDevice::OutputPair> JackDevice::addOutputs(const std::string& name)
{
  const std::lock_guard lock{mutex_};
  const auto free = std::find(pairs_.begin(), pairs_.end(), std::nullopt);
  if (free == pairs_.end()) return failure(ErrorKind::refused, "there is no room for more outputs");
  const auto pair = static_cast<std::size_t>(free - pairs_.begin());
  pairs_[pair] = uniqueName(portName(name));
  if (!client_) return 2 * pair; // it will be there when the server is back
  if (const auto made = registerPair(pair); !made) {
    client_->removeOutput(2 * pair);
    pairs_[pair].reset();
    return tl::unexpected{made.error()};
  }
  return 2 * pair;
}

void JackDevice::removeOutputs(OutputPair pair)
{
  const std::lock_guard lock{mutex_};
  const auto place = pair / 2;
  if (place == kMainPair || place >= kPairs || !pairs_[place]) return;
  if (client_) {
    client_->removeOutput(2 * place);
    client_->removeOutput(2 * place + 1);
  }
  const auto isOurs = [&](const JackCable& cable) {
    return cable.own == *pairs_[place] + "_1" || cable.own == *pairs_[place] + "_2";
  };
  std::erase_if(cables_, isOurs);
  std::erase_if(unplugged_, isOurs);
  pairs_[place].reset();
}

std::string JackDevice::uniqueName(const std::string& wanted) const
{
  auto name = wanted;
  for (int number = 2; std::find(pairs_.begin(), pairs_.end(), name) != pairs_.end(); ++number)
    name = wanted + "-" + std::to_string(number);
  return name;
}

DeviceStatus JackDevice::status() const
{
  const std::lock_guard lock{statusMutex_};
  auto status = status_;
  status.xruns = callback_.xruns();
  return status;
}

} // namespace tutti::audio
