#pragma once

#include <Catch.hpp>
#include <chrono>
#include <memory>
#include <tutti/audio/AudioDevice.hpp>

#include "JackServer.hpp"

namespace tutti::test {

/// A device that runs, or the test ends with the reason.
inline std::unique_ptr<audio::AudioDevice> opened(const audio::DeviceWish& wish, audio::Processor& processor)
{
  auto device = audio::AudioDevice::open(wish, processor);
  INFO((device ? "" : device.error().detail));
  REQUIRE(device);
  return std::move(*device);
}

/// Drops events until one of this kind comes: PortAudio needs seconds to tell that its server is gone.
inline bool waitForEvent(audio::AudioDevice& device, audio::DeviceEvent::Kind kind)
{
  return eventually(
    [&] {
      const auto event = device.tryPopEvent();
      return event && event->kind == kind;
    },
    std::chrono::seconds{12});
}

} // namespace tutti::test
