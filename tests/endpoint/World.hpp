#pragma once

#include <cmath>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <vector>

#include <SimulatedNetwork.hpp>
#include <SineFit.hpp>
#include <tutti/endpoint/Announcement.hpp>
#include <tutti/endpoint/ClientDesk.hpp>
#include <tutti/endpoint/ServerDesk.hpp>

namespace tutti::test {

using endpoint::ConnectionId;
using endpoint::Outbox;

/// What a host's device hears of one stream: the last tenth of a second of its last channel.
struct Ear {
  std::deque<float> heard;

  void hear(std::span<const float> block, std::size_t most)
  {
    heard.insert(heard.end(), block.begin(), block.end());
    while (heard.size() > most) heard.pop_front();
  }

  /// How well that is a sine of `hertz`, as this device counts.
  [[nodiscard]] SineFit fit(double hertz, double rate) const
  {
    const std::vector<float> signal(heard.begin(), heard.end());
    std::vector<double> phases;
    for (std::size_t k = 0; k < signal.size(); ++k)
      phases.push_back(radians(std::fmod(hertz / rate * static_cast<double>(k), 1.0)));
    return fitSine(signal, phases);
  }
};

class World;

/// A machine with a network card, a sound device and a clock of its own.
struct Host {
  IpAddress address;
  SimulatedClock clock;
  std::int32_t rate = 48'000;
  double ppm = 0; ///< of its device
  bool isOn = true;
  std::int64_t played = 0;
  std::vector<Outbox::Event> events;
  std::vector<double> eventTimes; ///< µs, true
  std::map<std::pair<std::uint32_t, std::size_t>, Ear> ears;

  [[nodiscard]] double trueRate() const { return rate * (1 + ppm * 1e-6); }
  [[nodiscard]] std::size_t count(Outbox::Event::Kind kind) const
  {
    return static_cast<std::size_t>(std::ranges::count(events, kind, &Outbox::Event::kind));
  }
  [[nodiscard]] double timeOf(Outbox::Event::Kind kind) const
  {
    for (std::size_t i = 0; i < events.size(); ++i)
      if (events[i].kind == kind) return eventTimes[i];
    return -1;
  }
};

/// Servers, clients, and what lies between them, in simulated time.
class World {
public:
  static constexpr std::size_t kBlock = 64;
  static constexpr std::uint16_t kMedia = 5004;
  static constexpr double kStep = 2000; ///< µs: how often a host looks at its clock

  struct Server : Host {
    std::unique_ptr<endpoint::ServerDesk> desk;
    endpoint::Announcement announcement;
    double hertz = 440; ///< of the sine that it plays
  };
  struct Client : Host {
    std::unique_ptr<endpoint::ClientDesk> desk;
    endpoint::LanServerTable table;
    std::map<endpoint::ServerId, double> foundAt;
    std::map<ConnectionId, Server*> calls;
    std::map<ConnectionId, double> hertz; ///< of the sine that it plays to each
  };

  SimulatedTime time;
  SimulatedWire wire; ///< for UDP

  Server& addServer(const std::string& name, double hertz, std::vector<endpoint::StreamOffer> from,
                    std::vector<endpoint::StreamOffer> to = {}, std::int32_t rate = 48'000, double ppm = 0)
  {
    auto& server = *servers_.emplace_back(std::make_unique<Server>());
    prepare(server, rate, ppm);
    server.hertz = hertz;
    for (auto* offers : {&from, &to})
      for (auto& offer : *offers) offer.format.rate = rate;
    server.desk = std::make_unique<endpoint::ServerDesk>(
      endpoint::ServerDesk::Setup{name, kMedia, from, to, audio::SampleRate::fromHertz(rate)},
      [this] { return endpoint::SessionToken::random(random_); });
    server.announcement = {endpoint::ServerId::random(random_), 4711, false, name};
    announce(server);
    run(server, [this, &server] { soundOf(server); });
    return server;
  }

  Client& addClient(const std::string& name, std::int32_t rate = 48'000, double ppm = 0)
  {
    auto& client = *clients_.emplace_back(std::make_unique<Client>());
    prepare(client, rate, ppm);
    client.desk = std::make_unique<endpoint::ClientDesk>(name, audio::SampleRate::fromHertz(rate));
    run(client, [this, &client] { soundOf(client); });
    return client;
  }

  /// Returns the client's name for the connection.
  ConnectionId call(Client& client, Server& server, double hertz = 0)
  {
    const ConnectionId id{++lastConnection_};
    client.calls[id] = &server;
    client.hertz[id] = hertz;
    callers_[id] = &client;
    time.after(kTcpDelay, [this, id, &server, &client] {
      if (!server.isOn) return;
      Outbox answer;
      server.desk->called(id, client.address, now(server), answer);
      flush(server, answer);
    });
    Outbox out;
    client.desk->reached(id, server.address, now(client), out);
    flush(client, out);
    return id;
  }

  void leave(Client& client, ConnectionId id)
  {
    Outbox out;
    client.desk->leave(id, "Done.", out);
    flush(client, out);
  }

  void want(Client& client, ConnectionId id, endpoint::ClientSession::Wish wish)
  {
    Outbox out;
    client.desk->want(id, wish, now(client), out);
    flush(client, out);
  }

  void run(double seconds) { time.runUntil(time.now() + seconds * 1e6); }

  [[nodiscard]] HostTime now(const Host& host) const { return host.clock.read(time.now()); }

private:
  static constexpr double kTcpDelay = 300; // µs

  void prepare(Host& host, std::int32_t rate, double ppm)
  {
    host.address = IpAddress::v4({10, 0, 0, static_cast<std::uint8_t>(++lastHost_)});
    host.clock = {1e9 * lastHost_, 0};
    host.rate = rate;
    host.ppm = ppm;
  }

  template <class Kind, class Sound> void run(Kind& host, Sound sound)
  {
    every(kStep, [this, &host] {
      if (!host.isOn) return;
      Outbox out;
      host.desk->advance(now(host), out);
      flush(host, out);
    });
    every(kBlock * 1e6 / host.trueRate(), [&host, sound] {
      if (host.isOn) sound();
    });
  }

  void every(double period, std::function<void()> act)
  {
    time.after(period, [this, period, act] {
      act();
      every(period, act);
    });
  }

  void announce(Server& server)
  {
    if (server.isOn)
      for (const auto& client : clients_)
        for (const double delay : wire.send(random_, false))
          time.after(delay, [this, &server, heard = client.get()] {
            const auto said = endpoint::Announcement::parse(server.announcement.encode()).value();
            if (heard->table.hear(said, server.address, now(*heard)))
              heard->foundAt[said.server] = time.now();
          });
    time.after(static_cast<double>(endpoint::Announcement::kPeriod.count()),
               [this, &server] { announce(server); });
  }

  template <class Kind> void flush(Kind& host, Outbox& out)
  {
    for (auto& event : out.events) {
      host.events.push_back(event);
      host.eventTimes.push_back(time.now());
    }
    for (const auto& control : out.control) carry(host, control);
    for (const auto& media : out.media) carry(host, media);
    for (const auto id : out.hangUps) hangUp(host, id);
  }

  void carry(const Host& from, const Outbox::Control& control)
  {
    time.after(kTcpDelay, [this, &from, control] {
      if (!from.isOn) return;
      withPeer(from, control.to, [&](auto& peer, Outbox& out) {
        peer.desk->receive(control.to, control.bytes, now(peer), out);
      });
    });
  }
  void hangUp(const Host& from, ConnectionId id)
  {
    time.after(kTcpDelay, [this, &from, id] {
      if (from.isOn) withPeer(from, id, [&](auto& peer, Outbox& out) { peer.desk->hungUp(id, out); });
    });
  }

  template <class Act> void withPeer(const Host& from, ConnectionId id, Act act)
  {
    auto& client = *callers_.at(id);
    auto& server = *client.calls.at(id);
    Outbox out;
    if (&from != &client && client.isOn) {
      act(client, out);
      flush(client, out);
    } else if (&from == &client && server.isOn) {
      act(server, out);
      flush(server, out);
    }
  }

  void carry(const Host& from, const Outbox::Media& media)
  {
    for (const double delay : wire.send(random_, true))
      time.after(delay, [this, &from, media] {
        const Endpoint sender{from.address, kMedia};
        const auto deliver = [&](auto& hosts) {
          for (auto& host : hosts)
            if (host->isOn && from.isOn && host->address == media.to.address)
              host->desk->receiveMedia(media.datagram.bytes(), sender, now(*host), now(*host));
        };
        deliver(servers_);
        deliver(clients_);
      });
  }

  /// One block of a sine, as the host's own device counts.
  static std::vector<float> sine(const Host& host, double hertz)
  {
    std::vector<float> block(kBlock);
    for (std::size_t i = 0; i < kBlock; ++i) {
      const auto frame = static_cast<double>(host.played + static_cast<std::int64_t>(i));
      block[i] = static_cast<float>(0.5 * std::sin(radians(std::fmod(hertz / host.rate * frame, 1.0))));
    }
    return block;
  }

  void render(Host& host, std::uint32_t who,
              const std::vector<std::shared_ptr<endpoint::Reception>>& receptions)
  {
    for (std::size_t number = 0; number < receptions.size(); ++number) {
      std::vector<std::vector<float>> blocks(receptions[number]->format().channels,
                                             std::vector<float>(kBlock));
      const std::vector<std::span<float>> views{blocks.begin(), blocks.end()};
      receptions[number]->render(views, SampleTime{host.played}, now(host), now(host));
      host.ears[{who, number}].hear(blocks.back(), static_cast<std::size_t>(host.rate / 10));
    }
  }

  void soundOf(Server& server)
  {
    Outbox out;
    const auto block = sine(server, server.hertz);
    const auto& offers = server.desk->setup().fromServer;
    for (std::size_t number = 0; number < offers.size(); ++number) {
      const std::vector<std::span<const float>> channels(offers[number].format.channels, block);
      server.desk->send(number, SampleTime{server.played}, channels, out);
    }
    for (const auto& client : server.desk->clients()) render(server, client.id.number, client.toServer);
    server.played += std::int64_t{kBlock};
    flush(server, out);
  }

  void soundOf(Client& client)
  {
    Outbox out;
    for (const auto& server : client.desk->servers()) {
      const auto block = sine(client, client.hertz[server.id]);
      for (std::size_t number = 0; number < server.offersTo.size(); ++number) {
        const std::vector<std::span<const float>> channels(server.offersTo[number].format.channels, block);
        client.desk->send(server.id, number, SampleTime{client.played}, channels, out);
      }
      render(client, server.id.number, server.fromServer);
    }
    client.played += std::int64_t{kBlock};
    flush(client, out);
  }

  std::mt19937_64 random_{1};
  std::vector<std::unique_ptr<Server>> servers_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::map<ConnectionId, Client*> callers_;
  std::uint32_t lastConnection_ = 0;
  int lastHost_ = 0;
};

} // namespace tutti::test
