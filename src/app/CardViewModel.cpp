#include "CardViewModel.hpp"

#include <utility>

#include "patchbay/PatchWording.hpp"

namespace tutti::app {

void CardViewModel::show(const PatchScene& scene, const PatchScene::Card& card, StripViewModel* strip)
{
  follow(strip);
  const auto* const group = scene.find(card.group);
  const auto groupName = group ? group->name : QString{};
  const bool isMoved = card.box != card_.box;
  const bool isOther = card != card_ || groupName != group_;
  card_ = card;
  group_ = groupName;
  if (isMoved) emit boxChanged();
  if (isOther) emit changed();
  auto ports = portsOf(scene);
  if (ports == ports_) return;
  ports_ = std::move(ports);
  emit portsChanged();
}

void CardViewModel::follow(StripViewModel* strip)
{
  if (strip == strip_) return;
  if (strip_) {
    strip_->first()->disconnect(this);
    strip_->first()->level()->disconnect(this);
  }
  strip_ = strip;
  if (strip_) {
    connect(strip_->first(), &ChannelViewModel::gainChanged, this, &CardViewModel::stripMoved);
    connect(strip_->first(), &ChannelViewModel::isMutedChanged, this, &CardViewModel::stripMoved);
    connect(strip_->first()->level(), &LevelViewModel::levelChanged, this, &CardViewModel::stripMoved);
  }
  emit stripChanged();
}

QString CardViewModel::spoken() const
{
  if (card_.isMissing) return tr("%1, %2, missing").arg(card_.name, card_.kind);
  return tr("%1, %2", "a module and its kind").arg(card_.name, card_.kind);
}

QString CardViewModel::about() const
{
  const auto group = group_.isEmpty() ? QString{} : tr("In the group %1.").arg(group_);
  if (!card_.isMissing) return group;
  const auto why = tr("Missing: %1. It comes back by itself.").arg(card_.why);
  return group.isEmpty() ? why : tr("%1 %2", "two sentences").arg(why, group);
}

QVariantList CardViewModel::portsOf(const PatchScene& scene) const
{
  QVariantList ports;
  for (const bool areOutputs : {false, true})
    for (std::size_t i = 0; i < card_.ports(areOutputs).size(); ++i) {
      const PortSpot spot{{id_, i}, areOutputs};
      const auto& port = card_.ports(areOutputs)[i];
      const auto cables = static_cast<int>(scene.cablesAt(spot).size());
      const auto at = port.centre - card_.box.topLeft();
      const auto width = port.channels == 1   ? tr("mono")
                         : port.channels == 2 ? tr("stereo")
                                              : tr("%n channel(s)", nullptr, static_cast<int>(port.channels));
      const auto hangs = cables == 0 ? tr("no cable") : tr("%n cable(s)", nullptr, cables);
      ports.push_back(QVariantMap{{QStringLiteral("place"), placeOf(spot)},
                                  {QStringLiteral("spoken"), wording::port(scene, spot)},
                                  {QStringLiteral("about"), tr("%1, %2").arg(width, hangs)},
                                  {QStringLiteral("x"), at.x()},
                                  {QStringLiteral("y"), at.y()}});
    }
  return ports;
}

} // namespace tutti::app
