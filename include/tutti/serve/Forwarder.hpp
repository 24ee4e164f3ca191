#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <tutti/net/BatchSocket.hpp>
#include <tutti/net/Stun.hpp>
#include <tutti/room/MemberId.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::serve {

/// Why a packet went no further.
enum class Drop : std::uint8_t {
  notMedia,   ///< neither media nor a check
  stranger,   ///< media from an address that has not proved itself
  wrongSlot,  ///< media that claims to be another member's
  flood,      ///< more than anybody plays
  badCheck,   ///< a check that is damaged, of an unknown member, not sealed, or from another's address
  shortCheck, ///< a check that is shorter than its answer would be
  tooOften,   ///< more checks from unproved addresses than a member moves, or than strangers need
};
constexpr std::size_t kDropReasons = 7;
std::string_view nameOf(Drop reason);

/// One member whose packets may pass, as the directory admits it.
struct Admission {
  room::RoomId room;
  std::uint16_t slot = 0;
  std::string user;     ///< of its checks; unique
  std::string password; ///< that seals them
};

struct ForwarderCounters {
  std::uint64_t packetsIn = 0;
  std::uint64_t packetsOut = 0;
  std::uint64_t bytesIn = 0;
  std::uint64_t bytesOut = 0;
  std::array<std::uint64_t, kDropReasons> dropped{};
};

/// Passes each member's media on to the others of its room, over one port for all rooms. It sees headers and
/// sealed bytes, and has no keys.
///
/// An address gets media only after it has returned a cookie that was sent to it: a captured check, sent
/// again with a victim's address, makes nobody send to the victim. The cookie is good for ten to twenty
/// seconds, the address for ten; members check every five. Strangers get nothing and leave nothing behind.
///
/// Threads: one at a time. Nothing here allocates once members are admitted, but for the first packets.
/// Spec:    room.
class Forwarder {
public:
  using CookieKey = std::array<std::byte, 32>;
  explicit Forwarder(const CookieKey& key);
  ~Forwarder();
  Forwarder(Forwarder&&) noexcept;

  void admit(const Admission& admission);
  void dismiss(const std::string& user);

  /// What came, at most `BatchSocket::kBatch`; what is to be sent because of it is appended to `out`. Its
  /// bytes are those that came, or ours until the next call.
  void receive(std::span<const net::Incoming> batch, HostTime now, std::vector<net::Outgoing>& out);

  [[nodiscard]] const ForwarderCounters& counters() const { return counters_; }
  [[nodiscard]] std::size_t liveMembers(HostTime now) const;

private:
  struct Live {
    Endpoint at;
    HostTime until{};
  };
  struct Member {
    Admission admission;
    std::array<Live, 2> lives; // a move from one address to another
    std::vector<std::uint16_t> without;
    time::TokenBucket packets;
    time::TokenBucket unproved; // checks from new addresses
  };
  struct EndpointHash {
    std::size_t operator()(const Endpoint& endpoint) const;
  };

  void take(const net::Incoming& packet, HostTime now, std::vector<net::Outgoing>& out);
  void pass(const net::Incoming& packet, HostTime now, std::vector<net::Outgoing>& out);
  void answer(const net::Incoming& packet, HostTime now, std::vector<net::Outgoing>& out);
  void answerPlain(const net::Incoming& packet, const net::stun::Message& question, HostTime now,
                   std::vector<net::Outgoing>& out);
  void answerMember(const net::Incoming& packet, const net::stun::Message& question, HostTime now,
                    std::vector<net::Outgoing>& out);
  bool send(const net::Incoming& packet, const net::stun::Writer& reply, std::vector<net::Outgoing>& out);
  void drop(Drop reason) { ++counters_.dropped[static_cast<std::size_t>(reason)]; }

  [[nodiscard]] bool isCookieOf(const Endpoint& address, std::span<const std::byte> cookie,
                                HostTime now) const;
  using Cookie = std::array<std::byte, 16>;
  [[nodiscard]] Cookie cookieFor(const Endpoint& address, std::int64_t slot) const;
  [[nodiscard]] bool isAnothers(const Member& member, const Endpoint& address, HostTime now) const;
  void makeLive(Member& member, const Endpoint& address, HostTime now);
  static bool isLiveAt(const Member& member, const Endpoint& address, HostTime now);
  static const Live* liveNow(const Member& member, HostTime now);

  CookieKey key_;
  std::map<std::string, std::unique_ptr<Member>, std::less<>> members_;
  std::map<room::RoomId, std::vector<Member*>> rooms_;
  struct Address {
    Member* member = nullptr;
    const std::vector<Member*>* room = nullptr;
  };
  std::unordered_map<Endpoint, Address, EndpointHash> addresses_;
  time::TokenBucket strangers_;
  ForwarderCounters counters_;
  std::vector<net::stun::Writer> replies_;
};

} // namespace tutti::serve
