// What an outside process and Tutti say: whatever is accepted survives a round trip, and neither side's
// machine says anything after it is over.
#include <span>

#include <tutti/module/Membership.hpp>
#include <tutti/module/Visit.hpp>

#include "Require.hpp"

using namespace tutti;
using namespace tutti::module;
using fuzz::require;

namespace {

const Hello kHello{"", {.name = "Tone", .description = {}, .inputs = {{"in", 1}}, .outputs = {{"out", 2}}}};
const Welcome kWelcome{48'000, LaneShape::of(1, 2, 64)};

void hearOnBothSides(std::span<const std::byte> packet)
{
  for (const bool isIn : {false, true}) {
    Visit visit{{}};
    Membership membership{kHello, {}, Micros{5'000'000}};
    if (isIn) {
      visit.receive(encode(kHello), {});
      visit.admit(kWelcome, {});
      membership.receive(encode(kWelcome), {});
    }
    visit.receive(packet, {});
    membership.receive(packet, {});
    if (visit.isOver()) require(visit.receive(encode(kHello), {}).empty() && !visit.nextDeadline());
    if (membership.isOver())
      require(membership.receive(encode(kWelcome), {}).empty() && !membership.nextDeadline());
    const auto later = HostTime{} + Micros{61'000'000}; // no lease is longer than a minute
    visit.advance(later);
    membership.advance(later);
    require(visit.isOver() && membership.isOver());
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto packet = std::as_bytes(std::span{data, size});
  if (const auto message = parseMessage(packet)) {
    const auto written = encode(*message);
    require(written.size() <= kLargestMessage);
    const auto again = parseMessage(written);
    require(again && *again == *message);
    if (const auto* welcome = std::get_if<Welcome>(&*message))
      require(welcome->shape.words() <= LaneShape::kMostWords);
  }
  hearOnBothSides(packet);
  const auto reason = reasonFrom({reinterpret_cast<const char*>(data), size});
  require(reason.size() <= kLongestReason && reasonFrom(reason) == reason);
  return 0;
}
