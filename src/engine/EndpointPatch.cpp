#include "EndpointPatch.hpp"

#include <algorithm>
#include <utility>

namespace tutti::engine {

void EndpointPatch::tend()
{
  if (std::exchange(hasChanged_, false)) player_.play(patch_.all());
  player_.tend();
}

Result<void> EndpointPatch::record(std::shared_ptr<jam::Recording> recording)
{
  hasChanged_ = true;
  return patch_.record(std::move(recording));
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
  auto heard = std::make_shared<endpoint::FromEndpoint>(reception);
  heard->setDeviceOut(deviceOut_);
  auto voice = patch_.hear(heard, title);
  if (!voice) return tl::unexpected{voice.error()};
  voices_.emplace(reception.get(), Voice{reception, std::move(*voice), std::move(heard), {}});
  hasChanged_ = true;
  return {};
}

Result<void> EndpointPatch::feed(const std::shared_ptr<endpoint::SoundDoor>& door, std::size_t channels,
                                 const std::shared_ptr<patch::Module>& source, const std::string& title)
{
  const auto from = sourceId(source, title + " source");
  if (!from) return tl::unexpected{from.error()};
  const auto id = patch_.all().add(std::make_shared<endpoint::ToEndpoint>(door, channels), title);
  if (!id) {
    dropIdleSources();
    return tl::unexpected{id.error()};
  }
  patch_.join(*from, *id);
  voices_.emplace(door.get(), Voice{door, {.module = *id, .track = {}, .trackId = {}}, {}, source});
  hasChanged_ = true;
  return {};
}

Result<patch::ModuleId> EndpointPatch::sourceId(const std::shared_ptr<patch::Module>& source,
                                                const std::string& title)
{
  if (const auto known = sources_.find(source); known != sources_.end()) return known->second;
  auto id = patch_.all().add(source, title);
  if (id) sources_.emplace(source, *id);
  return id;
}

void EndpointPatch::keep(const std::set<Stream>& streams)
{
  const auto isOver = [&](const auto& entry) {
    if (streams.contains(entry.first)) return false;
    patch_.leave(entry.second.place);
    return true;
  };
  if (std::erase_if(voices_, isOver) == 0) return;
  dropIdleSources();
  hasChanged_ = true;
}

void EndpointPatch::dropIdleSources()
{
  std::erase_if(sources_, [this](const auto& source) {
    const bool isIdle =
      std::ranges::none_of(voices_, [&](const auto& entry) { return entry.second.source == source.first; });
    if (isIdle) patch_.all().remove(source.second);
    return isIdle;
  });
}

} // namespace tutti::engine
