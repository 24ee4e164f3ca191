// The examples as programs of their own, in a Tutti without a device.
#include <Catch.hpp>
#include <Eventually.hpp>
#include <TemporaryFolder.hpp>
#include <algorithm>
#include <cmath>
#include <mutex>
#include <unistd.h>

#include <tutti/module/Host.hpp>

#include "Stage.hpp"

using namespace tutti;
using namespace tutti::module;
using test::eventually;

namespace {

struct Visit {
  test::TemporaryFolder folder;
  std::mutex mutex;
  std::shared_ptr<patch::Module> arrived; // under the lock
  std::unique_ptr<Host> host =
    Host::open({.folder = folder.path()},
               {.onArrived =
                  [this](const std::string&, std::shared_ptr<patch::Module> module) {
                    const std::lock_guard lock{mutex};
                    arrived = std::move(module);
                  },
                .onLeft = {}})
      .value();
  test::Stage stage;

  std::shared_ptr<patch::Module> start(const std::string& program, std::vector<std::string> arguments)
  {
    const patch::ProcessDescription process{"example", program, std::move(arguments)};
    Approvals approvals;
    approvals.add(process);
    host->want({process}, approvals);
    std::shared_ptr<patch::Module> module;
    eventually([&] {
      const std::lock_guard lock{mutex};
      return (module = arrived) != nullptr;
    });
    return module;
  }

  void play(patch::Module& module, int blocks)
  {
    for (int i = 0; i < blocks; ++i) {
      stage.play(64, [&](const patch::Rendering& rendering) { module.render(rendering); });
      ::usleep(1300); // about the pace of a sound device; nothing is concluded from it
    }
  }
};

} // namespace

TEST_CASE("The tone is a tone")
{
  Visit visit;
  visit.stage.inputs = 0;
  const auto tone = visit.start(TUTTI_TONE, {"750"}); // one period is one block
  REQUIRE(tone);
  CHECK(eventually([&] {
    visit.play(*tone, 10);
    const auto& heard = visit.stage.heard[0];
    const auto last = heard.end() - 64;
    double energy = 0;
    for (auto sample = last; sample != heard.end(); ++sample)
      energy += std::pow(static_cast<double>(*sample), 2);
    return std::abs(std::sqrt(energy / 64) - 0.25 / std::sqrt(2.0)) < 1e-3;
  }));
}

TEST_CASE("The level printer prints")
{
  Visit visit;
  visit.stage.outputs = 0;
  visit.stage.played = [](std::size_t, std::int64_t) { return 0.5F; };
  const auto printer = visit.start(TUTTI_LEVEL, {});
  REQUIRE(printer);
  CHECK(eventually([&] {
    visit.play(*printer, 50);
    const auto words = visit.host->processes().at(0).lastWords;
    return !words.empty() && words.back().find("120.0 bpm  peak -6.0 dBFS") != std::string::npos;
  }));
}

TEST_CASE("The granular delay repeats what it hears, in the tempo of the session, softer each time")
{
  Visit visit;
  visit.stage.grid = {{time::Tempo::fromBpm(240), {}, hostTime(1'000'000)}, time::Beats::fromDouble(4), true};
  const auto delay = visit.start(TUTTI_GRANULAR, {"0.5", "0"}); // an eighth of a second: 6000 frames
  REQUIRE(delay);
  std::int64_t clickAt = 0;
  visit.stage.played = [&](std::size_t, std::int64_t frame) { return frame == clickAt ? 1.0F : 0.0F; };
  const auto late = [&] { return visit.host->guests().at(0).health.late; };
  // A machine that is too busy may cut a block: then once more.
  CHECK(eventually([&] {
    visit.stage.heard.clear();
    clickAt = visit.stage.next.frames + 1000;
    const auto before = late();
    visit.play(*delay, 14'000 / 64);
    const auto at = [&](std::size_t after) { return visit.stage.heard[0].at(1000 + 64 + after); };
    return late() == before && std::abs(at(0) - 0.7F) < 1e-3F && std::abs(at(3000)) < 1e-3F &&
           std::abs(at(6000) - 1.0F) < 1e-3F && std::abs(at(12'000) - 0.4F) < 1e-3F;
  }));
}
