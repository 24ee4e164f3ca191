#include "RelayConnections.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include <asio/executor_work_guard.hpp>
#include <asio/post.hpp>

#include <tutti/core/Log.hpp>
#include <tutti/net/BatchSocket.hpp>
#include <tutti/net/TurnConnection.hpp>
#include <tutti/rt/Mutex.hpp>
#include <tutti/rt/Priority.hpp>
#include <tutti/rt/SpscRing.hpp>

#include "QuietPipe.hpp"

namespace tutti::room {
namespace {

constexpr std::size_t kMostLeaving = 256; // packets: a third of a second of one player's
constexpr std::size_t kMostNews = 1024;   // of a stream that nobody listens to: the rest is lost

} // namespace

class RelayConnections::Thread {
public:
  explicit Thread(const net::Doorbell& bell)
    : bell_{bell}
    , thread_{[this] { run(); }}
  {}
  ~Thread()
  {
    work_.reset();
    context_.stop();
    thread_.join();
  }
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  void connect(const OwnRelays::Connect& wish)
  {
    asio::post(context_, [this, wish] {
      const net::TurnConnection::Target target{
        wish.server.at, wish.server.hostName, wish.server.transport == TurnUrl::Transport::tls, {}};
      net::TurnConnection::Listener listener;
      listener.happened = [this, number = wish.number](const net::TurnClient::Action& action) {
        say(Happened{number, action}); // these are few, and none may be lost
      };
      listener.heard = [this, number = wish.number](const Endpoint& peer, std::span<const std::byte> payload,
                                                    HostTime at) {
        say(Heard{number, peer, {payload.begin(), payload.end()}, at});
      };
      connections_[wish.number] = std::make_unique<net::TurnConnection>(
        context_, target, wish.credentials, net::TurnClient::Options{}, std::move(listener));
    });
  }

  void tell(const OwnRelays::Tell& wish)
  {
    asio::post(context_, [this, wish] {
      const auto found = connections_.find(wish.number);
      if (found != connections_.end()) tellOne(*found->second, wish);
    });
  }

  void disconnect(OwnRelays::Number number)
  {
    asio::post(context_, [this, number] { connections_.erase(number); });
  }

  bool trySend(OwnRelays::Number number, const Endpoint& peer, std::span<const std::byte> packet)
  {
    Parcel parcel{number, peer, packet.size(), {}};
    if (packet.size() > parcel.bytes.size()) return false;
    std::ranges::copy(packet, parcel.bytes.begin());
    if (!leaving_.tryPush(parcel)) return false;
    if (!isWoken_.exchange(true)) asio::post(context_, [this] { sendAll(); });
    return true;
  }

  std::vector<News> take()
  {
    const std::lock_guard lock{mutex_};
    return std::exchange(news_, {});
  }

private:
  struct Parcel {
    OwnRelays::Number number = 0;
    Endpoint peer;
    std::size_t size = 0;
    std::array<std::byte, net::kLargestDatagram> bytes{};
  };

  void run()
  {
    const QuietPipe quiet;
    if (const auto urgent = rt::becomeUrgent(rt::Urgency::media); !urgent)
      log::room().debug("relays without realtime priority: {}", urgent.error().detail);
    context_.run();
    connections_.clear();
  }

  static void tellOne(net::TurnConnection& connection, const OwnRelays::Tell& wish)
  {
    using What = OwnRelays::Tell::What;
    switch (wish.what) {
    case What::permit:
      return connection.permit(wish.peer);
    case What::bindChannel:
      return connection.bindChannel(wish.peer);
    case What::forget:
      return connection.forget(wish.peer);
    case What::suspect:
      return connection.suspect();
    case What::release:
      return connection.release();
    }
  }

  void sendAll()
  {
    isWoken_ = false;
    while (const auto parcel = leaving_.tryPop()) {
      const auto found = connections_.find(parcel->number);
      if (found != connections_.end())
        found->second->trySend(parcel->peer, std::span{parcel->bytes}.first(parcel->size));
    }
  }

  void say(News news)
  {
    {
      const std::lock_guard lock{mutex_};
      if (std::holds_alternative<Heard>(news) && news_.size() >= kMostNews) return;
      news_.push_back(std::move(news));
    }
    bell_.ring();
  }

  const net::Doorbell& bell_;
  asio::io_context context_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{context_.get_executor()};
  std::map<OwnRelays::Number, std::unique_ptr<net::TurnConnection>> connections_; // own thread
  rt::SpscRing<Parcel> leaving_{kMostLeaving};
  std::atomic<bool> isWoken_ = false;
  rt::Mutex mutex_; // guards what follows
  std::vector<News> news_;
  std::thread thread_; // after all that it uses
};

RelayConnections::RelayConnections(const net::Doorbell& bell)
  : bell_{bell}
{}

RelayConnections::~RelayConnections() = default;

void RelayConnections::connect(const OwnRelays::Connect& wish)
{
  if (!thread_) thread_ = std::make_unique<Thread>(bell_);
  thread_->connect(wish);
}

void RelayConnections::tell(const OwnRelays::Tell& wish)
{
  if (thread_) thread_->tell(wish);
}

void RelayConnections::disconnect(OwnRelays::Number number)
{
  if (thread_) thread_->disconnect(number);
}

bool RelayConnections::trySend(OwnRelays::Number number, const Endpoint& peer,
                               std::span<const std::byte> packet)
{
  return thread_ && thread_->trySend(number, peer, packet);
}

std::vector<RelayConnections::News> RelayConnections::take()
{
  return thread_ ? thread_->take() : std::vector<News>{};
}

} // namespace tutti::room
