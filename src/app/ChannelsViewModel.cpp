#include "ChannelsViewModel.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include <QLocale>

namespace tutti::app {
namespace {

using Hears = engine::ChannelOffer::Hears;
using Placement = linkaudio::Placement;

QString text(const std::string& words)
{
  return QString::fromStdString(words);
}

/// To a tenth, so that what only trembles stays as it is.
double decibelsOf(float peak)
{
  constexpr double kSilence = -100;
  return peak > 0 ? std::max(kSilence, std::round(200 * std::log10(static_cast<double>(peak))) / 10)
                  : kSilence;
}

} // namespace

void ChannelsViewModel::show(const engine::ChannelsSnapshot& snapshot)
{
  std::vector<Row> rows;
  rows.reserve(snapshot.channels.size());
  for (const auto& channel : snapshot.channels) {
    auto row = rowOf(channel, snapshot.isBridged);
    const bool isFirst = rows.empty() || rows.back().group != row.group;
    if (isFirst) row.peer = row.group;
    rows.push_back(std::move(row));
  }
  turnInto(rows_, std::move(rows),
           [](const Row& row) { return std::tie(row.group, row.name, row.id, row.guest); });
  auto ours = oursOf(snapshot);
  auto choices = choicesOf(snapshot);
  auto problem = text(snapshot.problem);
  if (problem.isEmpty() && !snapshot.isOn && count() > 0)
    problem = tr("Your patch has channels of other programs, but Link Audio is off here.");
  const bool isSame = isOn_ == snapshot.isOn && isBridged_ == snapshot.isBridged &&
                      publishesEverybody_ == snapshot.publishesEverybody && ours == ours_ &&
                      choices == choices_ && problem == problem_;
  if (isSame) return;
  isOn_ = snapshot.isOn;
  isBridged_ = snapshot.isBridged;
  publishesEverybody_ = snapshot.publishesEverybody;
  ours_ = std::move(ours);
  choices_ = std::move(choices);
  problem_ = std::move(problem);
  emit changed();
}

ChannelsViewModel::Row ChannelsViewModel::rowOf(const engine::ChannelSnapshot& channel, bool isBridged)
{
  Row row;
  row.name = text(channel.name);
  if (channel.site.empty()) {
    row.group = text(channel.peer);
    row.spoken = tr("%1 of %2").arg(row.name, row.group);
  } else {
    const auto site = text(channel.site);
    if (const auto mark = QStringLiteral(" (%1)").arg(site); row.name.endsWith(mark))
      row.name.chop(mark.size());
    row.group = tr("From %1").arg(site);
    row.spoken = tr("%1 from %2").arg(row.name, site);
  }
  if (isBridged && channel.id && channel.site.empty())
    row.pattern = linkaudio::ChannelPattern{channel.peer, channel.name};
  row.travels = channel.isCarried;
  row.guest = text(channel.guest);
  row.id = channel.id;
  row.about = aboutOf(channel);
  row.problem = problemOf(channel);
  row.level = decibelsOf(channel.isHeard ? channel.sound.peak : 0);
  row.beats = channel.placement.kind == Placement::Kind::beats ? channel.placement.beats : 0;
  return row;
}

QString ChannelsViewModel::aboutOf(const engine::ChannelSnapshot& channel)
{
  auto here = soundOf(channel);
  if (channel.sites == 0) return here;
  const auto there = tr("Heard at %n other site(s)", "", static_cast<int>(channel.sites));
  return here.isEmpty() ? there : QStringLiteral("%1\n%2").arg(here, there);
}

QString ChannelsViewModel::soundOf(const engine::ChannelSnapshot& channel)
{
  if (channel.guest.empty() || !channel.id) return {};
  if (!channel.isHeard) return tr("A card of the patch that no cable leads from");
  const auto& sound = channel.sound;
  if (sound.channels == 0) return tr("No sound has come yet");
  const QLocale locale;
  const auto delay = locale.toString(static_cast<double>(sound.delay.count()) / 1000, 'f', 0);
  const auto rate = locale.toString(static_cast<double>(sound.rate.hertz()) / 1000, 'g', 4);
  const auto beats = locale.toString(sound.lag, 'f', 1);
  const auto heard = tr("%1 kHz, heard after %2 ms, %3 beats").arg(rate, delay, beats);
  if (sound.lost == 0) return tr("%1; nothing lost").arg(heard);
  return tr("%1; lost: %2").arg(heard, locale.toString(static_cast<qulonglong>(sound.lost)));
}

QString ChannelsViewModel::problemOf(const engine::ChannelSnapshot& channel)
{
  if (!channel.problem.empty()) return text(channel.problem);
  if (!channel.isHeard) return {};
  if (channel.sound.isUnplayable)
    return tr("Its rate is too far from your device's to be heard live. Hear it on the beat.");
  if (channel.sound.isOtherSession) return tr("Its beats are those of another Link session than yours.");
  if (channel.sound.channels > 0 && !channel.sound.hasSignal) return tr("No sound comes now.");
  return {};
}

QVariantList ChannelsViewModel::oursOf(const engine::ChannelsSnapshot& snapshot)
{
  QVariantList ours;
  for (const auto& one : snapshot.ours) {
    const auto about = one.isHeard     ? tr("Somebody listens")
                       : one.isThere   ? tr("Nobody listens yet")
                       : snapshot.isOn ? tr("Nobody sees it: Link is off here")
                                       : tr("Nobody sees it: Link Audio is off here");
    ours << QVariantMap{{QStringLiteral("name"), text(one.offer.name)}, {QStringLiteral("about"), about}};
  }
  return ours;
}

QVariantList ChannelsViewModel::choicesOf(const engine::ChannelsSnapshot& snapshot)
{
  QVariantList choices;
  const auto isPublished = [&](const engine::ChannelOffer& offer) {
    return std::ranges::any_of(snapshot.ours, [&](const auto& one) {
      return one.offer.name == offer.name ||
             (one.offer.hears == offer.hears && one.offer.player == offer.player);
    });
  };
  const auto add = [&](const engine::ChannelOffer& offer, const QString& title) {
    if (!isPublished(offer))
      choices << QVariantMap{{QStringLiteral("title"), title},
                             {QStringLiteral("player"), text(offer.player)}};
  };
  add(engine::ChannelOffer::mix(), tr("Mix"));
  for (const auto& player : snapshot.players) add({player, Hears::player, player}, text(player));
  return choices;
}

void ChannelsViewModel::refuse(const QString& why)
{
  if (std::exchange(refusal_, why) != why) emit changed();
}

void ChannelsViewModel::listen(int row)
{
  if (row < 0 || row >= count()) return;
  if (const auto& id = rows_[static_cast<std::size_t>(row)].id) emit listenWanted(*id);
}

void ChannelsViewModel::stop(int row)
{
  if (row >= 0 && row < count()) emit stopWanted(rows_[static_cast<std::size_t>(row)].guest);
}

void ChannelsViewModel::place(int row, int beats)
{
  if (row < 0 || row >= count() || beats > mostBeats()) return;
  emit placeWanted(rows_[static_cast<std::size_t>(row)].guest,
                   beats > 0 ? Placement::inBeats(beats) : Placement::live());
}

void ChannelsViewModel::carry(int row, bool isWanted)
{
  if (row < 0 || row >= count()) return;
  if (const auto& pattern = rows_[static_cast<std::size_t>(row)].pattern)
    emit carryWanted(*pattern, isWanted);
}

void ChannelsViewModel::publish(const QString& player)
{
  refuse({});
  if (player.isEmpty()) return emit publishWanted(engine::ChannelOffer::mix());
  emit publishWanted({player.toStdString(), Hears::player, player.toStdString()});
}

QVariant ChannelsViewModel::data(const QModelIndex& index, int role) const
{
  if (!has(index)) return {};
  const auto& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
  case peerRole:
    return row.peer;
  case nameRole:
    return row.name;
  case spokenRole:
    return row.spoken;
  case aboutRole:
    return row.about;
  case problemRole:
    return row.problem;
  case isInPatchRole:
    return !row.guest.isEmpty();
  case levelRole:
    return row.level;
  case beatsRole:
    return row.beats;
  case canTravelRole:
    return row.pattern.has_value();
  case travelsRole:
    return row.travels;
  default:
    return {};
  }
}

QHash<int, QByteArray> ChannelsViewModel::roleNames() const
{
  return {{peerRole, "peer"},      {nameRole, "name"},       {spokenRole, "spoken"},
          {aboutRole, "about"},    {problemRole, "problem"}, {isInPatchRole, "isInPatch"},
          {levelRole, "level"},    {beatsRole, "beats"},     {canTravelRole, "canTravel"},
          {travelsRole, "travels"}};
}

} // namespace tutti::app
