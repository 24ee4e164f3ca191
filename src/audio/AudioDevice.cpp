#include <tutti/audio/AudioDevice.hpp>

#include "JackDevice.hpp"
#include "PacedDevice.hpp"
#include "PortAudioDevice.hpp"

namespace tutti::audio {

Result<void> check(const DeviceWish& wish)
{
  if (wish.frames && (*wish.frames < DeviceWish::kFewestFrames || *wish.frames > DeviceWish::kMostFrames))
    return failure(ErrorKind::unsupported,
                   "a block has 16 to 2048 frames, not " + std::to_string(*wish.frames));
  if (wish.rate && (wish.rate->hertz() < 8'000 || wish.rate->hertz() > 192'000))
    return failure(ErrorKind::unsupported,
                   "a sound device runs at 8000 to 192000 Hz, not " + std::to_string(wish.rate->hertz()));
  for (const auto& pair : {wish.inputs, wish.outputs})
    if (pair && (pair->first < 1 || pair->first > static_cast<int>(Block::kMostChannels)))
      return failure(ErrorKind::unsupported,
                     "channels are counted from 1 to 64; there is no " + std::to_string(pair->first));
  return {};
}

Result<std::unique_ptr<AudioDevice>> AudioDevice::open(const DeviceWish& wish, Processor& processor)
{
  if (const auto sane = check(wish); !sane) return tl::unexpected{sane.error()};
  switch (wish.backend) {
  case Backend::jack:
    return JackDevice::open(wish, processor);
  case Backend::portAudio:
    return PortAudioDevice::open(wish, processor);
  case Backend::paced:
    break;
  }
  return std::make_unique<PacedDevice>(wish, processor);
}

Result<AudioDevice::OutputPair> AudioDevice::addOutputs(const std::string&)
{
  return failure(ErrorKind::unsupported, "only JACK gives single players outputs of their own");
}

void AudioDevice::removeOutputs(OutputPair) {}

} // namespace tutti::audio
