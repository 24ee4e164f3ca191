#include <Catch.hpp>

#include <tutti/module/ProcessModule.hpp>
#include <tutti/patch/Patch.hpp>
#include <tutti/patch/Workshop.hpp>

#include "Stage.hpp"

using namespace tutti;
using namespace tutti::module;

namespace {

const Card kEcho{.name = "Echo", .inputs = {{"in", 2}}, .outputs = {{"out", 2}}};

void lay(ProcessModule& module, std::uint32_t block = 64)
{
  const auto shape = LaneShape::of(2, 2, block);
  module.lay(LaneMemory::make(shape.words()).value(), shape, {}, 0);
}

void play(ProcessModule& module, test::Stage& stage, int blocks)
{
  for (int i = 0; i < blocks; ++i)
    stage.play(64, [&](const patch::Rendering& rendering) { module.render(rendering); });
}

bool isSilent(const test::Stage& stage)
{
  for (const auto& channel : stage.heard)
    for (const float sample : channel)
      if (sample != 0.0F) return false;
  return true;
}

} // namespace

TEST_CASE("A module without a process is silent, and so is one at another rate")
{
  ProcessModule module{"echo", kEcho};
  test::Stage stage;
  play(module, stage, 5);
  lay(module);
  stage.rate = audio::SampleRate::fromHertz(44'100);
  play(module, stage, 5);
  CHECK(isSilent(stage));
  CHECK(module.pace() == ProcessModule::Pace{stage.rate, 64});
}

TEST_CASE("Lanes follow each other without a leak, whether the audio thread takes them or not")
{
  ProcessModule module{"echo", kEcho};
  test::Stage stage;
  for (int i = 0; i < 50; ++i) {
    lay(module);
    if (i % 3 != 0) play(module, stage, 3);
    if (i % 4 == 0) module.tend();
  }
  CHECK(isSilent(stage));
  CHECK(module.delay().frames == 64);
}

TEST_CASE("A snapshot remembers which program brings it, and keeps its place while it has not come")
{
  patch::Patch band;
  REQUIRE(band.add(std::make_shared<ProcessModule>("echo", kEcho), "My echo"));
  const auto saved = band.snapshot();
  REQUIRE(saved.modules.size() == 1);
  CHECK(saved.modules.front().type == "process");
  CHECK(saved.modules.front().parameters == parametersOf("echo", "Echo"));
  const auto made = ProcessModule::make(saved.modules.front());
  REQUIRE_FALSE(made);
  CHECK(made.error().kind == ErrorKind::unavailable); // missing, not wrong
  CHECK(made.error().detail == "the program 'echo' has not joined");
  auto wrong = saved.modules.front();
  wrong.parameters.add("wet", std::string{"1"});
  CHECK(ProcessModule::make(wrong).error().kind == ErrorKind::malformed);
}
