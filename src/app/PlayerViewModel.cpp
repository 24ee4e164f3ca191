#include "PlayerViewModel.hpp"

#include "window/Wording.hpp"

namespace tutti::app {

namespace {

constexpr double kWorthALight = 0.0005; // of the packets; less is heard by nobody

} // namespace

PlayerViewModel::PlayerViewModel(jam::PlayerId id, Wishes& wishes, const Clock& clock)
  : id_{std::move(id)}
  , wishes_{wishes}
  , strip_{jam::StripId::of(id_), wishes, clock}
  , delay_{id_, wishes, clock}
  , mode_{id_, wishes, clock}
{}

void PlayerViewModel::show(const jam::PlayerSnapshot& player, HostTime at)
{
  strip_.showOwner(QString::fromStdString(player.name), QString::fromStdString(player.instrument),
                   static_cast<int>(player.colour));
  strip_.show(player.strip, at);
  delay_.show(player, at);
  mode_.show(player, at);
  auto state = stateOf(player);
  if (state == state_) return;
  state_ = std::move(state);
  emit stateChanged();
}

PlayerViewModel::State PlayerViewModel::stateOf(const jam::PlayerSnapshot& player)
{
  State state{.delay = {},
              .loss = {},
              .isHeard = player.isHeard,
              .isMutedByHost = player.isMutedByHost,
              .isHost = player.isHost};
  const auto missing = player.lostShare + player.lateShare;
  if (player.isMutedByHost)
    state.delay = tr("muted");
  else if (!player.isHeard)
    state.delay = tr("silent");
  else
    state.delay = wording::duration(player.delay.total());
  if (player.isHeard && missing >= kWorthALight) state.loss = wording::share(missing);
  return state;
}

QString PlayerViewModel::spokenState() const
{
  if (state_.isMutedByHost) return tr("%1 is muted by the host").arg(strip_.name());
  if (!state_.isHeard) return tr("Nothing is heard from %1").arg(strip_.name());
  const auto delay = tr("%1, delay %2").arg(strip_.name(), state_.delay);
  return state_.loss.isEmpty() ? delay : tr("%1, %2 lost").arg(delay, state_.loss);
}

void PlayerViewModel::kick()
{
  emit wishes_.kickWanted(id_);
}

void PlayerViewModel::toggleMutedByHost()
{
  emit wishes_.muteMemberWanted(id_, !isMutedByHost());
}

} // namespace tutti::app
