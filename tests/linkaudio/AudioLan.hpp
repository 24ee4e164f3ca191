#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <vector>

#include <SimulatedNetwork.hpp>
#include <Station.hpp>

#include "Words.hpp"

namespace tutti::linkaudio::test {

using tutti::test::SimulatedTime;
using tutti::test::SimulatedWire;

/// Stations on one simulated LAN, by cable and by radio as one likes, and a Link session that is told by the
/// test. Each host has the address 10.0.0.N on the cable, fe80::N on the same, 192.168.7.N on the radio.
class AudioLan {
public:
  static constexpr std::uint16_t kPort = 7000;

  class Host {
  public:
    Host(AudioLan& lan, std::uint8_t place, std::string_view name)
      : id{node(std::string{"node-"} + static_cast<char>('A' + place))}
      , number{place}
      , station{name}
      , lan_{lan}
    {}

    NodeId id;
    std::uint8_t number;
    NodeId session = node("session");
    Station station;
    std::vector<AudioBuffer> heard;
    std::vector<Station::Turned> turned;
    int changes = 0; ///< of the list
    std::vector<Station::Send> sent;
    bool remembersSends = true;
    bool isDead = false;    ///< As after kill -9.
    bool isOverLink = true; ///< Link knows of it.

    [[nodiscard]] discovery::LocalAddress cable() const { return local("eth0", 2, v4(10, 0, 0), 24); }
    [[nodiscard]] discovery::LocalAddress radio() const { return local("wlan0", 3, v4(192, 168, 7), 24); }
    [[nodiscard]] discovery::LocalAddress cable6() const
    {
      std::array<std::uint8_t, 16> bytes{0xfe, 0x80};
      bytes[15] = static_cast<std::uint8_t>(number + 1);
      return local("eth0", 2, IpAddress::v6(bytes, 2), 64);
    }

    void open(const discovery::LocalAddress& address)
    {
      open_.push_back(address);
      lan_.tellAll();
      act(station.openGateway(address, lan_.now()));
    }
    void close(const discovery::LocalAddress& address)
    {
      act(station.closeGateway(address.address, lan_.now()));
      std::erase(open_, address);
      lan_.tellAll();
    }
    void publish(const ChannelId& wanted, std::string_view name)
    {
      const auto actions = station.publish(wanted, name, lan_.now());
      if (actions) act(*actions);
    }
    void withdraw(const ChannelId& wanted) { act(station.withdraw(wanted, lan_.now())); }
    void subscribe(const ChannelId& wanted)
    {
      if (const auto actions = station.subscribe(wanted, lan_.now())) act(*actions);
    }
    void unsubscribe(const ChannelId& wanted) { act(station.unsubscribe(wanted, lan_.now())); }
    void rename(std::string_view name) { act(station.rename(name, lan_.now())); }
    void rename(const ChannelId& wanted, std::string_view name)
    {
      act(station.rename(wanted, name, lan_.now()));
    }
    void play(const ChannelId& wanted, std::uint64_t sequence)
    {
      act(station.send(sound(wanted, session, sequence)));
    }
    void hear(std::span<const std::byte> datagram, const Endpoint& from, const discovery::LocalAddress& by)
    {
      act(station.receive(by.address, datagram, from, lan_.now()));
    }
    void hear(const Packet& packet, const Endpoint& from) { hear(packet.bytes(), from, cable()); }

    [[nodiscard]] std::vector<std::string> sees() const
    {
      std::vector<std::string> names;
      for (const auto& channel : station.channels()) names.push_back(channel.peerName + '/' + channel.name);
      return names;
    }
    [[nodiscard]] std::size_t sentOf(MessageType type) const
    {
      return static_cast<std::size_t>(std::ranges::count_if(
        sent, [&](const auto& send) { return parseMessage(send.packet.bytes())->type == type; }));
    }
    [[nodiscard]] const std::vector<discovery::LocalAddress>& openGateways() const { return open_; }

  private:
    friend class AudioLan;

    [[nodiscard]] IpAddress v4(std::uint8_t a, std::uint8_t b, std::uint8_t c) const
    {
      return IpAddress::v4({a, b, c, static_cast<std::uint8_t>(number + 1)});
    }
    static discovery::LocalAddress local(const char* name, unsigned index, const IpAddress& ip, unsigned bits)
    {
      return {name, index, ip, bits};
    }
    void act(const Station::Actions& actions)
    {
      for (const auto& action : actions) {
        if (const auto* send = std::get_if<Station::Send>(&action)) {
          if (remembersSends) sent.push_back(*send);
          lan_.transmit(*this, *send);
        } else if (const auto* audio = std::get_if<Station::Heard>(&action)) {
          heard.push_back(audio->buffer);
        } else if (const auto* turn = std::get_if<Station::Turned>(&action)) {
          turned.push_back(*turn);
        } else {
          ++changes;
        }
      }
      lan_.arm(*this);
    }

    AudioLan& lan_;
    std::vector<discovery::LocalAddress> open_;
    std::optional<HostTime> wakesAt_;
    std::uint64_t alarm_ = 0;
  };

  explicit AudioLan(std::uint64_t seed = 1, SimulatedWire wire = {})
    : random_{seed}
    , wire_{wire}
  {}

  /// On the cable.
  Host& add(std::string_view name)
  {
    auto& host = addUnplugged(name);
    host.open(host.cable());
    return host;
  }
  /// The same, but it says nothing by itself.
  Host& addSilent(std::string_view name)
  {
    auto& host = addUnplugged(name);
    host.isDead = true;
    host.open(host.cable());
    return host;
  }
  Host& addUnplugged(std::string_view name)
  {
    hosts_.push_back(std::make_unique<Host>(*this, static_cast<std::uint8_t>(hosts_.size()), name));
    return *hosts_.back();
  }

  void setWire(SimulatedWire wire) { wire_ = wire; }
  /// What goes by such addresses is lost, or not any more.
  std::function<bool(const IpAddress&)> isBroken;

  [[nodiscard]] HostTime now() const
  {
    return hostTime(3'600'000'000 + static_cast<std::int64_t>(time_.now()));
  }
  void run(std::chrono::duration<double> duration) { time_.runUntil(time_.now() + duration.count() * 1e6); }
  void after(std::chrono::duration<double> delay, std::function<void()> event)
  {
    time_.after(delay.count() * 1e6, std::move(event));
  }

  /// Link has found out at all hosts how things are now.
  void tellAll()
  {
    for (auto& host : hosts_)
      if (!host->isDead) host->act(host->station.follow(view(*host), now()));
  }
  void join(Host& host, const NodeId& session)
  {
    host.session = session;
    tellAll();
  }
  void kill(Host& host)
  {
    host.isDead = true;
    host.open_.clear();
  }

  static Endpoint socketOf(const IpAddress& address) { return {address, kPort}; }

private:
  [[nodiscard]] link::AudioView view(const Host& of) const
  {
    link::AudioView view{of.id, of.session, of.open_, {}};
    for (const auto& host : hosts_) {
      if (host.get() == &of || !host->isOverLink) continue;
      for (const auto& mine : of.open_)
        for (const auto& theirs : host->open_)
          if (mine.isOnLink(theirs.address))
            view.peers.push_back({host->id, host->session, mine.address, socketOf(theirs.address)});
    }
    std::ranges::sort(view.peers, {}, [](const auto& peer) { return std::pair{peer.id, peer.gateway}; });
    return view;
  }

  void arm(Host& host)
  {
    const auto due = host.station.nextDeadline();
    if (due == host.wakesAt_) return;
    host.wakesAt_ = due;
    const auto alarm = ++host.alarm_;
    if (!due) return;
    const auto at = static_cast<double>(microsOf(*due) - 3'600'000'000);
    time_.at(std::max(time_.now(), at + 1), [this, &host, alarm] {
      if (alarm != host.alarm_ || host.isDead) return;
      host.wakesAt_.reset();
      host.act(host.station.advance(now()));
    });
  }

  void transmit(const Host& sender, const Station::Send& send)
  {
    if (sender.isDead || (isBroken && isBroken(send.gateway))) return;
    const auto from = socketOf(send.gateway);
    for (auto& receiver : hosts_)
      for (const auto& local : receiver->open_) {
        if (receiver.get() == &sender || local.address != send.to.address) continue;
        for (const auto delay : wire_.send(random_, true))
          time_.after(delay, [&receiver = *receiver, from, local, packet = send.packet] {
            if (!receiver.isDead) receiver.hear(packet.bytes(), from, local);
          });
      }
  }

  SimulatedTime time_;
  std::mt19937_64 random_;
  SimulatedWire wire_;
  std::vector<std::unique_ptr<Host>> hosts_;
};

} // namespace tutti::linkaudio::test
