#include "JamImpl.hpp"

namespace tutti::engine {

jam::DeviceSnapshot Jam::Impl::showDevice()
{
  jam::DeviceSnapshot shown;
  shown.status = deviceStatus_;
  shown.problem = deviceProblem_;
  shown.wish = deviceWish_;
  shown.offers = offered_;
  shown.inputs = inputs_.read();
  shown.cable = cableShown_;
  shown.isWireless = isWireless_;
  if (device_) {
    shown.ownXruns = device_->load().overruns();
    shown.heldUp = device_->load().heldUp();
    shown.loadMedian = device_->load().quantile(0.5);
    shown.loadWorst = device_->load().quantile(0.9999);
  }
  return shown;
}

/// The first of these that is so.
std::string Jam::Impl::roomProblem() const
{
  if (!roomProblem_.empty()) return roomProblem_;
  if (!session_) return {};
  if (status_.state != room::Session::State::joined) return status_.problem;
  if (!voice_.problem().empty()) return voice_.problem();
  if (status_.isRosterDisputed)
    return "Others see other people in this room than you do: its server may not be honest. Say nothing "
           "here that is for nobody else.";
  if (status_.areWeMuted) return "The host has muted you: the others do not hear you.";
  return {};
}

void Jam::Impl::showRoom(jam::JamSnapshot& shown)
{
  shown.room.state = roomState_;
  shown.room.problem = roomProblem();
  shown.room.asksPassword = asksPassword_;
  shown.room.hasOtherHost = hasOtherHost_;
  shown.room.proposedPassword = proposedPassword_;
  if (!session_ && tried_ && roomState_ != jam::RoomState::joined) {
    shown.room.name = tried_->room;
    shown.room.invitation = tried_->link();
  }
  if (!session_) return;
  shown.room.name = status_.room.name;
  shown.room.isAlone = echo_ != nullptr;
  if (!shown.room.isAlone) shown.room.invitation = invitationForOthers();
  shown.room.isHostedHere = host_ && !shown.room.isAlone;
  shown.room.areWeHost = status_.areWeHost;
  shown.room.isLocked = status_.isLocked;
  shown.room.isPublic = status_.room.kind == room::wire::RoomKind::open;
  if (status_.state == room::Session::State::away) shown.room.state = jam::RoomState::lost;
  for (const auto& line : status_.chat)
    shown.room.chat.push_back({{line.author.text()}, line.name, line.text, line.author == status_.id});
  shown.players = company_.show();
}

jam::JamSnapshot Jam::Impl::snapshot()
{
  const std::lock_guard lock{mutex_};
  jam::JamSnapshot shown;
  shown.at = time::HostClock::now();
  showRoom(shown);
  shown.offers = showOffers();
  shown.own.name = settings_.name;
  shown.own.instrument = settings_.instrument;
  shown.own.colour = Company::colourOf(status_.slot);
  shown.own.strip = desk_.show(jam::StripId::own());
  shown.own.isMonitoring = desk_.isMonitoring();
  voice_.show(shown.own);
  shown.guests = desk_.showGuests();
  shown.master = desk_.show(jam::StripId::master());
  const auto metronome = desk_.show(jam::StripId::metronome());
  const auto& click = metronome.channels[0];
  shown.metronome = {desk_.isMetronomeOn(), click.gain, click.level, click.isSilenced};
  shown.isSoloActive = desk_.isSoloActive();
  shown.device = showDevice();
  takes_.show(shown);
  return shown;
}

} // namespace tutti::engine
