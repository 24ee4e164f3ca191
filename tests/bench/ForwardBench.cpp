#include <fmt/format.h>

#include "Bench.hpp"
#include "ForwarderStage.hpp"
#include "Plot.hpp"

namespace tutti::bench {
namespace {

constexpr std::size_t kRounds = 400;

struct Rates {
  double forwarded = 0; ///< packets out, a second of a core
  double ceiling = 0;   ///< the same packets by sendmmsg alone
};

/// Batches of 64 come in and go out to all others; then the same datagrams again without coming in.
Rates measureRoom(std::size_t membersEach)
{
  ForwarderStage stage{1, membersEach};
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
    const auto begin = threadNanos();
    out.clear();
    const auto batch = stage.forwarder.receive();
    stage.desk.forwarder.receive(batch, time::HostClock::now(), out);
    const auto taken = stage.forwarder.send(out);
    const auto middle = threadNanos();
    stage.drain();
    const auto again = threadNanos();
    const auto takenAlone = stage.forwarder.send(out);
    const auto end = threadNanos();
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

const Registered kRate{"serve.forward", measureRate};

} // namespace
} // namespace tutti::bench
