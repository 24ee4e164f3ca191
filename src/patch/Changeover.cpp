#include "Changeover.hpp"

#include <algorithm>
#include <map>

namespace tutti::patch {
namespace {

bool holds(const Layout& layout, const Wire* wire)
{
  return std::ranges::any_of(layout.cables, [&](const Cable& cable) { return cable.wire.get() == wire; });
}

std::size_t placeOf(const std::shared_ptr<Module>& module, std::vector<std::shared_ptr<Module>>& modules)
{
  const auto place = std::ranges::find(modules, module);
  const auto number = static_cast<std::size_t>(place - modules.begin());
  if (place == modules.end()) modules.push_back(module);
  return number;
}

bool hasOutputs(const Module& module)
{
  return !module.outputs().empty();
}

/// Between a patch with the module and one without it, this is enough to silence it: its outputs fade. So
/// what comes into it need not fade too, and a way that takes over from another is as loud all the time.
bool fadesBehind(const std::shared_ptr<Module>& module, const Layout& without)
{
  return std::ranges::find(without.modules, module) == without.modules.end() && hasOutputs(*module);
}

Wire::Purpose purposeOnLeaving(const Cable& cable, const Layout& before, const Layout& next)
{
  return fadesBehind(before.modules[cable.to], next) ? Wire::Purpose::stays : Wire::Purpose::leaves;
}

/// The next patch, and what leaves of the one before.
Layout together(const Layout& next, const Layout& before, std::vector<Cable> leaving)
{
  Layout both = next;
  for (auto& cable : leaving) {
    cable.purpose = purposeOnLeaving(cable, before, next);
    cable.from = placeOf(before.modules[cable.from], both.modules);
    cable.to = placeOf(before.modules[cable.to], both.modules);
    both.cables.push_back(std::move(cable));
  }
  return both;
}

Layout fading(const Layout& before, const Layout& next)
{
  Layout fades = before;
  for (auto& cable : fades.cables)
    if (!holds(next, cable.wire.get())) cable.purpose = purposeOnLeaving(cable, before, next);
  return fades;
}

} // namespace

Changeover::Way Changeover::to(const Patch& wanted)
{
  std::vector<ConnectionId> connections;
  auto next = layoutOf(wanted, connections);
  setGains(wanted);
  auto leaves = leaving(next);
  const bool isSame =
    hasBegun_ && leaves.empty() && next.modules == now_.modules && next.cables.size() == now_.cables.size();
  Way way;
  if (!isSame && !leaves.empty()) {
    way.push_back(compile(together(next, now_, std::move(leaves))));
    if (!way.back()) way.back() = compile(fading(now_, next));
  }
  if (!isSame) way.push_back(compile(next));
  now_ = std::move(next);
  connections_ = std::move(connections);
  setGains(wanted);
  hasBegun_ = true;
  return way;
}

void Changeover::setGains(const Patch& wanted)
{
  std::map<ConnectionId, audio::Decibels> gains;
  for (const auto& connection : wanted.connections()) gains[connection.id] = connection.gain;
  for (std::size_t i = 0; i < connections_.size(); ++i)
    if (const auto gain = gains.find(connections_[i]); gain != gains.end())
      now_.cables[i].wire->setGain(audio::Gain::of(gain->second));
}

std::map<ConnectionId, audio::Decibels> Changeover::takePeaks() const
{
  std::map<ConnectionId, audio::Decibels> peaks;
  for (std::size_t i = 0; i < connections_.size(); ++i)
    peaks[connections_[i]] =
      audio::Decibels::ofAmplitude(static_cast<double>(now_.cables[i].wire->takePeak()));
  return peaks;
}

Layout Changeover::layoutOf(const Patch& wanted, std::vector<ConnectionId>& connections) const
{
  Layout layout;
  std::map<ModuleId, std::size_t> places;
  for (const auto& place : wanted.modules()) {
    if (place.isMissing()) continue;
    places[place.about.id] = layout.modules.size();
    layout.modules.push_back(place.module);
  }
  const auto delayed = wanted.delayed();
  for (const auto& [id, from, to, gain, unknown] : wanted.connections()) {
    if (!places.contains(from.module) || !places.contains(to.module)) continue;
    const bool isDelayed = std::ranges::find(delayed, id) != delayed.end();
    Cable cable{.wire = nullptr,
                .from = places[from.module],
                .fromPort = from.port,
                .to = places[to.module],
                .toPort = to.port,
                .timing = isDelayed ? Wire::Timing::delayed : Wire::Timing::direct};
    cable.wire = wireFor(id, gain, layout, cable);
    layout.cables.push_back(std::move(cable));
    connections.push_back(id);
  }
  return layout;
}

/// The one that sounds already, if it does so between the same modules and at the same time.
std::shared_ptr<Wire> Changeover::wireFor(ConnectionId connection, audio::Decibels gain, const Layout& layout,
                                          const Cable& cable) const
{
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    const auto& old = now_.cables[i];
    if (connections_[i] == connection && old.timing == cable.timing &&
        now_.modules[old.from] == layout.modules[cable.from] &&
        now_.modules[old.to] == layout.modules[cable.to])
      return old.wire;
  }
  const auto channels = layout.modules[cable.from]->outputs()[cable.fromPort].channels;
  const bool isFull = cable.timing == Wire::Timing::direct && fadesBehind(layout.modules[cable.to], now_);
  return std::make_shared<Wire>(cable.timing, channels,
                                isFull ? audio::Gain::of(gain) : audio::Gain::silence());
}

std::vector<Cable> Changeover::leaving(const Layout& next) const
{
  std::vector<Cable> leaves;
  std::ranges::copy_if(now_.cables, std::back_inserter(leaves),
                       [&](const Cable& cable) { return !holds(next, cable.wire.get()); });
  return leaves;
}

} // namespace tutti::patch
