#include "MixText.hpp"

#include <fmt/format.h>

namespace tutti::engine {
namespace {

constexpr Range kGain{-200, 24}; // dB, as far as a strip goes; the lower end is silence
constexpr Range kPan{-1, 1};

patch::StripChannel readChannel(const Section& section)
{
  patch::StripChannel channel;
  const auto gain = section.number("gain", kGain, 0);
  channel.gain = gain > kGain.least ? audio::Decibels::of(gain) : audio::Decibels::silence();
  channel.pan = section.number("pan", kPan, 0);
  channel.isMuted = section.yesOrNo("muted", false);
  channel.isInverted = section.yesOrNo("inverted", false);
  section.remarkUnknown({"gain", "pan", "muted", "inverted"});
  return channel;
}

std::string channelText(const char* key, const patch::StripChannel& channel)
{
  return fmt::format("    {}: {{gain: {}, pan: {}, muted: {}, inverted: {}}}\n", key,
                     within(kGain, channel.gain.value()), within(kPan, channel.pan), channel.isMuted,
                     channel.isInverted);
}

} // namespace

Settings::Mix readMix(const std::vector<Section>& strips)
{
  Settings::Mix mix;
  for (const auto& section : strips) {
    patch::StripSettings strip;
    strip.isLinked = section.yesOrNo("linked", strip.isLinked);
    strip.channels = {readChannel(section.section("first")), readChannel(section.section("second"))};
    const auto name = section.text("name");
    section.remarkUnknown({"name", "linked", "first", "second"});
    if (!name.empty() && mix.size() < Settings::kMostMixed) mix.insert_or_assign(name, strip);
  }
  return mix;
}

std::string mixText(const Settings::Mix& mix)
{
  if (mix.empty()) return {};
  std::string text = "mix:\n";
  std::size_t count = 0;
  for (const auto& [name, strip] : mix)
    if (++count <= Settings::kMostMixed)
      text += fmt::format("  - name: {}\n    linked: {}\n", scalarOf(name), strip.isLinked) +
              channelText("first", strip.channels[0]) + channelText("second", strip.channels[1]);
  return text;
}

} // namespace tutti::engine
