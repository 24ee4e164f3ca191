#pragma once

#include <Checks.hpp>
#include <array>
#include <fmt/format.h>
#include <string>
#include <tutti/net/BatchSocket.hpp>
#include <tutti/time/HostClock.hpp>
#include <vector>

namespace tutti::bench {

/// Rooms full of members with sockets of their own on loopback, and the forwarder between them.
struct ForwarderStage {
  static constexpr std::size_t kPacketSize = 560; // 128 frames of two channels in 16 bits, header, seal

  ForwarderStage(std::size_t rooms, std::size_t membersEach)
  {
    for (std::size_t room = 0; room < rooms; ++room) {
      const auto id = room::RoomId::draw();
      for (std::size_t i = 0; i < membersEach; ++i) {
        const auto slot = static_cast<std::uint16_t>(members.size() + 1);
        members.push_back(opened());
        users.push_back(fmt::format("member {}", slot));
        desk.admit(users.back(), slot, id);
        packets.push_back(test::ForwarderOnDesk::media(slot));
        packets.back().resize(kPacketSize);
      }
    }
    prove();
  }
  static net::BatchSocket opened()
  {
    return std::move(*net::BatchSocket::open({IpAddress::v4({127, 0, 0, 1}), 0}));
  }
  /// It lasts ten seconds.
  void prove()
  {
    desk.now = time::HostClock::now();
    for (std::size_t i = 0; i < members.size(); ++i) desk.prove(users[i], members[i].local());
    desk.kept.clear();
  }
  void play(std::size_t member)
  {
    const std::array<net::Outgoing, 1> packet{net::Outgoing{packets[member], forwarder.local()}};
    members[member].send(packet);
  }
  void drain()
  {
    for (auto& member : members)
      while (!member.receive().empty()) continue;
  }

  test::ForwarderOnDesk desk;
  net::BatchSocket forwarder = opened();
  std::vector<net::BatchSocket> members;
  std::vector<std::string> users;
  std::vector<std::vector<std::byte>> packets;
};

} // namespace tutti::bench
