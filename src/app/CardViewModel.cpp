#include "CardViewModel.hpp"

#include <utility>

#include "patchbay/PatchWording.hpp"

namespace tutti::app {

void CardViewModel::show(const PatchScene& scene, const PatchScene::Card& card)
{
  const auto* const group = scene.find(card.group);
  const auto groupName = group ? group->name : QString{};
  const bool isMoved = card.box != card_.box;
  const bool isOther = card != card_ || groupName != group_;
  card_ = card;
  group_ = groupName;
  if (isMoved) emit boxChanged();
  if (isOther) emit changed();
  showPorts();
  showPortWords(scene);
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
    connect(strip_->first(), &ChannelViewModel::isSilencedChanged, this, &CardViewModel::stripMoved);
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
  auto group = group_.isEmpty() ? QString{} : tr("In the group %1.").arg(group_);
  if (!card_.isMissing) return group;
  const auto missing = wording::missing(card_.name.toStdString(), card_.why.toStdString());
  const auto why = tr("%1 It comes back by itself.", "after who is missing, and why").arg(missing);
  return group.isEmpty() ? why : tr("%1 %2", "two sentences").arg(why, group);
}

/// They are other items only where they are other ports: who has the keyboard keeps it.
void CardViewModel::showPorts()
{
  QVariantList ports;
  for (const bool areOutputs : {false, true})
    for (std::size_t i = 0; i < card_.ports(areOutputs).size(); ++i) {
      const auto at = card_.ports(areOutputs)[i].centre - card_.box.topLeft();
      ports.push_back(QVariantMap{{QStringLiteral("place"), placeOf(PortSpot{{id_, i}, areOutputs})},
                                  {QStringLiteral("x"), at.x()},
                                  {QStringLiteral("y"), at.y()}});
    }
  if (ports == ports_) return;
  ports_ = std::move(ports);
  emit portsChanged();
}

void CardViewModel::showPortWords(const PatchScene& scene)
{
  QStringList words;
  for (const bool areOutputs : {false, true})
    for (std::size_t i = 0; i < card_.ports(areOutputs).size(); ++i) {
      const PortSpot spot{{id_, i}, areOutputs};
      const auto channels = card_.ports(areOutputs)[i].channels;
      const auto cables = static_cast<int>(scene.cablesAt(spot).size());
      const auto width = channels == 1   ? tr("mono")
                         : channels == 2 ? tr("stereo")
                                         : tr("%n channel(s)", nullptr, static_cast<int>(channels));
      const auto hangs = cables == 0 ? tr("no cable") : tr("%n cable(s)", nullptr, cables);
      words << wording::port(scene, spot)
            << tr("%1, %2", "how wide a port is, and what hangs on it").arg(width, hangs);
    }
  if (words == portWords_) return;
  portWords_ = std::move(words);
  emit portWordsChanged();
}

} // namespace tutti::app
