#include "LinkSoundPatch.hpp"

#include <utility>

#include <tutti/core/Assert.hpp>
#include <tutti/patch/DeviceModules.hpp>

namespace tutti::engine {

LinkSoundPatch::LinkSoundPatch(link::Link& link)
  : dated_{link}
{
  const auto output = patch_.add(std::make_shared<patch::DeviceOutput>(), "Output");
  TUTTI_ASSERT(output.has_value());
  outputId_ = *output;
}

void LinkSoundPatch::tend()
{
  if (std::exchange(hasChanged_, false)) dated_.player().play(patch_);
  dated_.player().tend();
}

Result<void> LinkSoundPatch::record(std::shared_ptr<jam::Recording> recording)
{
  recording_ = std::move(recording);
  const auto mix = patch_.add(recording_->mix(), "Recording");
  if (!mix) return tl::unexpected{mix.error()};
  mixId_ = *mix;
  const auto date = patch_.add(date_, "Recording's clock");
  if (!date) return tl::unexpected{date.error()};
  hasChanged_ = true;
  return {};
}

void LinkSoundPatch::setDeviceOut(Micros latency)
{
  deviceOut_ = latency;
  for (const auto& [id, voice] : voices_) voice.heard->setDeviceOut(latency);
}

Result<void> LinkSoundPatch::publish(const std::shared_ptr<linkaudio::Sink>& sink,
                                     const std::shared_ptr<patch::Module>& source, const std::string& title)
{
  const auto from = patch_.add(source, title + " source");
  if (!from) return tl::unexpected{from.error()};
  const auto to = patch_.add(
    std::make_shared<linkaudio::ToChannel>(sink, linkaudio::Sink::kMostChannels, dated_.session()), title);
  if (!to) {
    patch_.remove(*from);
    return tl::unexpected{to.error()};
  }
  join(*from, *to);
  published_.insert(published_.end(), {*from, *to});
  hasChanged_ = true;
  return {};
}

void LinkSoundPatch::unpublish()
{
  for (const auto id : std::exchange(published_, {})) patch_.remove(id);
  hasChanged_ = true;
}

Result<void> LinkSoundPatch::hear(const std::shared_ptr<linkaudio::Source>& source, const std::string& title)
{
  Voice voice;
  voice.heard = std::make_shared<linkaudio::FromChannel>(source, dated_.session());
  voice.heard->setDeviceOut(deviceOut_);
  const auto id = patch_.add(voice.heard, title);
  if (!id) return tl::unexpected{id.error()};
  voice.module = *id;
  join(voice.module, outputId_);
  if (mixId_) join(voice.module, *mixId_);
  give(voice, title);
  voices_.emplace(source->id(), std::move(voice));
  hasChanged_ = true;
  return {};
}

/// A track of its own, if there is a recording with tracks and room for one more.
void LinkSoundPatch::give(Voice& voice, const std::string& title)
{
  if (!recording_) return;
  auto track = recording_->player(title);
  if (!track) return;
  const auto id = patch_.add(track, title + " track");
  if (!id) return recording_->end(track);
  voice.track = std::move(track);
  voice.trackId = *id;
  join(voice.module, *id);
}

void LinkSoundPatch::leave(const linkaudio::ChannelId& id)
{
  const auto voice = voices_.extract(id);
  if (voice.empty()) return;
  patch_.remove(voice.mapped().module);
  if (voice.mapped().trackId) {
    patch_.remove(*voice.mapped().trackId);
    recording_->end(voice.mapped().track);
  }
  hasChanged_ = true;
}

/// There are fewer than four connections a module: they always fit.
void LinkSoundPatch::join(patch::ModuleId from, patch::ModuleId to)
{
  const auto id = patch_.connect({from, 0}, {to, 0});
  TUTTI_ASSERT(id.has_value());
}

} // namespace tutti::engine
