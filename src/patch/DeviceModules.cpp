#include <tutti/patch/DeviceModules.hpp>

#include <algorithm>
#include <cmath>

#include <tutti/audio/SampleFormat.hpp>
#include <tutti/patch/ParameterReader.hpp>

namespace tutti::patch {
namespace {

Parameters parametersOf(DeviceChannels channels)
{
  Parameters parameters;
  parameters.add("first", static_cast<double>(channels.first + 1));
  parameters.add("channels", static_cast<double>(channels.count));
  return parameters;
}

template <class Made> Result<std::shared_ptr<Module>> madeFrom(const ModuleDescription& wanted)
{
  ParameterReader reader{wanted.parameters};
  const int first = reader.whole("first", {1, audio::Block::kMostChannels}, 1);
  const int count = reader.whole("channels", {1, Port::kMostChannels}, 2);
  const DeviceChannels channels{.first = static_cast<std::size_t>(first) - 1,
                                .count = static_cast<std::size_t>(count)};
  return reader.verdict().map([&] { return std::shared_ptr<Module>{std::make_shared<Made>(channels)}; });
}

float harmless(float sample) noexcept TUTTI_NONBLOCKING
{
  if (!(std::abs(sample) <= audio::kLargestSample)) // also not-a-number
    return sample > 0 ? audio::kLargestSample : (sample < 0 ? -audio::kLargestSample : 0.0F);
  return sample;
}

} // namespace

Result<std::shared_ptr<Module>> DeviceInput::make(const ModuleDescription& wanted)
{
  return madeFrom<DeviceInput>(wanted);
}

Parameters DeviceInput::parameters() const
{
  return parametersOf(channels_);
}

void DeviceInput::render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto& device = rendering.block.inputs;
  for (std::size_t i = 0; i < channels_.count; ++i) {
    const auto out = rendering.output(i);
    const auto channel = channels_.first + i;
    if (channel < device.size() && !device[channel].empty())
      std::copy_n(device[channel].begin(), out.size(), out.begin());
    else if (i == 1 && channel == device.size()) // a mono instrument is for both ears
      std::copy_n(rendering.output(0).begin(), out.size(), out.begin());
    else
      std::fill(out.begin(), out.end(), 0.0F);
  }
}

Result<std::shared_ptr<Module>> DeviceOutput::make(const ModuleDescription& wanted)
{
  return madeFrom<DeviceOutput>(wanted);
}

Parameters DeviceOutput::parameters() const
{
  return parametersOf(channels_);
}

void DeviceOutput::render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto& device = rendering.block.outputs;
  for (std::size_t i = 0; i < channels_.count; ++i) {
    const auto channel = channels_.first + i;
    if (channel >= device.size() || device[channel].empty()) continue;
    const auto in = rendering.input(i);
    const auto out = device[channel];
    for (std::size_t frame = 0; frame < in.size(); ++frame) out[frame] = harmless(out[frame] + in[frame]);
  }
}

} // namespace tutti::patch
