#include <Checks.hpp>
#include <Standstill.hpp>
#include <algorithm>
#include <atomic>
#include <ctime>
#include <fmt/format.h>
#include <thread>
#include <tutti/net/BatchSocket.hpp>
#include <tutti/net/Doorbell.hpp>
#include <tutti/rt/Priority.hpp>

#include "Bench.hpp"
#include "Plot.hpp"

namespace tutti::bench {
namespace {

constexpr std::size_t kRounds = 400;
constexpr std::size_t kPacketSize = 560; // 128 frames of two channels in 16 bits, header, seal
const Endpoint kAnyPort{IpAddress::v4({127, 0, 0, 1}), 0};

/// What this thread has used of a core, its share of the network's work included.
std::int64_t coreNanos()
{
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return std::int64_t{used.tv_sec} * 1'000'000'000 + used.tv_nsec;
}

net::BatchSocket opened()
{
  return std::move(*net::BatchSocket::open(kAnyPort));
}

/// Rooms full of members with sockets of their own on loopback, and the forwarder between them.
struct Stage {
  Stage(std::size_t rooms, std::size_t membersEach)
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

struct Rates {
  double forwarded = 0; ///< packets out, a second of a core
  double ceiling = 0;   ///< the same packets by sendmmsg alone
};

/// Batches of 64 come in and go out to all others; then the same datagrams again without coming in.
Rates measureRoom(std::size_t membersEach)
{
  Stage stage{1, membersEach};
  std::vector<net::Outgoing> out;
  std::int64_t forwarding = 0;
  std::int64_t sending = 0;
  std::size_t sent = 0;
  std::size_t sentAlone = 0;
  auto provedAt = time::HostClock::now();
  for (std::size_t round = 0; round < kRounds; ++round) {
    if (time::HostClock::now() - provedAt > std::chrono::seconds{4}) {
      stage.prove();
      provedAt = time::HostClock::now();
    }
    for (std::size_t i = 0; i < net::BatchSocket::kBatch; ++i) stage.play(i % membersEach);
    const auto begin = coreNanos();
    out.clear();
    const auto batch = stage.forwarder.receive();
    stage.desk.forwarder.receive(batch, time::HostClock::now(), out);
    const auto taken = stage.forwarder.send(out);
    const auto middle = coreNanos();
    stage.drain();
    const auto again = coreNanos();
    const auto takenAlone = stage.forwarder.send(out);
    const auto end = coreNanos();
    stage.drain();
    if (round < kRounds / 10) continue; // to warm up
    forwarding += middle - begin;
    sending += end - again;
    sent += taken;
    sentAlone += takenAlone;
  }
  const auto rate = [](std::size_t count, std::int64_t nanos) {
    return nanos > 0 ? static_cast<double>(count) * 1e9 / static_cast<double>(nanos) : 0;
  };
  return {rate(sent, forwarding), rate(sentAlone, sending)};
}

/// What a packet costs: so much to come in, shared by all to whom it goes, and so much for each of them.
class Cost {
public:
  void add(std::size_t members, double packetsPerSecond)
  {
    const auto share = 1 / static_cast<double>(members - 1);
    const auto cost = 1 / packetsPerSecond;
    ++count_;
    x_ += share;
    y_ += cost;
    xx_ += share * share;
    xy_ += share * cost;
  }
  /// By the straight line through what was measured.
  [[nodiscard]] double packetsPerSecond(std::size_t members) const
  {
    const auto in = (count_ * xy_ - x_ * y_) / (count_ * xx_ - x_ * x_);
    const auto out = (y_ - in * x_) / count_;
    return 1 / (out + in / static_cast<double>(members - 1));
  }

private:
  double count_ = 0;
  double x_ = 0;
  double y_ = 0;
  double xx_ = 0;
  double xy_ = 0;
};

void measureRate(Report& report)
{
  Cost cost;
  std::vector<std::pair<double, double>> forwarded;
  std::vector<std::pair<double, double>> shares;
  for (const std::size_t members : {3U, 8U, 16U, 24U}) {
    const auto rates = measureRoom(members);
    const auto name = fmt::format("serve.forward.{}", members);
    report.value(name + ".packets", "packets out a second of a core", "1/s", rates.forwarded);
    report.value(name + ".ceiling", "the same datagrams by sendmmsg alone", "1/s", rates.ceiling);
    report.value(name + ".share", "of the ceiling", "%", 100 * rates.forwarded / rates.ceiling);
    cost.add(members, rates.forwarded);
    forwarded.emplace_back(members, rates.forwarded);
    shares.emplace_back(members, 100 * rates.forwarded / rates.ceiling);
  }
  for (const std::size_t members : {32U, 64U}) {
    const auto rate = cost.packetsPerSecond(members);
    report.value(fmt::format("serve.forward.{}.packets", members),
                 "the same, computed from the cost of a packet", "1/s", rate);
    forwarded.emplace_back(members, rate);
  }
  plot("serve-forward", "Packets that one core forwards; 32 and 64 members computed", "members of a room",
       "packets out/s", forwarded);
  plot("serve-share", "Forwarding, as share of what sendmmsg alone can do", "members of a room", "%", shares);
}

/// From the kernel's arrival time to the end of the call that sends, at half of what a core can do: sixteen
/// rooms of eight, each packet to seven others. What waited while the machine stood still is told apart.
void measureDelay(Report& report)
{
  constexpr std::size_t kMembers = 8;
  const auto packetsIn = measureRoom(kMembers).forwarded / 2 / (kMembers - 1);
  const auto apart = static_cast<std::int64_t>(1e9 / packetsIn); // ns
  report.value("serve.delay.load", "packets out a second of a core, for what follows", "1/s",
               packetsIn * (kMembers - 1));
  Stage stage{16, kMembers};
  std::atomic<bool> isOver = false;
  constexpr unsigned kProcessor = 0;
  const unsigned theOther = std::thread::hardware_concurrency() > 1 ? 1 : kProcessor;
  std::thread players{[&] {
    test::stayOn(theOther); // musicians have machines of their own
    auto next = nanos();
    constexpr std::int64_t kLate = 100'000; // ns: what a busy machine held up is not played in one burst
    for (std::size_t i = 0; !isOver; ++i, next += apart) {
      if (nanos() - next > kLate) next = nanos();
      while (nanos() < next)
        if (next - nanos() > 60'000) std::this_thread::yield();
      stage.play(i % stage.members.size());
      stage.members[(i + 64) % stage.members.size()].receive();
    }
  }};
  struct Passage {
    HostTime came, left;
    [[nodiscard]] double micros() const { return static_cast<double>((left - came).count()); }
  };
  std::vector<Passage> passages;
  double busy = 0; // share of the processor
  test::Standstill forwarders{kProcessor};
  test::Standstill musicians{theOther};
  std::thread forwarding{[&] {
    test::stayOn(kProcessor);                                // where standstills are watched
    static_cast<void>(rt::becomeUrgent(rt::Urgency::media)); // as the forwarder's thread does
    std::vector<net::Outgoing> out;
    const net::Doorbell bell;
    const auto began = nanos();
    const auto computed = coreNanos();
    for (const auto end = time::HostClock::now() + std::chrono::seconds{4}; time::HostClock::now() < end;) {
      bell.waitUntil(end, stage.forwarder.descriptor());
      constexpr std::size_t kSlice = 8; // as well
      for (auto batch = stage.forwarder.receive(); !batch.empty();
           batch = batch.subspan(std::min(kSlice, batch.size()))) {
        const auto slice = batch.first(std::min(kSlice, batch.size()));
        out.clear();
        stage.desk.forwarder.receive(slice, time::HostClock::now(), out);
        stage.forwarder.send(out);
        const auto left = time::HostClock::now();
        for (const auto& packet : slice) passages.push_back({packet.at, left});
      }
    }
    busy = static_cast<double>(coreNanos() - computed) / static_cast<double>(nanos() - began);
  }};
  forwarding.join();
  isOver = true;
  players.join();
  forwarders.end();
  musicians.end();
  report.value("serve.delay.busy", "of its processor is what forwarding takes", "%", 100 * busy);
  std::vector<double> all, undisturbed;
  for (const auto& passage : passages) {
    all.push_back(passage.micros());
    if (!forwarders.touches(passage.came, passage.left) && !musicians.touches(passage.came, passage.left))
      undisturbed.push_back(passage.micros());
  }
  if (forwarders.isSharp() && musicians.isSharp()) {
    const auto share = static_cast<double>(undisturbed.size()) / static_cast<double>(all.size());
    report.value("serve.delay.disturbed", "of the packets met a machine that stood still", "%",
                 100 * (1 - share));
    report.distribution("serve.delay.undisturbed", "from arrival to leaving at half load, without these",
                        std::move(undisturbed), "us");
  }
  report.distribution("serve.delay", "from arrival to leaving at half load, seven receivers each",
                      std::move(all), "us");
}

const Registered kRate{"serve.forward", measureRate};
const Registered kDelay{"serve.delay", measureDelay};

} // namespace
} // namespace tutti::bench
