#include <Catch.hpp>
#include <array>
#include <vector>

#include <tutti/linkaudio/ChannelModules.hpp>
#include <tutti/patch/DeviceModules.hpp>
#include <tutti/patch/Player.hpp>

using namespace tutti;
using namespace tutti::linkaudio;

namespace {

const NodeId kSession{{1, 2, 3, 4, 5, 6, 7, 8}};

/// What goes into a device is published; what is fetched comes out of it.
struct Loop {
  Loop()
  {
    session->say({kSession, {time::Tempo::fromBpm(120), {}, hostTime(0)}});
    source->follow(kSession, hostTime(0));
    sink->setHeard(true);
    const auto in = *patch.add(std::make_shared<patch::DeviceInput>(), "in");
    const auto out = *patch.add(std::make_shared<patch::DeviceOutput>(), "out");
    const auto to = *patch.add(std::make_shared<ToChannel>(sink, 2, session), "to");
    const auto from = *patch.add(std::make_shared<FromChannel>(source, session), "from");
    static_cast<void>(patch.connect({in, 0}, {to, 0}));
    static_cast<void>(patch.connect({from, 0}, {out, 0}));
    player.play(patch);
  }

  /// A block of a level that counts the half seconds.
  void play()
  {
    const auto at = hostTime(1'000'000 + block * 1333);
    const float level = static_cast<float>(block * 1333 / 500'000 % 8) / 16;
    std::array<std::vector<float>, 2> in{std::vector<float>(64, level), std::vector<float>(64, -level)};
    std::array<std::vector<float>, 2> out{std::vector<float>(64), std::vector<float>(64)};
    const std::array<std::span<const float>, 2> ins{in[0], in[1]};
    const std::array<std::span<float>, 2> outs{out[0], out[1]};
    player.process({.inputs = ins,
                    .outputs = outs,
                    .frames = 64,
                    .rate = audio::SampleRate::fromHertz(48'000),
                    .first = SampleTime{block * 64},
                    .captured = at,
                    .audible = at + Micros{5000}});
    for (const auto& buffer : sink->drain(at)) source->receive(buffer, at, at);
    left = out[0][32];
    right = out[1][32];
    if (++block % 64 == 0) source->tend(at);
  }

  std::shared_ptr<CurrentSession> session = std::make_shared<CurrentSession>();
  std::shared_ptr<Sink> sink = std::make_shared<Sink>(ChannelId{kSession});
  std::shared_ptr<Source> source = std::make_shared<Source>(ChannelId{kSession}, Placement::inBeats(1));
  patch::Patch patch;
  patch::Player player;
  std::int64_t block = 0;
  float left = 0, right = 0;
};

} // namespace

TEST_CASE("What a patch publishes and fetches again comes out of it a beat later, left and right")
{
  Loop loop;
  for (int i = 0; i < 3000; ++i) {
    loop.play();
    const auto sinceChange = loop.block * 1333 % 500'000;
    if (loop.block < 1200 || sinceChange < 20'000 || sinceChange > 480'000) continue;
    const float expected = static_cast<float>((loop.block * 1333 / 500'000 + 7) % 8) / 16;
    CHECK(loop.left == Approx(expected).margin(0.001));
    CHECK(loop.right == Approx(-expected).margin(0.001));
  }
}

TEST_CASE("A module says what it is")
{
  Loop loop;
  const ToChannel mono{loop.sink, 1, loop.session};
  CHECK(mono.type() == "to-channel");
  CHECK(mono.inputs() == std::vector<patch::Port>{{"in", 1}});
  CHECK(mono.outputs().empty());
  const FromChannel from{loop.source, loop.session};
  CHECK(from.type() == "from-channel");
  CHECK(from.outputs() == std::vector<patch::Port>{{"out", 2}});
}

TEST_CASE("A channel that nobody hears leaves nothing to send")
{
  Loop loop;
  loop.sink->setHeard(false);
  for (int i = 0; i < 100; ++i) loop.play();
  CHECK(loop.sink->takeCounts().frames == 0);
  CHECK(loop.sink->takeCounts().dropped == 0);
}
