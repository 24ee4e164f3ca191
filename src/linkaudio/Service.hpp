#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>

#include <tutti/discovery/Alarm.hpp>
#include <tutti/linkaudio/Transit.hpp>

#include "AudioSocket.hpp"
#include "Station.hpp"

namespace tutti::linkaudio {

/// The shell around the station: sockets, timers, its thread, and what other threads see of it.
class LinkAudio::Service {
public:
  Service(link::Link& link, std::string_view peerName);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  void setEnabled(bool isEnabled);
  [[nodiscard]] bool isEnabled() const { return isEnabled_; }
  void setPeerName(std::string name);

  [[nodiscard]] std::vector<Channel> channels() const;
  void onChannels(std::function<void()> callback);
  [[nodiscard]] LinkAudioStatus status();

  Result<std::unique_ptr<Publication>> publish(std::string_view name);
  void rename(const ChannelId& id, std::string name);
  void withdraw(const ChannelId& id);
  Sink::Counts takeCounts(Sink& sink);

  Result<std::unique_ptr<Subscription>> subscribe(const ChannelId& id, Placement placement);
  void unsubscribe(const std::shared_ptr<Source>& source);
  void place(const std::shared_ptr<Source>& source, Placement placement);
  SourceSnapshot takeSnapshot(Source& source);

  asio::io_context& network() { return context_; }
  std::vector<Channel> ours();
  Result<std::unique_ptr<Tap>> tap(const ChannelId& id, Tap::Listener listener);
  void untap(const ChannelId& id, const std::shared_ptr<Tap::Listener>& listener);
  Result<std::unique_ptr<Feed>> feed(const ChannelId& id, std::string_view name, Feed::Turned turned);
  /// Of a channel of ours, to everybody who listens, there and here.
  void distribute(const AudioBuffer& buffer);

private:
  /// Where Link's thread leaves what it knows, as long as we are there.
  struct Door {
    std::mutex mutex;
    asio::io_context* context = nullptr; // under mutex
  };

  /// On our thread, and waits for it; at once if we are there already.
  template <class Question> auto ask(Question question)
  {
    if (context_.get_executor().running_in_this_thread()) return question();
    std::promise<decltype(question())> answer;
    auto future = answer.get_future();
    asio::post(context_, [&] {
      if constexpr (std::is_void_v<decltype(question())>) {
        question();
        answer.set_value();
      } else {
        answer.set_value(question());
      }
    });
    return future.get();
  }

  void run();
  void listenToLink();
  void follow(const link::AudioView& view);
  void settle();
  void openSocket(const discovery::LocalAddress& local);
  void closeSocket(const discovery::LocalAddress& local);
  void offerSockets();
  ChannelId drawId();

  void receive(const IpAddress& gateway, const net::Incoming& packet);
  void perform(const Station::Actions& actions);
  void send(const Station::Actions& actions);
  void report(const Station::Action& action);
  void deliver(const AudioBuffer& buffer, HostTime arrived);
  void settleHeard(const ChannelId& id);
  void wake();
  void keepTime();
  void pulse();
  void breathe();
  void drainSinks();
  void tendSources();

  link::Link& link_;
  std::atomic<bool> isEnabled_ = false;
  std::shared_ptr<Door> door_ = std::make_shared<Door>();

  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{context_.get_executor()};
  std::mt19937_64 random_; // net, and all below
  Station station_;
  link::AudioView view_;
  std::map<discovery::LocalAddress, std::shared_ptr<AudioSocket>> sockets_;
  std::map<discovery::LocalAddress, std::string> problems_;
  link::AudioSockets offered_;
  std::map<ChannelId, std::shared_ptr<Sink>> sinks_;
  std::set<ChannelId> heard_; // of our own
  std::multimap<ChannelId, std::shared_ptr<Source>> sources_;
  std::multimap<ChannelId, std::shared_ptr<Tap::Listener>> taps_;
  struct Fed {
    Feed::Turned turned;
    bool isHeard = false;
  };
  std::map<ChannelId, Fed> feeds_;
  HostTime arrived_{}; // of the datagram that is being handled
  discovery::Alarm alarm_{context_, [this] { wake(); }};
  discovery::Alarm pulse_{context_, [this] { pulse(); }};
  std::optional<Micros> pulsePeriod_;
  HostTime tendedAt_{};
  HostTime retriedAt_{};

  mutable std::mutex mutex_;
  std::vector<Channel> channels_;    // under mutex_
  std::function<void()> onChannels_; // under mutex_

  std::thread thread_;
};

} // namespace tutti::linkaudio
