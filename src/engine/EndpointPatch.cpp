#include "EndpointPatch.hpp"

#include <algorithm>
#include <utility>

#include <tutti/core/Assert.hpp>
#include <tutti/patch/DeviceModules.hpp>

namespace tutti::engine {

EndpointPatch::EndpointPatch()
{
  const auto output = patch_.add(std::make_shared<patch::DeviceOutput>(), "Output");
  TUTTI_ASSERT(output.has_value());
  outputId_ = *output;
}

void EndpointPatch::tend()
{
  if (std::exchange(hasChanged_, false)) player_.play(patch_);
  player_.tend();
}

void EndpointPatch::record(std::shared_ptr<jam::Recording> recording)
{
  recording_ = std::move(recording);
  const auto mix = patch_.add(recording_->mix(), "Recording");
  if (mix) mixId_ = *mix;
  hasChanged_ = true;
}

void EndpointPatch::setDeviceOut(Micros latency)
{
  deviceOut_ = latency;
  for (const auto& [stream, voice] : voices_)
    if (voice.heard) voice.heard->setDeviceOut(latency);
}

Result<void> EndpointPatch::hear(const std::shared_ptr<endpoint::Reception>& reception,
                                 const std::string& title)
{
  Voice voice;
  voice.stream = reception;
  voice.heard = std::make_shared<endpoint::FromEndpoint>(reception);
  voice.heard->setDeviceOut(deviceOut_);
  const auto id = patch_.add(voice.heard, title);
  if (!id) return tl::unexpected{id.error()};
  voice.module = *id;
  join(voice.module, outputId_);
  if (mixId_) join(voice.module, *mixId_);
  give(voice, title);
  voices_.emplace(reception.get(), std::move(voice));
  hasChanged_ = true;
  return {};
}

/// A track of its own, if there is a recording with tracks and room for one more.
void EndpointPatch::give(Voice& voice, const std::string& title)
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

Result<void> EndpointPatch::feed(const std::shared_ptr<endpoint::SoundDoor>& door, std::size_t channels,
                                 const std::shared_ptr<patch::Module>& source, const std::string& title)
{
  const auto from = sourceId(source, title + " source");
  if (!from) return tl::unexpected{from.error()};
  Voice voice;
  voice.stream = door;
  voice.source = source;
  const auto id = patch_.add(std::make_shared<endpoint::ToEndpoint>(door, channels), title);
  if (!id) {
    dropIdleSources();
    return tl::unexpected{id.error()};
  }
  voice.module = *id;
  join(*from, voice.module);
  voices_.emplace(door.get(), std::move(voice));
  hasChanged_ = true;
  return {};
}

Result<patch::ModuleId> EndpointPatch::sourceId(const std::shared_ptr<patch::Module>& source,
                                                const std::string& title)
{
  if (const auto known = sources_.find(source); known != sources_.end()) return known->second;
  auto id = patch_.add(source, title);
  if (id) sources_.emplace(source, *id);
  return id;
}

/// There are fewer than four connections a module: they always fit.
void EndpointPatch::join(patch::ModuleId from, patch::ModuleId to)
{
  const auto id = patch_.connect({from, 0}, {to, 0});
  TUTTI_ASSERT(id.has_value());
}

void EndpointPatch::keep(const std::set<Stream>& streams)
{
  const auto isOver = [&](const auto& entry) {
    if (streams.contains(entry.first)) return false;
    drop(entry.second);
    return true;
  };
  if (std::erase_if(voices_, isOver) == 0) return;
  dropIdleSources();
  hasChanged_ = true;
}

void EndpointPatch::drop(const Voice& voice)
{
  patch_.remove(voice.module);
  if (!voice.trackId) return;
  patch_.remove(*voice.trackId);
  recording_->end(voice.track);
}

void EndpointPatch::dropIdleSources()
{
  std::erase_if(sources_, [this](const auto& source) {
    const bool isIdle =
      std::ranges::none_of(voices_, [&](const auto& entry) { return entry.second.source == source.first; });
    if (isIdle) patch_.remove(source.second);
    return isIdle;
  });
}

} // namespace tutti::engine
