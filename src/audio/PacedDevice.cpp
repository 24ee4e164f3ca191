#include "PacedDevice.hpp"

#include <tutti/core/Log.hpp>
#include <tutti/rt/Priority.hpp>

#include "Pace.hpp"

namespace tutti::audio {
namespace {

constexpr std::size_t kUsualFrames = 128;

} // namespace

PacedDevice::PacedDevice(const DeviceWish& wish, Processor& processor)
  : rate_{wish.rate.value_or(SampleRate{})}
  , frames_{wish.frames.value_or(kUsualFrames)}
  , callback_{processor}
{
  for (auto& channel : channels_) channel.assign(frames_, 0.0F);
  thread_ = std::thread{[this] { run(); }};
}

PacedDevice::~PacedDevice()
{
  isEnding_ = true;
  thread_.join();
}

DeviceStatus PacedDevice::status() const
{
  return {.isRunning = true,
          .name = "no device, a steady clock",
          .clientName = {},
          .rate = rate_,
          .frames = frames_,
          .deviceIn = callback_.clock().in(),
          .deviceOut = callback_.clock().out(),
          .xruns = callback_.xruns()};
}

void PacedDevice::run()
{
  if (const auto urgent = rt::becomeUrgent(rt::Urgency::audio); !urgent)
    log::audio().info("the steady clock runs at ordinary priority: {}", urgent.error().detail);
  const std::array<const float*, 2> inputs{channels_[0].data(), channels_[1].data()};
  const std::array<float*, 2> outputs{channels_[2].data(), channels_[3].data()};
  Pace pace{rate_, frames_, time::HostClock::now()};
  while (!isEnding_) {
    const auto now = time::HostClock::now();
    if (now < pace.nextDue()) {
      std::this_thread::sleep_for(pace.nextDue() - now);
      continue;
    }
    const auto turn = pace.begin(now);
    if (turn.skipped > 0) callback_.countXrun();
    callback_.run({.inputs = inputs,
                   .outputs = outputs,
                   .frames = frames_,
                   .rate = rate_,
                   .skipped = turn.skipped,
                   .began = turn.due,
                   .entered = now});
  }
}

} // namespace tutti::audio
