#include "StripControls.hpp"

#include <algorithm>
#include <utility>

#include <tutti/patch/Snapshot.hpp>

namespace tutti::patch {

MixStrip::Controls::Controls(std::shared_ptr<SoloGroup> group, const StripSettings& settings) noexcept
  : group_{std::move(group)}
  , isLinked_{settings.isLinked}
{
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    channels_[i].gain = std::min(settings.channels[i].gain, Snapshot::kMostGain);
    channels_[i].pan = std::clamp(settings.channels[i].pan, -1.0, 1.0);
    channels_[i].isMuted = settings.channels[i].isMuted;
    channels_[i].isSoloed = settings.channels[i].isSoloed;
    channels_[i].isInverted = settings.channels[i].isInverted;
  }
  tellGroup();
}

MixStrip::Controls::~Controls()
{
  if (isCounted_.load()) group_->count(-1);
}

StripSettings MixStrip::Controls::read() const noexcept TUTTI_NONBLOCKING
{
  constexpr auto kOrder = std::memory_order_relaxed;
  StripSettings settings{.isLinked = isLinked_.load(kOrder), .channels = {}};
  for (std::size_t i = 0; i < channels_.size(); ++i)
    settings.channels[i] = {.gain = channels_[i].gain.load(kOrder),
                            .pan = channels_[i].pan.load(kOrder),
                            .isMuted = channels_[i].isMuted.load(kOrder),
                            .isSoloed = channels_[i].isSoloed.load(kOrder),
                            .isInverted = channels_[i].isInverted.load(kOrder)};
  return settings;
}

bool MixStrip::Controls::isSoloed() const noexcept
{
  return channels_[0].isSoloed.load() || (!isLinked_.load() && channels_[1].isSoloed.load());
}

/// Two threads may change it at once: whoever counted last looks once more, so that what is counted in the
/// end is what is set in the end.
void MixStrip::Controls::tellGroup() noexcept
{
  bool wanted = false;
  do {
    wanted = isSoloed();
    if (const bool counted = isCounted_.exchange(wanted); counted != wanted) group_->count(wanted ? 1 : -1);
  } while (wanted != isSoloed());
}

} // namespace tutti::patch
