#include "HeardPatch.hpp"

#include <utility>

#include <tutti/core/Assert.hpp>
#include <tutti/patch/DeviceModules.hpp>

namespace tutti::engine {

HeardPatch::HeardPatch()
{
  const auto output = patch_.add(std::make_shared<patch::DeviceOutput>(), "Output");
  TUTTI_ASSERT(output.has_value());
  outputId_ = *output;
}

Result<void> HeardPatch::record(std::shared_ptr<jam::Recording> recording)
{
  const auto mix = patch_.add(recording->mix(), "Recording");
  if (!mix) return tl::unexpected{mix.error()};
  recording_ = std::move(recording);
  mixId_ = *mix;
  return {};
}

Result<HeardPatch::Voice> HeardPatch::hear(std::shared_ptr<patch::Module> module, const std::string& title)
{
  const auto id = patch_.add(std::move(module), title);
  if (!id) return tl::unexpected{id.error()};
  Voice voice;
  voice.module = *id;
  join(voice.module, outputId_);
  if (mixId_) join(voice.module, *mixId_);
  give(voice, title);
  return voice;
}

void HeardPatch::give(Voice& voice, const std::string& title)
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

void HeardPatch::leave(const Voice& voice)
{
  patch_.remove(voice.module);
  if (!voice.trackId) return;
  patch_.remove(*voice.trackId);
  recording_->end(voice.track);
}

void HeardPatch::join(patch::ModuleId from, patch::ModuleId to)
{
  const auto id = patch_.connect({from, 0}, {to, 0});
  TUTTI_ASSERT(id.has_value());
}

} // namespace tutti::engine
