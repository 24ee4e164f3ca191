#pragma once

#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>

#include <tutti/discovery/Alarm.hpp>
#include <tutti/link/Link.hpp>
#include <tutti/rt/Signal.hpp>

#include "AudioSide.hpp"
#include "GatewayShell.hpp"
#include "Node.hpp"
#include "Pace.hpp"

namespace tutti::link {

/// The shell around the node: sockets, timers, threads, and what other threads see of it.
class Link::Service {
public:
  Service(time::Tempo tempo, Options options, asio::io_context* control);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  void enable();
  void disable();
  void setFollowsStartStop(bool follows);

  void onLan(std::function<void(const LanView&)> callback);
  void carry(const BridgeOrder& order); // net

  void onAudio(std::function<void(const AudioView&)> callback);
  void offerAudio(AudioSockets sockets);

  SessionState captureApp() const;
  void commitApp(const SessionState& state);
  AudioSide& audio() { return audio_; }

  /// What any thread may read.
  struct Shared {
    std::atomic<bool> isEnabled = false;
    std::atomic<bool> followsStartStop = false;
    std::atomic<std::size_t> peerCount = 0;
  };
  [[nodiscard]] const Shared& shared() const { return shared_; }
  [[nodiscard]] std::shared_ptr<const Status> status() const;

  struct Callbacks {
    std::function<void(std::size_t)> peerCount;
    std::function<void(time::Tempo)> tempo;
    std::function<void(bool)> startStop;
  };
  /// `change` gets the callbacks under their lock.
  template <class Change> void setCallbacks(Change&& change)
  {
    const std::lock_guard lock{callbacksMutex_};
    change(callbacks_);
  }

private:
  template <class Work> void onNetworkThread(Work work);
  void awaitCommits();
  void takeCommits();

  void scan();
  void openGateway(const discovery::LocalAddress& local);
  void closeGateway(const discovery::LocalAddress& local);
  void closeAll();
  void shutDown();

  void perform(const Node::Actions& actions);
  void report(const Node::Action& action);
  void note(std::string_view line);
  void arm();
  void publishState();
  void showLan();
  void showAudio();
  void publishStatus(bool isNews);

  Options options_;
  std::unique_ptr<asio::io_context> own_;
  asio::io_context& context_;
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_;
  std::shared_ptr<bool> isAlive_ = std::make_shared<bool>(true); // net

  Node node_;                                                                 // net
  std::map<discovery::LocalAddress, std::shared_ptr<GatewayShell>> gateways_; // net
  std::map<discovery::LocalAddress, std::string> problems_;                   // net
  discovery::Alarm alarm_;                                                    // net
  discovery::Alarm scanAlarm_;                                                // net
  HostTime statusAt_{};                                                       // net
  bool isStatusStale_ = false;                                                // net
  std::function<void(const LanView&)> lan_;                                   // net
  bool isLanDue_ = false;                                                     // net
  std::function<void(const AudioView&)> audioLooker_;                         // net
  std::optional<AudioView> audioShown_;                                       // net
  bool isAudioDue_ = false;                                                   // net
  Pace statusPace_{8, std::chrono::milliseconds{250}};                        // net
  Pace logPace_{20, std::chrono::seconds{10}};                                // net

  Shared shared_; // any
  mutable std::mutex stateMutex_;
  ClientState state_;          // under stateMutex_
  int appCommitsUnderWay_ = 0; // under stateMutex_
  mutable std::mutex statusMutex_;
  std::shared_ptr<const Status> status_; // under statusMutex_
  std::mutex callbacksMutex_;
  Callbacks callbacks_; // under callbacksMutex_

  rt::Signal audioCommitted_;
  AudioSide audio_;
  std::atomic<bool> isStopping_ = false;
  std::thread commitThread_;
  std::thread networkThread_;
};

} // namespace tutti::link
