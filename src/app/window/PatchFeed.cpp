#include "PatchFeed.hpp"

#include <chrono>

namespace tutti::app {

using namespace std::chrono_literals;

PatchFeed::PatchFeed(engine::Jam& jam, engine::Engine& engine, Stage& stage, QObject* parent)
  : QObject{parent}
  , jam_{jam}
  , stage_{stage}
  , clerk_{jam, "window", engine::setSessionOf(engine)}
  , hands_{*stage.patch(), [&jam](const std::function<void(jam::Desk&)>& act) { jam.withDesk(act); }}
{
  auto* const shelf = new SessionShelf{
    engine::PatchLibrary{engine::PatchLibrary::usualFolder()},
    {.load = [this](const std::string& yaml) { return clerk_.load(yaml, false); },
     .save = [&jam] { return jam.patch(); },
     .call =
       [&jam](const std::string& name) { jam.withDesk([&](jam::Desk& desk) { callSession(desk, name); }); }}};
  shelf->moveToThread(&disk_);
  connect(&disk_, &QThread::finished, shelf, &QObject::deleteLater);
  stage.sessions()->follow(*shelf);
  stage.sessions()->showName(QString::fromStdString(jam.patch().session.name));
  connect(&compare_, &QTimer::timeout, shelf, &SessionShelf::compare);
  compare_.setInterval(1s);
  connect(shelf, &SessionShelf::opened, this, &PatchFeed::show);
  connect(&hands_, &PatchHands::done, this, &PatchFeed::show);
  connect(stage.patch()->wishes(), &PatchWishes::watched, this, &PatchFeed::watch);
  disk_.start();
  QMetaObject::invokeMethod(shelf, &SessionShelf::compare);
}

PatchFeed::~PatchFeed()
{
  disk_.quit();
  disk_.wait();
}

void PatchFeed::look()
{
  if (isWatched_) show();
}

void PatchFeed::watch(bool isShown)
{
  isWatched_ = isShown;
  isShown ? compare_.start() : compare_.stop();
  if (!isShown) return;
  stage_.sessions()->refresh();
  show();
}

void PatchFeed::show()
{
  jam::PatchSnapshot snapshot;
  jam_.withDesk([&](jam::Desk& desk) { snapshot = desk.showPatch(); });
  stage_.patch()->show(snapshot, time::HostClock::now());
}

} // namespace tutti::app
