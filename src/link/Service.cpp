#include "Service.hpp"

#include <algorithm>
#include <chrono>
#include <random>

#include <fmt/format.h>
#include <tutti/core/Log.hpp>

namespace tutti::link {
namespace {

using time::HostClock;

constexpr std::chrono::milliseconds kNewsPause{50};

std::uint64_t freshSeed()
{
  std::random_device entropy;
  return static_cast<std::uint64_t>(entropy()) << 32U | entropy();
}

} // namespace

Link::Service::Service(time::Tempo tempo, Options options, asio::io_context* control)
  : options_{std::move(options)}
  , own_{control == nullptr ? std::make_unique<asio::io_context>(1) : nullptr}
  , context_{control == nullptr ? *own_ : *control}
  , node_{tempo, freshSeed(), HostClock::now()}
  , alarm_{context_, [this] { perform(node_.advance(HostClock::now())); }}
  , scanAlarm_{context_, [this] { scan(); }}
  , state_{node_.sessions().client()}
  , status_{std::make_shared<Status>(node_.status(HostClock::now()))}
  , audio_{state_, audioCommitted_}
{
  if (own_) {
    work_.emplace(own_->get_executor());
    networkThread_ = std::thread{[this] { own_->run(); }};
  }
  commitThread_ = std::thread{[this] { awaitCommits(); }};
}

Link::Service::~Service()
{
  isStopping_.store(true);
  audioCommitted_.raise();
  commitThread_.join();
  std::promise<void> done;
  asio::post(context_, [&] {
    shutDown();
    done.set_value();
  });
  done.get_future().wait();
  work_.reset();
  if (networkThread_.joinable()) networkThread_.join();
}

void Link::Service::shutDown()
{
  perform(node_.disable(HostClock::now()));
  closeAll();
  *isAlive_ = false;
  alarm_.set({});
  scanAlarm_.set({});
}

template <class Work> void Link::Service::onNetworkThread(Work work)
{
  asio::post(context_, [alive = isAlive_, work = std::move(work)] {
    if (*alive) work();
  });
}

void Link::Service::enable()
{
  if (shared_.isEnabled.exchange(true)) return;
  onNetworkThread([this] {
    audio_.setEnabled(true);
    perform(node_.enable(HostClock::now()));
    scan();
  });
}

void Link::Service::disable()
{
  if (!shared_.isEnabled.exchange(false)) return;
  onNetworkThread([this] {
    audio_.setEnabled(false);
    perform(node_.disable(HostClock::now()));
    scanAlarm_.set({});
    closeAll();
  });
}

void Link::Service::setFollowsStartStop(bool follows)
{
  shared_.followsStartStop.store(follows);
  onNetworkThread([this, follows] {
    node_.setFollowsStartStop(follows);
    publishStatus(true);
  });
}

void Link::Service::onLan(std::function<void(const LanView&)> callback)
{
  onNetworkThread([this, callback = std::move(callback)] {
    lan_ = callback;
    showLan();
  });
}

void Link::Service::carry(const BridgeOrder& order)
{
  perform(node_.carry(order, HostClock::now()));
}

/// Later, not now: who is shown it may carry orders, and each order changes what there is to show.
void Link::Service::showLan()
{
  if (!lan_ || std::exchange(isLanDue_, true)) return;
  onNetworkThread([this] {
    isLanDue_ = false;
    if (lan_) lan_(node_.lan());
  });
}

void Link::Service::onAudio(std::function<void(const AudioView&)> callback)
{
  onNetworkThread([this, callback = std::move(callback)] {
    audioLooker_ = callback;
    audioShown_.reset();
    showAudio();
  });
}

void Link::Service::offerAudio(AudioSockets sockets)
{
  onNetworkThread(
    [this, sockets = std::move(sockets)] { perform(node_.offerAudio(sockets, HostClock::now())); });
}

/// Once for all that has come meanwhile: a crowd makes news faster than anyone has to look at it.
void Link::Service::showAudio()
{
  if (!audioLooker_ || std::exchange(isAudioDue_, true)) return;
  onNetworkThread([this] {
    isAudioDue_ = false;
    auto view = node_.audio();
    if (!audioLooker_ || view == audioShown_) return;
    audioShown_ = std::move(view);
    audioLooker_(*audioShown_);
  });
}

SessionState Link::Service::captureApp() const
{
  const std::lock_guard lock{stateMutex_};
  return {state_,
          shared_.peerCount.load() > 0 ? SessionState::Company::withPeers : SessionState::Company::alone};
}

void Link::Service::commitApp(const SessionState& state)
{
  if (!state.changesTimeline() && !state.changesStartStop()) return;
  Node::Commit commit;
  {
    const std::lock_guard lock{stateMutex_};
    commit.at = HostClock::now();
    if (state.changesTimeline()) {
      state_.timeline = state.current().timeline;
      state_.timeline.tempo = state_.timeline.tempo.clamped();
      state_.session = state.current().session;
      commit.timeline = state_.timeline;
      commit.session = state_.session;
    }
    if (state.changesStartStop() && commit.at > state_.startStop.decidedAt) {
      state_.startStop = state.current().startStop;
      state_.startStop.decidedAt = commit.at;
      commit.startStop = state_.startStop;
    }
    ++appCommitsUnderWay_;
  }
  onNetworkThread([this, commit] {
    const auto actions = node_.commit(commit, HostClock::now());
    {
      const std::lock_guard lock{stateMutex_};
      --appCommitsUnderWay_;
    }
    perform(actions);
  });
}

void Link::Service::awaitCommits()
{
  for (;;) {
    audioCommitted_.wait();
    if (isStopping_.load()) return;
    onNetworkThread([this] { takeCommits(); });
  }
}

void Link::Service::takeCommits()
{
  const auto commit = audio_.take();
  if (commit) perform(node_.commit(*commit, HostClock::now()));
  audio_.taken();
}

void Link::Service::perform(const Node::Actions& actions)
{
  for (const auto& action : actions) {
    const auto* send = std::get_if<Node::Send>(&action);
    if (send == nullptr) continue;
    const auto gateway = std::ranges::find_if(
      gateways_, [&](const auto& entry) { return entry.first.address == send->gateway; });
    if (gateway != gateways_.end()) gateway->second->send(*send);
  }
  publishState(); // first, so that a callback that captures sees what it is called for
  const bool isNews = std::ranges::any_of(actions, [](const auto& action) { return action.index() != 0; });
  // Peers can make news faster than anyone can look at it, and a status of many peers is work.
  const auto now = HostClock::now();
  isStatusStale_ = isStatusStale_ || isNews;
  const bool isAtOnce = isNews && statusPace_.next(now);
  publishStatus(isAtOnce || (isStatusStale_ && now - statusAt_ >= kNewsPause));
  for (const auto& action : actions) report(action);
  showLan();
  showAudio();
  arm();
}

void Link::Service::report(const Node::Action& action)
{
  Callbacks callbacks;
  if (action.index() != 0) {
    const std::lock_guard lock{callbacksMutex_};
    callbacks = callbacks_;
  }
  if (const auto* count = std::get_if<Node::PeerCountChanged>(&action)) {
    note(fmt::format("{} other Link program(s) in the session", count->peers));
    if (callbacks.peerCount) callbacks.peerCount(count->peers);
  } else if (const auto* tempo = std::get_if<Node::TempoChanged>(&action)) {
    note(fmt::format("tempo {:.2f} bpm", tempo->tempo.bpm()));
    if (callbacks.tempo) callbacks.tempo(tempo->tempo);
  } else if (const auto* startStop = std::get_if<Node::StartStopChanged>(&action)) {
    note(startStop->isPlaying ? "started" : "stopped");
    if (callbacks.startStop) callbacks.startStop(startStop->isPlaying);
  }
}

void Link::Service::note(std::string_view line)
{
  const auto leftOut = logPace_.next(HostClock::now());
  if (!leftOut) return;
  if (*leftOut == 0)
    log::link().info("{}", line);
  else
    log::link().info("{} ({} changes before it went unlogged)", line, *leftOut);
}

void Link::Service::arm()
{
  auto due = node_.nextDeadline();
  if (isStatusStale_) due = std::min(due.value_or(statusAt_ + kNewsPause), statusAt_ + kNewsPause);
  alarm_.set(due);
}

void Link::Service::publishState()
{
  const auto& client = node_.sessions().client();
  shared_.peerCount.store(node_.peerCount());
  audio_.setPeerCount(node_.peerCount());
  audio_.publish(client);
  const std::lock_guard lock{stateMutex_};
  // A commit that is still on its way must not be seen to vanish for a moment.
  if (appCommitsUnderWay_ == 0) state_ = client;
}

void Link::Service::publishStatus(bool isNews)
{
  constexpr std::chrono::milliseconds kOften{250};
  const auto now = HostClock::now();
  if (!isNews && now - statusAt_ < kOften) return;
  statusAt_ = now;
  isStatusStale_ = false;
  auto fresh = std::make_shared<Status>(node_.status(now));
  for (const auto& [local, shell] : gateways_)
    fresh->gateways.push_back({local.interfaceName, local.address, true, {}});
  for (const auto& [local, problem] : problems_)
    fresh->gateways.push_back({local.interfaceName, local.address, false, problem});
  const std::lock_guard lock{statusMutex_};
  status_ = std::move(fresh);
}

std::shared_ptr<const Status> Link::Service::status() const
{
  const std::lock_guard lock{statusMutex_};
  return status_;
}

} // namespace tutti::link
