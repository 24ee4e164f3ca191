#include "ConnectionViewModel.hpp"

#include <chrono>
#include <cmath>
#include <utility>

#include "patchbay/PatchWording.hpp"
#include "window/DecibelScale.hpp"

namespace tutti::app {

ConnectionViewModel::ConnectionViewModel(patch::ConnectionId id, PatchWishes& wishes, Clock clock)
  : id_{id}
  , wishes_{wishes}
  , clock_{std::move(clock)}
{}

void ConnectionViewModel::tell(double gain, HostTime at)
{
  if (gain_.tell(DecibelScale::tidy(gain), at)) emit gainChanged();
}

void ConnectionViewModel::show(const PatchScene& scene, const PatchScene::Cable& cable)
{
  const auto name = wording::cable(scene, id_);
  if (cable == cable_ && name == name_) return;
  cable_ = cable;
  name_ = name;
  emit changed();
}

QString ConnectionViewModel::about() const
{
  if (cable_.isGhost) return tr("Silent while one of its ends is missing.");
  if (cable_.isDelayed) return tr("It closes a circle, and so it is heard one block later.");
  return {};
}

QString ConnectionViewModel::gainText() const
{
  return wording::gain(gain());
}

void ConnectionViewModel::askGain(double decibels)
{
  using namespace std::chrono_literals;
  constexpr auto kOneGesture = 1s;
  const auto wanted = DecibelScale::tidy(decibels);
  const auto now = clock_();
  if (!gain_.ask(wanted, now)) return;
  const bool goesOn = askedAt_ && now - *askedAt_ < kOneGesture;
  askedAt_ = now;
  emit gainChanged();
  emit wishes_.gainWanted(id_, wanted, goesOn);
}

void ConnectionViewModel::nudgeGain(double decibels)
{
  askGain(std::isinf(gain()) && decibels > 0 ? DecibelScale::kLowest : gain() + decibels);
}

} // namespace tutti::app
