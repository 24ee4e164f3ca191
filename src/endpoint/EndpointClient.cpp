#include <tutti/endpoint/EndpointClient.hpp>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>

#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/discovery/GroupEars.hpp>

#include "Machinery.hpp"

namespace tutti::endpoint {
namespace {

using asio::experimental::as_tuple;
using asio::ip::tcp;

constexpr std::chrono::seconds kToConnect{2};

} // namespace

class EndpointClient::Inner {
public:
  Inner(net::BatchSocket media, const std::string& name, audio::SampleRate device)
    : device_{device}
    , machinery_{std::move(media), [this](Outbox& out) { drain(out); }, name, device}
    , ears_{machinery_.context, Announcement::group(),
            [this](std::span<const std::byte> datagram, const IpAddress& from) {
              if (const auto said = Announcement::parse(datagram))
                lan_.hear(*said, from, time::HostClock::now());
            },
            [this] { lan_.advance(time::HostClock::now()); }}
  {
    ears_.start();
    machinery_.start();
  }
  ~Inner() { machinery_.stop(); }
  Inner(const Inner&) = delete;
  Inner& operator=(const Inner&) = delete;

  [[nodiscard]] std::vector<LanServer> lan()
  {
    return machinery_.ask([this] { return lan_.servers(); });
  }

  ConnectionId call(const Endpoint& server)
  {
    return machinery_.ask([this, server] {
      const ConnectionId id{++lastConnection_};
      calling_[id] = ClientSession::Wish::run;
      asio::co_spawn(machinery_.context, reach(id, server), asio::detached);
      return id;
    });
  }

  void want(ConnectionId id, ClientSession::Wish wish)
  {
    machinery_.ask([&] {
      if (const auto call = calling_.find(id); call != calling_.end()) call->second = wish;
      machinery_.change(
        [&](ClientDesk& desk, Outbox& out) { desk.want(id, wish, time::HostClock::now(), out); });
    });
  }

  void hangUp(ConnectionId id)
  {
    machinery_.ask([&] {
      if (calling_.erase(id) > 0) return tell(id, "It has hung up before anybody answered.");
      machinery_.change([&](ClientDesk& desk, Outbox& out) { desk.leave(id, "It has hung up.", out); });
    });
  }

  [[nodiscard]] std::vector<Server> servers()
  {
    return machinery_.ask([this] {
      std::vector<Server> all;
      for (auto& about : machinery_.desk.servers()) {
        const auto& doors = doorsOf(about);
        all.push_back({std::move(about), doors});
      }
      return all;
    });
  }

  [[nodiscard]] std::vector<Told> takeEvents()
  {
    return machinery_.ask([this] { return machinery_.takeEvents(); });
  }

private:
  using Doors = std::vector<std::shared_ptr<SoundDoor>>;

  /// Nobody waits longer than `kToConnect` for a machine that is not there.
  asio::awaitable<void> reach(ConnectionId id, Endpoint server)
  {
    const auto socket = std::make_shared<tcp::socket>(machinery_.context);
    asio::steady_timer patience{machinery_.context, kToConnect};
    patience.async_wait([socket](const asio::error_code& isOver) {
      asio::error_code ignored;
      if (!isOver) socket->close(ignored);
    });
    const tcp::endpoint to{discovery::toAsio(server.address), server.port};
    const auto [error] = co_await socket->async_connect(to, as_tuple(asio::use_awaitable));
    patience.cancel();
    const auto call = calling_.extract(id);
    if (call.empty()) co_return; // hung up meanwhile
    if (error || !socket->is_open())
      tell(id, "Nobody takes the call at " + server.text() + ".");
    else
      begin(id, server, std::move(*socket), call.mapped());
  }

  void begin(ConnectionId id, const Endpoint& server, tcp::socket socket, ClientSession::Wish wish)
  {
    machinery_.addLine(id, std::move(socket));
    machinery_.change([&](ClientDesk& desk, Outbox& out) {
      desk.reached(id, server.address, time::HostClock::now(), out);
      desk.want(id, wish, time::HostClock::now(), out);
    });
  }

  /// A call that came to nothing.
  void tell(ConnectionId id, const std::string& why)
  {
    machinery_.change(
      [&](ClientDesk&, Outbox& out) { out.events.push_back({Outbox::Event::Kind::left, id, {}, why}); });
  }

  const Doors& doorsOf(const ClientDesk::Server& server)
  {
    auto& doors = doors_[server.id];
    while (doors.size() < server.offersTo.size())
      doors.push_back(
        std::make_shared<SoundDoor>(device_, server.offersTo[doors.size()].format.channels, machinery_.wake));
    return doors;
  }

  void drain(Outbox& out)
  {
    std::erase_if(doors_, [this](const auto& doors) { return !machinery_.desk.has(doors.first); });
    for (auto& [id, doors] : doors_)
      for (std::size_t number = 0; number < doors.size(); ++number)
        while (const auto piece = doors[number]->tryTake())
          machinery_.desk.send(id, number, piece->first, piece->channels, out);
  }

  audio::SampleRate device_;
  std::map<ConnectionId, Doors> doors_;
  std::map<ConnectionId, ClientSession::Wish> calling_; // who has not answered yet
  std::uint32_t lastConnection_ = 0;
  Machinery<ClientDesk> machinery_;
  LanServerTable lan_;
  discovery::GroupEars ears_;
};

Result<std::unique_ptr<EndpointClient>> EndpointClient::open(const std::string& name,
                                                             audio::SampleRate device)
{
  if (!isName(name))
    return failure(ErrorKind::unsupported, "A client needs a name of 1 to 64 letters, on one line.");
  auto media = net::BatchSocket::open(Endpoint{IpAddress::v4({0, 0, 0, 0}), 0});
  if (!media) return tl::unexpected{media.error()};
  return std::unique_ptr<EndpointClient>{
    new EndpointClient{std::make_unique<Inner>(std::move(*media), name, device)}};
}

EndpointClient::EndpointClient(std::unique_ptr<Inner> inner)
  : inner_{std::move(inner)}
{}

EndpointClient::~EndpointClient() = default;

std::vector<LanServer> EndpointClient::lan() const
{
  return inner_->lan();
}

ConnectionId EndpointClient::call(const Endpoint& server)
{
  return inner_->call(server);
}

void EndpointClient::want(ConnectionId id, ClientSession::Wish wish)
{
  inner_->want(id, wish);
}

void EndpointClient::hangUp(ConnectionId id)
{
  inner_->hangUp(id);
}

std::vector<EndpointClient::Server> EndpointClient::servers() const
{
  return inner_->servers();
}

std::vector<Told> EndpointClient::takeEvents()
{
  return inner_->takeEvents();
}

} // namespace tutti::endpoint
