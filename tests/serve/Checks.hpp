#pragma once

#include <list>
#include <map>
#include <string>
#include <vector>

#include <tutti/serve/Forwarder.hpp>

namespace tutti::test {

/// A forwarder on a desk: packets go in from made-up addresses, and what comes out is looked at.
struct ForwarderOnDesk {
  serve::Forwarder forwarder{serve::Forwarder::CookieKey{std::byte{1}}};
  HostTime now = HostTime{} + std::chrono::hours{1};
  std::list<std::vector<std::byte>> kept;

  static Endpoint address(unsigned char last, std::uint16_t port = 4000)
  {
    return {IpAddress::v4({192, 0, 2, last}), port};
  }

  std::vector<net::Outgoing> receive(const Endpoint& from, std::span<const std::byte> bytes)
  {
    auto& own = kept.emplace_back(bytes.begin(), bytes.end());
    const net::Incoming packet{own, from, now};
    std::vector<net::Outgoing> out;
    forwarder.receive({&packet, 1}, now, out);
    for (auto& sent : out) { // what the forwarder reuses is kept for the test
      auto& copy = kept.emplace_back(sent.bytes.begin(), sent.bytes.end());
      sent.bytes = copy;
    }
    return out;
  }

  static net::stun::Writer check(const std::string& user, const std::string& password,
                                 std::span<const std::byte> cookie = {},
                                 std::span<const std::uint16_t> without = {})
  {
    net::stun::Writer out{net::stun::Class::request, net::stun::Method::binding, {std::byte{9}}};
    out.add(net::stun::Attribute::username, std::string_view{user});
    if (!cookie.empty()) out.add(net::stun::Attribute::cookie, cookie);
    std::vector<std::byte> slots;
    for (const auto slot : without) {
      slots.push_back(static_cast<std::byte>(slot >> 8U));
      slots.push_back(static_cast<std::byte>(slot & 0xffU));
    }
    if (!slots.empty()) out.add(net::stun::Attribute::without, slots);
    out.padTo(104);
    out.seal(password);
    out.addFingerprint();
    return out;
  }

  static std::vector<std::byte> cookieIn(const std::vector<net::Outgoing>& out)
  {
    if (out.size() != 1) return {};
    const auto reply = net::stun::Message::parse(out.front().bytes);
    if (!reply) return {};
    const auto cookie = reply->find(net::stun::Attribute::cookie);
    return cookie ? std::vector<std::byte>{cookie->begin(), cookie->end()} : std::vector<std::byte>{};
  }

  /// Both steps: a check, and one that returns the cookie.
  void prove(const std::string& user, const Endpoint& from, std::span<const std::uint16_t> without = {})
  {
    const auto cookie = cookieIn(receive(from, check(user, "secret " + user).bytes()));
    receive(from, check(user, "secret " + user, cookie, without).bytes());
  }

  void admit(const std::string& user, std::uint16_t slot, const room::RoomId& room)
  {
    forwarder.admit({room, slot, user, "secret " + user});
  }

  [[nodiscard]] std::uint64_t dropped(serve::Drop reason) const
  {
    return forwarder.counters().dropped[static_cast<std::size_t>(reason)];
  }

  static std::vector<std::byte> media(std::uint16_t slot, std::uint16_t sequence = 1)
  {
    std::vector<std::byte> packet(60, std::byte{0x33});
    packet[0] = std::byte{0x80};
    packet[1] = std::byte{96};
    packet[2] = static_cast<std::byte>(sequence >> 8U);
    packet[3] = static_cast<std::byte>(sequence & 0xffU);
    packet[8] = static_cast<std::byte>(slot >> 8U);
    packet[9] = static_cast<std::byte>(slot & 0xffU);
    packet[10] = std::byte{0};
    packet[11] = std::byte{1};
    return packet;
  }
};

} // namespace tutti::test
