#pragma once

#include <functional>
#include <memory>

#include <tutti/audio/AudioDevice.hpp>
#include <tutti/core/Result.hpp>

namespace tutti::engine {

/// Who opens devices: the machine's own, or a test's.
using OpenDevice =
  std::function<Result<std::unique_ptr<audio::AudioDevice>>(const audio::DeviceWish&, audio::Processor&)>;

} // namespace tutti::engine
