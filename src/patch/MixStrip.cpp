#include <tutti/patch/MixStrip.hpp>

#include <algorithm>
#include <string>
#include <utility>

#include <tutti/patch/ParameterReader.hpp>

#include "StripControls.hpp"
#include "StripMeters.hpp"
#include "StripPicture.hpp"

namespace tutti::patch {
namespace {

constexpr std::array<const char*, 2> kNumbers{"1", "2"};
constexpr Range kGains{.most = Snapshot::kMostGain.value()};

void write(Parameters& parameters, const std::string& number, const StripChannel& channel)
{
  parameters.add("gain" + number, channel.gain.value());
  parameters.add("pan" + number, channel.pan);
  parameters.add("muted" + number, channel.isMuted);
  parameters.add("soloed" + number, channel.isSoloed);
  parameters.add("inverted" + number, channel.isInverted);
}

StripChannel readChannel(ParameterReader& reader, const std::string& number)
{
  return {.gain = audio::Decibels::of(reader.number("gain" + number, kGains, 0)),
          .pan = reader.number("pan" + number, {-1, 1}, 0),
          .isMuted = reader.yesOrNo("muted" + number, false),
          .isSoloed = reader.yesOrNo("soloed" + number, false),
          .isInverted = reader.yesOrNo("inverted" + number, false)};
}

StripSettings readSettings(ParameterReader& reader)
{
  StripSettings settings{.isLinked = reader.yesOrNo("linked", true), .channels = {}};
  for (std::size_t i = 0; i < kNumbers.size(); ++i) settings.channels[i] = readChannel(reader, kNumbers[i]);
  return settings;
}

} // namespace

MixStrip::MixStrip(std::shared_ptr<SoloGroup> group, const StripSettings& settings)
  : controls_{std::make_unique<Controls>(std::move(group), settings)}
  , picture_{std::make_unique<Picture>(controls_->read(), controls_->isSoloActive())}
  , meters_{std::make_unique<LevelMeters>()}
{}

MixStrip::~MixStrip() = default;

void MixStrip::setLinked(bool isLinked) noexcept
{
  controls_->setLinked(isLinked);
  controls_->tellGroup();
}

void MixStrip::setGain(Channel channel, audio::Decibels gain) noexcept
{
  (*controls_)[channel].gain = std::min(gain, Snapshot::kMostGain);
}

void MixStrip::setPan(Channel channel, double pan) noexcept
{
  (*controls_)[channel].pan = pan >= -1 ? std::min(pan, 1.0) : (pan < -1 ? -1.0 : 0.0); // not-a-number: both
}

void MixStrip::setMuted(Channel channel, bool isMuted) noexcept
{
  (*controls_)[channel].isMuted = isMuted;
}

void MixStrip::setSoloed(Channel channel, bool isSoloed) noexcept
{
  (*controls_)[channel].isSoloed = isSoloed;
  controls_->tellGroup();
}

void MixStrip::setInverted(Channel channel, bool isInverted) noexcept
{
  (*controls_)[channel].isInverted = isInverted;
}

StripSettings MixStrip::settings() const noexcept
{
  return controls_->read();
}

bool MixStrip::isSilencedBySolo(Channel channel) const noexcept
{
  if (!controls_->isSoloActive()) return false;
  const auto settings = controls_->read();
  return !settings.channels[settings.isLinked ? 0 : static_cast<std::size_t>(channel)].isSoloed;
}

audio::Level MixStrip::level(Tap tap, Channel channel) const noexcept
{
  return meters_->read(tap, channel);
}

void MixStrip::clearClips() noexcept
{
  meters_->clearClips();
}

Result<std::shared_ptr<Module>> MixStrip::make(const ModuleDescription& wanted,
                                               std::shared_ptr<SoloGroup> group)
{
  ParameterReader reader{wanted.parameters};
  const auto settings = readSettings(reader);
  return reader.verdict().map(
    [&] { return std::shared_ptr<Module>{std::make_shared<MixStrip>(std::move(group), settings)}; });
}

Parameters MixStrip::parameters() const
{
  const auto settings = controls_->read();
  Parameters parameters;
  parameters.add("linked", settings.isLinked);
  for (std::size_t i = 0; i < kNumbers.size(); ++i) write(parameters, kNumbers[i], settings.channels[i]);
  return parameters;
}

void MixStrip::render(const Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  picture_->render(rendering, controls_->read(), controls_->isSoloActive());
  meters_->process(rendering);
}

void MixStrip::LevelMeters::process(const Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto hertz = rendering.block.rate.hertz();
  const std::size_t octave = hertz < 70'000 ? 0 : (hertz < 140'000 ? 1 : 2);
  octave_.store(octave, std::memory_order_relaxed);
  auto& meters = meters_[octave].all;
  for (std::size_t channel = 0; channel < 2; ++channel) {
    meters[channel].process(rendering.input(channel));
    meters[2 + channel].process(rendering.output(channel));
  }
}

void MixStrip::LevelMeters::clearClips() noexcept
{
  for (auto& octave : meters_)
    for (auto& meter : octave.all) meter.clearClip();
}

} // namespace tutti::patch
