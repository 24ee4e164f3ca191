#include "OutsideFeed.hpp"

#include <tutti/module/CommandLine.hpp>

namespace tutti::app {

OutsideFeed::OutsideFeed(engine::Jam& jam, Outside& outside, QObject* parent)
  : QObject{parent}
  , jam_{jam}
  , outside_{outside}
  , channels_{jam.channelsWish()}
{
  carryProgramWishes();
  carryStreamWishes();
  carryChannelWishes();
  carryPublishingWishes();
  look();
}

void OutsideFeed::look()
{
  outside_.programs()->show(jam_.programs());
  outside_.streams()->show(jam_.lan());
  outside_.channels()->show(jam_.channels());
  auto channels = jam_.channelsWish();
  if (channels == channels_) return;
  channels_ = std::move(channels);
  emit channelsChanged(channels_);
}

void OutsideFeed::carryProgramWishes()
{
  auto* const programs = outside_.programs();
  connect(programs, &ProgramsViewModel::addWanted, this,
          [this, programs](const QString& name, const QString& command) {
            const auto added = module::programFrom(name.toStdString(), command.toStdString())
                                 .and_then([this](const auto& program) { return jam_.addProgram(program); });
            if (!added) return programs->refuse(QString::fromStdString(added.error().detail));
            emit approved(jam_.programsApproved());
            look();
          });
  connect(programs, &ProgramsViewModel::removeWanted, this, [this](const QString& name) {
    jam_.removeProgram(name.toStdString());
    look();
  });
  connect(programs, &ProgramsViewModel::againWanted, this,
          [this](const QString& name) { jam_.startAgain(name.toStdString()); });
  connect(programs, &ProgramsViewModel::approveWanted, this, [this] {
    jam_.approvePrograms();
    emit approved(jam_.programsApproved());
  });
}

void OutsideFeed::carryStreamWishes()
{
  auto* const streams = outside_.streams();
  connect(streams, &StreamsViewModel::useWanted, this, [this](const QString& server, bool isWanted) {
    isWanted ? jam_.connectStreams(server.toStdString()) : jam_.disconnectStreams(server.toStdString());
    look();
  });
  connect(streams, &StreamsViewModel::offerWanted, this, [this, streams](const QString& name) {
    const auto offered = jam_.offerStream({name.toStdString()});
    if (!offered) return streams->refuse(QString::fromStdString(offered.error().detail));
    look();
  });
  connect(streams, &StreamsViewModel::withdrawWanted, this, [this](const QString& name) {
    jam_.withdrawStream(name.toStdString());
    look();
  });
}

void OutsideFeed::carryChannelWishes()
{
  auto* const channels = outside_.channels();
  connect(channels, &ChannelsViewModel::turnWanted, this, [this](bool isOn) {
    jam_.setLinkAudio(isOn);
    look();
  });
  connect(channels, &ChannelsViewModel::listenWanted, this,
          [this](const linkaudio::ChannelId& channel) { jam_.listenTo(channel); });
  connect(channels, &ChannelsViewModel::stopWanted, this,
          [this](const QString& guest) { jam_.stopListening(guest.toStdString()); });
  connect(channels, &ChannelsViewModel::placeWanted, this,
          [this](const QString& guest, linkaudio::Placement placement) {
            jam_.placeChannel(guest.toStdString(), placement);
          });
  connect(channels, &ChannelsViewModel::carryWanted, this,
          [this](const linkaudio::ChannelPattern& channel, bool isWanted) {
            jam_.carryChannel(channel, isWanted);
            look();
          });
}

void OutsideFeed::carryPublishingWishes()
{
  auto* const channels = outside_.channels();
  connect(channels, &ChannelsViewModel::publishWanted, this,
          [this, channels](const engine::ChannelOffer& offer) {
            const auto published = jam_.publishChannel(offer);
            if (!published) return channels->refuse(QString::fromStdString(published.error().detail));
            look();
          });
  connect(channels, &ChannelsViewModel::everybodyWanted, this, [this](bool isWanted) {
    jam_.publishEverybody(isWanted);
    look();
  });
  connect(channels, &ChannelsViewModel::withdrawWanted, this, [this](const QString& name) {
    jam_.withdrawChannel(name.toStdString());
    look();
  });
}

} // namespace tutti::app
