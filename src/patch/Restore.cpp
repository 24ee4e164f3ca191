#include <algorithm>
#include <fmt/format.h>

#include <tutti/patch/Patch.hpp>
#include <tutti/patch/Workshop.hpp>

#include "Wording.hpp"

namespace tutti::patch {
namespace {

/// The module with all that was saved of it, or its place with the reason why it is empty.
Result<PatchModule> restored(const ModuleDescription& about, const Workshop& workshop)
{
  auto made = workshop.make(about);
  if (!made && made.error().kind == ErrorKind::malformed) return tl::unexpected{made.error()};
  if (!made)
    return PatchModule{.about = about, .module = nullptr, .whyMissing = nameFrom(made.error().detail)};
  if ((*made)->inputs() != about.inputs || (*made)->outputs() != about.outputs)
    return PatchModule{
      .about = about, .module = nullptr, .whyMissing = "has other inputs and outputs than when it was saved"};
  return PatchModule{.about = about, .module = std::move(*made), .whyMissing = {}};
}

} // namespace

Snapshot Patch::snapshot() const
{
  auto snapshot = rest_;
  for (const auto& place : modules_) {
    snapshot.modules.push_back(place.about);
    if (!place.isMissing()) snapshot.modules.back().parameters = place.module->parameters();
  }
  for (const auto& connection : connections_)
    snapshot.connections.push_back(
      {.from = connection.from, .to = connection.to, .gain = connection.gain, .unknown = connection.unknown});
  return snapshot;
}

Result<void> Patch::load(const Snapshot& snapshot, const Workshop& workshop)
{
  Patch loaded;
  loaded.lastConnection_ = lastConnection_; // an id never comes to mean another connection
  for (const auto& about : snapshot.modules) {
    auto place = restored(about, workshop);
    if (!place) return tl::unexpected{std::move(place.error())};
    loaded.modules_.push_back(std::move(*place));
    loaded.lastModule_ = std::max(loaded.lastModule_, about.id.number);
  }
  for (const auto& [from, to, gain, unknown] : snapshot.connections) {
    if (const auto made = loaded.connect(from, to, gain); !made)
      return failure(ErrorKind::malformed, made.error().detail);
    loaded.connections_.back().unknown = unknown;
  }
  loaded.rest_ = snapshot;
  loaded.rest_.modules.clear();
  loaded.rest_.connections.clear();
  *this = std::move(loaded);
  return {};
}

} // namespace tutti::patch
