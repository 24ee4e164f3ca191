#include <tutti/engine/Engine.hpp>

#include <algorithm>
#include <mutex>
#include <thread>

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>

#include <tutti/link/Link.hpp>

#include "Transport.hpp"

namespace tutti::engine {
namespace {

constexpr auto kShortestQuantum = time::Beats::fromMicroBeats(1'000'000);
constexpr auto kLongestQuantum = time::Beats::fromMicroBeats(64'000'000);

time::Beats sane(time::Beats quantum)
{
  return std::clamp(quantum, kShortestQuantum, kLongestQuantum);
}

/// The one network context of the engine and its thread; outlives everything that lives on it.
class ControlThread {
public:
  ControlThread()
    : work_{context_.get_executor()}
    , thread_{[this] { context_.run(); }}
  {}
  ~ControlThread()
  {
    work_.reset();
    thread_.join();
  }
  asio::io_context& context() { return context_; }

private:
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::thread thread_;
};

} // namespace

class Engine::Impl {
public:
  Impl(const Settings& settings, std::vector<std::string> interfaces)
    : transport_{link_, sane(settings.quantum)}
    , link_{settings.tempo, {std::move(interfaces)}, control_.context()}
  {
    link_.onPeerCount([this](std::size_t) { changed(); });
    link_.onTempo([this](time::Tempo) { changed(); });
    link_.onStartStop([this](bool isPlaying) {
      transport_.sessionPlays(isPlaying);
      changed();
    });
    if (settings.followsStartStop) link_.followStartStop();
    if (settings.isLinkEnabled) link_.enable();
  }

  ~Impl()
  {
    // The session says its last words while the Link peer goes; nobody here listens any more.
    link_.onPeerCount({});
    link_.onTempo({});
    link_.onStartStop({});
  }

  link::Link& link() { return link_; }
  asio::io_context& control() { return control_.context(); }
  Transport& transport() { return transport_; }

  void setCallback(std::function<void()> callback)
  {
    const std::lock_guard lock{mutex_};
    callback_ = std::move(callback);
  }

private:
  void changed()
  {
    const std::lock_guard lock{mutex_};
    if (callback_) callback_();
  }

  std::mutex mutex_;
  std::function<void()> callback_; // under mutex_
  ControlThread control_;
  Transport transport_; // before the peer whose callbacks use it
  link::Link link_;
};

Engine::Engine(const Settings& settings, std::vector<std::string> interfaces)
  : impl_{std::make_unique<Impl>(settings, std::move(interfaces))}
{}
Engine::~Engine() = default;

void Engine::enableLink()
{
  impl_->link().enable();
}
void Engine::disableLink()
{
  impl_->link().disable();
}
void Engine::followStartStop()
{
  impl_->link().followStartStop();
}
void Engine::ignoreStartStop()
{
  impl_->link().ignoreStartStop();
}
void Engine::play()
{
  impl_->transport().play();
}
void Engine::stop()
{
  impl_->transport().stop();
}
void Engine::setQuantum(time::Beats quantum)
{
  impl_->transport().setQuantum(sane(quantum));
}
void Engine::onChange(std::function<void()> callback)
{
  impl_->setCallback(std::move(callback));
}

void Engine::setTempo(time::Tempo tempo)
{
  auto state = impl_->link().captureApp();
  state.setTempo(tempo, time::HostClock::now());
  impl_->link().commitApp(state);
}

std::unique_ptr<bridge::LinkBridge> Engine::openBridge(room::Session& session, const bridge::Rights& ours)
{
  impl_->link().enable();
  return std::make_unique<bridge::LinkBridge>(impl_->link(), impl_->control(), session, ours);
}

Result<std::unique_ptr<LinkSound>> Engine::openLinkSound(LinkSoundSettings settings)
{
  impl_->link().enable();
  return LinkSound::open(std::move(settings), impl_->link(), [this] { return impl_->transport().quantum(); });
}

LinkAudioWay Engine::linkAudioWay()
{
  auto* const link = &impl_->link();
  return {.open =
            [link](const std::string& name) {
              link->enable();
              return std::make_unique<linkaudio::LinkAudio>(*link, name);
            },
          .grid = [link] { return linkaudio::SessionGrid::of(link->captureApp()); },
          .isLinkOn = [link] { return link->isEnabled(); }};
}

time::BeatGrid Engine::beatGrid() const
{
  return impl_->link().captureApp().beatGrid(impl_->transport().quantum());
}

Snapshot Engine::snapshot() const
{
  Snapshot snapshot;
  snapshot.link = impl_->link().status();
  snapshot.grid = beatGrid();
  snapshot.isPlaying = snapshot.grid.isPlaying();
  snapshot.at = time::HostClock::now();
  return snapshot;
}

} // namespace tutti::engine
