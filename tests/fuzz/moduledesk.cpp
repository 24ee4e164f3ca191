// Tutti's desk among lawless guests: whatever they say and whenever they go, memory is bounded, programs
// start only when they were approved, every arrival is followed by at most one departure, and silence ends
// everything.
#include <map>
#include <set>
#include <span>

#include <tutti/module/GuestDesk.hpp>

#include "ByteScript.hpp"
#include "Require.hpp"

using namespace tutti;
using namespace tutti::module;
using fuzz::require;

namespace {

const patch::ProcessDescription kGood{"good", "/bin/good", {}};
const patch::ProcessDescription kEvil{"evil", "/bin/evil", {}};

Card cardOf(std::size_t choice)
{
  Card card{.name = choice % 2 == 0 ? "Echo" : "Tone",
            .description = {},
            .inputs = {},
            .outputs = {{"out", 1 + choice % 8}}};
  if (choice % 3 == 0) card.inputs = {{"in", 1}};
  if (choice % 5 == 0) card.rate = choice % 10 == 0 ? 44'100 : 48'000;
  return card;
}

class Scene {
public:
  void play(const fuzz::Step& step)
  {
    fuzz::Draw draw{std::as_bytes(std::span{step.decisions})};
    const GuestId id{static_cast<std::uint32_t>(draw.below(8))};
    switch (step.kind % 9) {
    case 0:
      return desk_.called(id, {}, now_, out_);
    case 1:
      return hear(id, word(draw));
    case 2: {
      const auto rest = draw.rest();
      return desk_.receive(id, rest, now_, out_);
    }
    case 3:
      return desk_.hungUp(id, now_, out_);
    case 4:
      return want(draw);
    case 5:
      return desk_.ended("good", draw.flag() ? Supervisor::Ending::crashed : Supervisor::Ending::done, "x",
                         now_, out_);
    case 6:
      return desk_.missing("good", "y", out_);
    case 7:
      return desk_.again(draw.flag() ? "good" : "evil", now_, out_);
    default:
      now_ += Micros{static_cast<std::int64_t>(draw.byte()) * 20'000};
    }
  }

  void check()
  {
    desk_.advance(now_, out_);
    for (const auto& start : out_.starts) {
      require(start.process == kGood && isApproved_);
      token_ = start.token;
    }
    for (const auto& arrived : out_.arrivals) require(here_.insert(arrived.name).second && arrived.module);
    for (const auto& left : out_.departures) require(here_.erase(left.name) == 1);
    require(desk_.guests().size() == here_.size() && here_.size() <= GuestDesk::kMostGuests);
    out_ = {};
  }

  void end()
  {
    desk_.want({}, {}, now_, out_);
    desk_.ended("good", Supervisor::Ending::crashed, "z", now_, out_);
    now_ += Micros{10'000'000};
    check();
    require(here_.empty());
  }

private:
  void want(fuzz::Draw& draw)
  {
    Approvals approvals;
    isApproved_ = draw.flag();
    if (isApproved_) approvals.add(kGood);
    desk_.want(draw.flag() ? std::vector{kGood, kEvil} : std::vector<patch::ProcessDescription>{}, approvals,
               now_, out_);
  }
  Message word(fuzz::Draw& draw)
  {
    switch (draw.below(4)) {
    case 0:
      return Hello{draw.flag() ? token_ : std::string{}, cardOf(draw.byte())};
    case 1:
      return Heartbeat{};
    case 2:
      return Leave{"bye"};
    default:
      return Refusal{"no"};
    }
  }
  void hear(GuestId id, const Message& message) { desk_.receive(id, encode(message), now_, out_); }

  HostTime now_ = hostTime(1'000'000'000);
  int drawn_ = 0;
  GuestDesk desk_{
    {{audio::SampleRate::fromHertz(48'000), 64}, true, [this] { return std::to_string(++drawn_); }}};
  GuestOutbox out_;
  bool isApproved_ = false;
  std::string token_;
  std::set<std::string> here_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  Scene scene;
  std::size_t played = 0;
  for (const auto& step : fuzz::splitSteps({data, size})) {
    scene.play(step);
    scene.check();
    if (++played == 100) break;
  }
  scene.end();
  return 0;
}
