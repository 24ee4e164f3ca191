#include "LinkSoundPatch.hpp"

#include <utility>

namespace tutti::engine {

LinkSoundPatch::LinkSoundPatch(link::Link& link)
  : dated_{link}
{}

void LinkSoundPatch::tend()
{
  if (std::exchange(hasChanged_, false)) dated_.player().play(patch_.all());
  dated_.player().tend();
}

Result<void> LinkSoundPatch::record(std::shared_ptr<jam::Recording> recording)
{
  if (const auto done = patch_.record(std::move(recording)); !done) return done;
  const auto date = patch_.all().add(date_, "Recording's clock");
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
  const auto from = patch_.all().add(source, title + " source");
  if (!from) return tl::unexpected{from.error()};
  const auto to = patch_.all().add(
    std::make_shared<linkaudio::ToChannel>(sink, linkaudio::Sink::kMostChannels, dated_.session()), title);
  if (!to) {
    patch_.all().remove(*from);
    return tl::unexpected{to.error()};
  }
  patch_.join(*from, *to);
  published_.insert(published_.end(), {*from, *to});
  hasChanged_ = true;
  return {};
}

void LinkSoundPatch::unpublish()
{
  for (const auto id : std::exchange(published_, {})) patch_.all().remove(id);
  hasChanged_ = true;
}

Result<void> LinkSoundPatch::hear(const std::shared_ptr<linkaudio::Source>& source, const std::string& title)
{
  auto heard = std::make_shared<linkaudio::FromChannel>(source, dated_.session());
  heard->setDeviceOut(deviceOut_);
  auto voice = patch_.hear(heard, title);
  if (!voice) return tl::unexpected{voice.error()};
  voices_.emplace(source->id(), Voice{std::move(*voice), std::move(heard)});
  hasChanged_ = true;
  return {};
}

void LinkSoundPatch::leave(const linkaudio::ChannelId& id)
{
  const auto voice = voices_.extract(id);
  if (voice.empty()) return;
  patch_.leave(voice.mapped().place);
  hasChanged_ = true;
}

} // namespace tutti::engine
