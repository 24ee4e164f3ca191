#include "Compiler.hpp"

#include <Catch.hpp>
#include <array>

#include "Modules.hpp"

using namespace tutti;
using namespace tutti::patch;
using test::Constant;
using test::Listener;
using test::Through;

namespace {

constexpr auto k48 = audio::SampleRate::fromHertz(48'000);

Cable cable(std::size_t from, std::size_t to, std::size_t channels,
            Wire::Timing timing = Wire::Timing::direct)
{
  Cable cable{.wire = std::make_shared<Wire>(timing, channels), .from = from, .to = to, .timing = timing};
  cable.wire->setGain({});
  return cable;
}

void run(Plan& plan, int blocks = 40, std::size_t frames = 64)
{
  const audio::Block block{.inputs = {}, .outputs = {}, .frames = frames, .rate = k48, .first = {}};
  for (int i = 0; i < blocks; ++i) plan.run(block, {}, Pace{}.at(k48));
}

/// What a listener of so many channels hears of a constant 1 on so many channels.
std::array<float, Port::kMostChannels> heardOf(std::size_t from, std::size_t to)
{
  const auto listener = std::make_shared<Listener>(to);
  run(*compile({{std::make_shared<Constant>(1.0F, from), listener}, {cable(0, 1, from)}}));
  return listener->last;
}

} // namespace

TEST_CASE("One channel goes into all, several into one share it, otherwise each to its own")
{
  CHECK(heardOf(1, 1)[0] == 1.0F);
  CHECK(heardOf(1, 2) == std::array<float, 8>{1, 1});
  CHECK(heardOf(2, 2) == std::array<float, 8>{1, 1});
  CHECK(heardOf(2, 1)[0] == 1.0F); // half and half
  CHECK(heardOf(4, 1)[0] == 1.0F);
  CHECK(heardOf(2, 4) == std::array<float, 8>{1, 1, 0, 0});
  CHECK(heardOf(4, 2) == std::array<float, 8>{1, 1});
}

TEST_CASE("An input adds up whatever comes")
{
  const auto listener = std::make_shared<Listener>(2);
  run(*compile({{std::make_shared<Constant>(1.0F, 2), std::make_shared<Constant>(0.5F), listener},
                {cable(0, 2, 2), cable(1, 2, 1), cable(0, 2, 2)}}));
  CHECK(listener->last == std::array<float, 8>{2.5F, 2.5F});
}

TEST_CASE("An input that nothing is connected to is silent")
{
  const auto listener = std::make_shared<Listener>(2);
  listener->last.fill(9);
  run(*compile({{listener}, {}}));
  CHECK(listener->last[1] == 0.0F);
}

TEST_CASE("A chain of modules takes no time, in whatever order they were added")
{
  const auto listener = std::make_shared<Listener>();
  const auto plan = compile(
    {{listener, std::make_shared<Through>(), std::make_shared<Through>(), std::make_shared<Constant>(1.0F)},
     {cable(1, 0, 1), cable(2, 1, 1), cable(3, 2, 1)}});
  run(*plan, 1, 2048);
  CHECK(listener->last[0] == Approx(1).margin(1e-4));
}

TEST_CASE("A cycle without a delay has no plan")
{
  CHECK(compile({{std::make_shared<Through>(), std::make_shared<Through>()},
                 {cable(0, 1, 1), cable(1, 0, 1)}}) == nullptr);
}

TEST_CASE("A cycle counts up by one with each block")
{
  const auto through = std::make_shared<Through>(1, 1.0F);
  const auto listener = std::make_shared<Listener>();
  const auto loop = cable(0, 0, 1, Wire::Timing::delayed);
  const auto plan = compile({{through, listener}, {loop, cable(0, 1, 1)}});
  loop.wire->setGain(audio::Gain::silence());
  run(*plan);
  loop.wire->setGain(audio::Gain::ofFactor(0.5F));
  run(*plan, 100);
  CHECK(listener->last[0] == Approx(2)); // 1 + 1/2 + 1/4 …
}

TEST_CASE("A module at both ends of its own delayed cable hears itself one block later")
{
  const auto through = std::make_shared<Through>(1, 1.0F);
  const auto listener = std::make_shared<Listener>();
  const auto plan = compile({{through, listener}, {cable(0, 0, 1, Wire::Timing::delayed), cable(0, 1, 1)}});
  run(*plan);
  const float before = listener->last[0];
  run(*plan, 1);
  CHECK(std::min(before + 1, 16.0F + 1) == Approx(listener->last[0]));
}

TEST_CASE("Buffers are used again as soon as nobody listens to them any more")
{
  Layout layout;
  layout.modules.push_back(std::make_shared<Constant>(1.0F));
  for (std::size_t i = 1; i < 100; ++i) {
    layout.modules.push_back(std::make_shared<Through>());
    layout.cables.push_back(cable(i - 1, i, 1));
  }
  CHECK(compile(layout)->buffers() <= 3);
}

TEST_CASE("Sixteen strips into one need as many buffers as are heard at once")
{
  Layout layout;
  layout.modules.push_back(std::make_shared<Listener>(2));
  for (std::size_t i = 0; i < 16; ++i) {
    layout.modules.push_back(std::make_shared<Constant>(1.0F, 2));
    layout.cables.push_back(cable(i + 1, 0, 2));
  }
  CHECK(compile(layout)->buffers() == 34);
}
