#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteString.hpp>
#include <tutti/net/Stun.hpp>

#include "../net/PretendTurn.hpp"

namespace tutti::test {

/// A TURN server for a whole room: a relay for each address that asks for one, and packets on their way
/// through it.
class PretendRelays {
public:
  struct Packet {
    Endpoint from;
    Endpoint to;
    ByteString bytes;
  };

  explicit PretendRelays(const Endpoint& home)
    : at{home}
  {}

  Endpoint at;
  bool isAway = false;
  std::map<Endpoint, std::size_t> sentTo; ///< packets that it was made to send to somebody

  [[nodiscard]] std::size_t relays(HostTime now) const
  {
    return static_cast<std::size_t>(
      std::ranges::count_if(relays_, [now](const auto& entry) { return entry.second.hasRelay(now); }));
  }

  void restart()
  {
    for (auto& [client, relay] : relays_) relay.restart();
  }

  /// Everybody is let in by this name, too.
  void admit(const std::string& name)
  {
    names_.insert(name);
    for (auto& [client, relay] : relays_) relay.users[name] = "secret";
  }
  /// Nobody is let in by this name any more.
  void strike(const std::string& name)
  {
    names_.erase(name);
    for (auto& [client, relay] : relays_) relay.users.erase(name);
  }

  [[nodiscard]] bool livesAt(const Endpoint& there) const { return there.address == at.address; }

  /// What comes of a packet that came here.
  std::vector<Packet> receive(const Endpoint& from, const Endpoint& to, const ByteString& bytes, HostTime now)
  {
    if (isAway) return {};
    return to == at ? fromClient(from, bytes, now) : fromPeer(from, to, bytes, now);
  }

private:
  PretendTurn& relayOf(const Endpoint& client)
  {
    const auto [place, isNew] = relays_.try_emplace(client);
    auto& relay = place->second;
    if (!isNew) return relay;
    relay.relayed = {at.address, static_cast<std::uint16_t>(50'000 + 100 * relays_.size())};
    relay.seenAs = client;
    relay.users.clear();
    for (const auto& name : names_) relay.users[name] = "secret";
    return relay;
  }

  std::vector<Packet> fromClient(const Endpoint& client, const ByteString& bytes, HostTime now)
  {
    auto& relay = relayOf(client);
    const auto first = std::to_integer<unsigned>(bytes.front());
    if (first >= 0x40 && first <= 0x4f) return passChannel(relay, bytes, now);
    const auto message = net::stun::Message::parse(bytes);
    if (!message) return {};
    if (message->messageClass() == net::stun::Class::indication) return passIndication(relay, *message, now);
    auto answer = relay.answer(bytes, now);
    if (!answer) return {};
    return {{at, client, std::move(*answer)}};
  }

  std::vector<Packet> passChannel(PretendTurn& relay, const ByteString& bytes, HostTime now)
  {
    ByteReader in{bytes};
    const auto channel = relay.channels().find(*in.u16());
    const auto payload = in.bytes(*in.u16());
    if (channel == relay.channels().end() || !payload) return {};
    return pass(relay, channel->second, *payload, now);
  }

  std::vector<Packet> passIndication(PretendTurn& relay, const net::stun::Message& message, HostTime now)
  {
    const auto peer = message.xorAddress(net::stun::Attribute::xorPeerAddress);
    const auto payload = message.find(net::stun::Attribute::data);
    if (!peer || !payload) return {};
    return pass(relay, *peer, *payload, now);
  }

  std::vector<Packet> pass(PretendTurn& relay, const Endpoint& peer, std::span<const std::byte> payload,
                           HostTime now)
  {
    if (!relay.hasRelay(now) || !relay.permits(peer.address, now)) return {};
    ++sentTo[peer];
    return {{relay.relayed, peer, {payload.begin(), payload.end()}}};
  }

  std::vector<Packet> fromPeer(const Endpoint& peer, const Endpoint& to, const ByteString& bytes,
                               HostTime now)
  {
    for (auto& [client, relay] : relays_) {
      if (relay.relayed != to || !relay.hasRelay(now) || !relay.permits(peer.address, now)) continue;
      return {{at, client, wrapped(relay, peer, bytes)}};
    }
    return {};
  }

  ByteString wrapped(const PretendTurn& relay, const Endpoint& peer, const ByteString& bytes)
  {
    for (const auto& [channel, bound] : relay.channels()) {
      if (bound != peer) continue;
      ByteString packet;
      ByteStringWriter out{packet};
      out.u16(channel);
      out.u16(static_cast<std::uint16_t>(bytes.size()));
      out.bytes(bytes);
      return packet;
    }
    net::stun::Writer data{net::stun::Class::indication, net::stun::Method::data, {}};
    data.addXorAddress(net::stun::Attribute::xorPeerAddress, peer);
    data.add(net::stun::Attribute::data, bytes);
    return {data.bytes().begin(), data.bytes().end()};
  }

  std::map<Endpoint, PretendTurn> relays_; // by the address of ours, as the world sees it
  std::set<std::string> names_{"anna"};
};

} // namespace tutti::test
