#include "SyncViewModel.hpp"

#include <chrono>

#include <Catch.hpp>

using namespace std::chrono_literals;
using namespace tutti;

namespace {

constexpr HostTime kStart = hostTime(1'000'000'000);

engine::Snapshot measured(std::initializer_list<Micros> errors, Micros spread = 0us)
{
  engine::Snapshot snapshot;
  snapshot.link.isEnabled = true;
  snapshot.link.peerCount = 1;
  auto at = kStart;
  for (const auto error : errors) snapshot.link.syncHistory.push_back({at += 30s, error, spread});
  return snapshot;
}

std::string verdictOn(const engine::Snapshot& snapshot)
{
  app::SyncViewModel sync;
  sync.show(snapshot);
  return sync.verdict().toStdString();
}

} // namespace

SCENARIO("The verdict names the error and how much to mind it")
{
  CHECK(verdictOn(measured({10us, -12us, 8us})) == "Tight: within 10\u00a0µs");
  CHECK(verdictOn(measured({400us, -400us})) == "Good: within 400\u00a0µs");
  CHECK(verdictOn(measured({3'000us})) == "Loose: within 3.0\u00a0ms");
  CHECK(verdictOn(measured({-42'000us})) == "Poor: off by 42\u00a0ms");
}

SCENARIO("What is not known counts as error")
{
  CHECK(verdictOn(measured({10us}, 300us)) == "Good: within 310\u00a0µs");
}

SCENARIO("Alone there is nothing to judge, and before the first measurement there is patience")
{
  auto snapshot = measured({});
  CHECK(verdictOn(snapshot) == "Measuring…");
  snapshot.link.peerCount = 0;
  CHECK(verdictOn(snapshot).empty());
}

SCENARIO("A wild start is forgotten once the clock has settled")
{
  CHECK(verdictOn(measured({9ms, 5us, 5us, 5us, 5us, 5us, 5us, 5us, 5us})) == "Tight: within 5\u00a0µs");
}

SCENARIO("The plot's scale is a round figure")
{
  app::SyncViewModel sync;
  sync.show(measured({37us}));
  CHECK(sync.scale() == 50us);
  sync.show(measured({630us}));
  CHECK(sync.scale() == 1'000us);
  sync.show(measured({3us}));
  CHECK(sync.scale() == 20us);
}

SCENARIO("The same measurements again are no news")
{
  app::SyncViewModel sync;
  int changes = 0;
  QObject::connect(&sync, &app::SyncViewModel::changed, [&] { ++changes; });
  sync.show(measured({10us, 20us}));
  sync.show(measured({10us, 20us}));
  CHECK(changes == 1);
}
