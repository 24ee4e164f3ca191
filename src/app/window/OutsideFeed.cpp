#include "OutsideFeed.hpp"

#include <tutti/module/CommandLine.hpp>

namespace tutti::app {

OutsideFeed::OutsideFeed(engine::Jam& jam, Outside& outside, QObject* parent)
  : QObject{parent}
  , jam_{jam}
  , outside_{outside}
{
  carryProgramWishes();
  carryStreamWishes();
  look();
}

void OutsideFeed::look()
{
  outside_.programs()->show(jam_.programs());
  outside_.streams()->show(jam_.lan());
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

} // namespace tutti::app
