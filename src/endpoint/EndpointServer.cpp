#include <tutti/endpoint/EndpointServer.hpp>

#include <random>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "Beacon.hpp"
#include "Machinery.hpp"

namespace tutti::endpoint {
namespace {

using asio::experimental::as_tuple;
using asio::ip::tcp;

constexpr std::chrono::milliseconds kBreath{10}; // a failing accept must not become a busy loop

SessionToken drawToken()
{
  std::random_device dice; // the system's own: nobody can guess it
  std::array<std::uint8_t, SessionToken::kSize> bytes{};
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(dice());
  return SessionToken{bytes};
}

Result<void> checkAll(const std::vector<StreamOffer>& offers)
{
  if (offers.size() > kMostStreams)
    return failure(
      ErrorKind::unsupported,
      fmt::format("A server can offer {} streams in each direction; leave some out.", kMostStreams));
  for (const auto& offer : offers) {
    if (!isName(offer.name))
      return failure(ErrorKind::unsupported, "A stream needs a name of 1 to 64 letters, on one line.");
    if (auto fits = check(offer.format); !fits) return fits;
  }
  return {};
}

Result<void> prepare(EndpointServer::Options& options)
{
  if (!isName(options.name))
    return failure(ErrorKind::unsupported, "A server needs a name of 1 to 64 letters, on one line.");
  for (auto* const offers : {&options.fromServer, &options.toServer}) {
    for (auto& offer : *offers) offer.format.rate = options.device.hertz();
    if (auto fits = checkAll(*offers); !fits) return fits;
  }
  return {};
}

} // namespace

class EndpointServer::Inner {
public:
  Inner(net::BatchSocket media, const Options& options)
    : machinery_{std::move(media), [this](Outbox& out) { drain(out); },
                 ServerDesk::Setup{options.name, 0, options.fromServer, options.toServer, options.device},
                 drawToken}
    , acceptor_{machinery_.context}
  {
    machinery_.desk.setMediaPort(machinery_.mediaPort());
    for (const auto& offer : options.fromServer)
      doors_.push_back(std::make_shared<SoundDoor>(options.device, offer.format.channels, machinery_.wake));
  }
  ~Inner()
  {
    if (beacon_)
      machinery_.ask([this] {
        beacon_->leave();
        acceptor_.close();
      });
    machinery_.stop();
  }
  Inner(const Inner&) = delete;
  Inner& operator=(const Inner&) = delete;

  Result<void> start(const Options& options)
  {
    try {
      acceptor_.open(tcp::v4());
      acceptor_.set_option(tcp::acceptor::reuse_address{true});
      acceptor_.bind(tcp::endpoint{tcp::v4(), options.port});
      acceptor_.listen();
    } catch (const std::system_error& error) {
      return failure(ErrorKind::refused,
                     fmt::format("TCP port {} cannot be had ({}). Another program may hold it; choose "
                                 "another one, or none.",
                                 options.port, error.code().message()));
    }
    beacon_.emplace(machinery_.context, Announcement{drawToken(), port(), false, options.name});
    beacon_->start();
    asio::co_spawn(machinery_.context, accept(), asio::detached);
    machinery_.start();
    return {};
  }

  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  [[nodiscard]] std::shared_ptr<SoundDoor> door(std::size_t number) const { return doors_.at(number); }
  [[nodiscard]] std::vector<ServerDesk::Client> clients()
  {
    return machinery_.ask([this] { return machinery_.desk.clients(); });
  }
  [[nodiscard]] std::vector<Told> takeEvents()
  {
    return machinery_.ask([this] { return machinery_.takeEvents(); });
  }

private:
  asio::awaitable<void> accept()
  {
    for (std::uint32_t number = 1; acceptor_.is_open(); ++number) {
      tcp::socket socket{machinery_.context};
      const auto [error] = co_await acceptor_.async_accept(socket, as_tuple(asio::use_awaitable));
      if (!acceptor_.is_open()) co_return;
      asio::error_code gone;
      const auto caller = socket.remote_endpoint(gone);
      if (error || gone) {
        asio::steady_timer breath{machinery_.context, kBreath};
        co_await breath.async_wait(as_tuple(asio::use_awaitable));
        continue;
      }
      take(ConnectionId{number}, IpAddress::v4(caller.address().to_v4().to_bytes()), std::move(socket));
    }
  }

  void take(ConnectionId id, const IpAddress& caller, tcp::socket socket)
  {
    machinery_.addLine(id, std::move(socket));
    machinery_.change(
      [&](ServerDesk& desk, Outbox& out) { desk.called(id, caller, time::HostClock::now(), out); });
  }

  void drain(Outbox& out)
  {
    for (std::size_t number = 0; number < doors_.size(); ++number)
      while (const auto piece = doors_[number]->tryTake())
        machinery_.desk.send(number, piece->first, piece->channels, out);
  }

  std::vector<std::shared_ptr<SoundDoor>> doors_;
  Machinery<ServerDesk> machinery_;
  tcp::acceptor acceptor_;
  std::optional<Beacon> beacon_;
};

Result<std::unique_ptr<EndpointServer>> EndpointServer::open(Options options)
{
  if (auto fits = prepare(options); !fits) return tl::unexpected{fits.error()};
  auto media = net::BatchSocket::open(Endpoint{IpAddress::v4({0, 0, 0, 0}), 0});
  if (!media) return tl::unexpected{media.error()};
  auto inner = std::make_unique<Inner>(std::move(*media), options);
  if (auto started = inner->start(options); !started) return tl::unexpected{started.error()};
  return std::unique_ptr<EndpointServer>{new EndpointServer{std::move(inner)}};
}

EndpointServer::EndpointServer(std::unique_ptr<Inner> inner)
  : inner_{std::move(inner)}
{}

EndpointServer::~EndpointServer() = default;

std::uint16_t EndpointServer::port() const
{
  return inner_->port();
}

std::shared_ptr<SoundDoor> EndpointServer::door(std::size_t number) const
{
  return inner_->door(number);
}

std::vector<ServerDesk::Client> EndpointServer::clients() const
{
  return inner_->clients();
}

std::vector<Told> EndpointServer::takeEvents()
{
  return inner_->takeEvents();
}

} // namespace tutti::endpoint
