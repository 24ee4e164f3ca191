// The measurement parsers survive a round trip; the machine ends in time whatever it is told, says one ping
// at a time, and its estimates are numbers.
#include <span>

#include "ByteScript.hpp"
#include "Measurement.hpp"
#include "Require.hpp"

using namespace tutti;
using fuzz::require;
using namespace std::chrono_literals;
using fuzz::Draw;
using link::Measurement;

namespace {

void checkParsers(std::span<const std::byte> datagram)
{
  const auto message = link::parseMeasurementMessage(datagram);
  if (!message) return;
  require(message->payload.size() + 9 == datagram.size());
  const auto pong = link::parsePong(message->payload);
  if (!pong) return;
  const auto ping = link::encodePing(pong->pingSentAt, pong->previous);
  const auto encoded = link::encodePong(pong->session, pong->answeredAt, ping.bytes().subspan(9));
  const auto again = link::parseMeasurementMessage(encoded.bytes());
  require(again && again->type == link::MeasurementType::pong);
  const auto pongAgain = link::parsePong(again->payload);
  require(pongAgain && pongAgain->session == pong->session && pongAgain->answeredAt == pong->answeredAt);
  require(pongAgain->pingSentAt == pong->pingSentAt && pongAgain->previous == pong->previous);
}

/// One measurement, and who judges it.
class Trial {
public:
  explicit Trial(Draw& draw)
    : draw_{draw}
    , machine_{kSession, draw.flag() ? Measurement::kJoin : Measurement::kProbe, kStart}
  {
    judge(machine_.start(now_));
  }

  void play()
  {
    while (!draw_.isEmpty() && !machine_.isOver()) step();
    while (!machine_.isOver()) wait(60s); // left alone it gives up
  }

private:
  void step()
  {
    switch (draw_.below(4)) {
    case 0:
      return wait(Micros{draw_.byte() * 1000});
    case 1:
      return wait(Micros{draw_.byte() * 10});
    case 2:
      return answer();
    default:
      return say({draw_.flag() ? kSession : NodeId{}, sessionTime(wireNumber()), hostTime(wireNumber()),
                  sessionTime(wireNumber())});
    }
  }

  void answer()
  {
    const auto times = 1 + draw_.below(64);
    const auto offset = wireNumber() / 2;
    const Micros trip{draw_.byte() * 150};
    const Micros leap{draw_.byte() * 1000}; // of its clock, at every other answer
    for (std::size_t i = 0; i < times && !machine_.isOver(); ++i) {
      const auto asked = now_;
      wait(trip);
      say({kSession, sessionTime(microsOf(now_) + offset) + (i % 2) * leap, asked, {}});
    }
  }

  std::int64_t wireNumber() // what a parser lets through
  {
    constexpr std::int64_t kWire = std::int64_t{1} << 53U;
    return std::clamp(draw_.number(microsOf(now_)), -kWire, kWire);
  }

  void say(const link::Pong& pong)
  {
    if (!machine_.isOver()) judge(machine_.receive(pong, now_));
  }

  void wait(Micros duration)
  {
    const auto end = now_ + duration;
    while (machine_.nextDeadline() && *machine_.nextDeadline() <= end) {
      now_ = std::max(now_, *machine_.nextDeadline());
      judge(machine_.advance(now_));
      require(machine_.isOver() || *machine_.nextDeadline() > now_);
    }
    now_ = end;
  }

  void judge(const std::vector<Measurement::Action>& actions)
  {
    require(actions.size() <= 2);
    for (const auto& action : actions) {
      if (const auto* settled = std::get_if<Measurement::Settled>(&action)) judge(settled->estimate);
      if (const auto* refined = std::get_if<Measurement::Refined>(&action)) judge(refined->estimate);
    }
    require(machine_.isOver() || now_ - kStart <= 16s); // ten to settle, five to refine
  }

  static void judge(const link::Estimate& estimate)
  {
    require(estimate.roundTrips > 0 && estimate.shortestRoundTrip >= 0us && estimate.spread >= 0us);
    require(estimate.intercept <= kFarthest && estimate.intercept >= -kFarthest);
  }

  static constexpr HostTime kStart = hostTime(1'000'000'000'000);
  static constexpr NodeId kSession{{'s', 'e', 's', 's', 'i', 'o', 'n', '!'}};
  static constexpr Micros kFarthest{std::int64_t{1} << 54U};

  Draw& draw_;
  HostTime now_ = kStart;
  Measurement machine_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::span bytes{reinterpret_cast<const std::byte*>(data), size};
  checkParsers(bytes);
  Draw draw{bytes};
  Trial{draw}.play();
  return 0;
}
