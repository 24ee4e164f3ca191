// What a Link object does for a bridge, on real sockets.
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <atomic>
#include <thread>

#include "LinkPair.hpp"

using namespace tutti;
using namespace tutti::test;

TEST_CASE("A bridge sees the LAN and is obeyed")
{
  if (!isAlone()) return;
  asio::io_context context;
  auto work = asio::make_work_guard(context);
  std::thread thread{[&] { context.run(); }};
  std::atomic<std::size_t> seen = 0; // written to as long as there are peers
  std::atomic<bool> isFirst = false;
  {
    Link bridged{100_bpm, kLoopback, context};
    Link guest{140_bpm, kLoopback};
    bridged.onLan([&](const link::LanView& view) {
      seen = view.peers.size();
      isFirst = view.node.bytes()[0] == std::byte{1};
      if (!isFirst) bridged.carry(link::BeginBridging{});
    });
    bridged.enable();
    guest.enable();
    CHECK(eventually([&] { return isFirst.load(); }));
    CHECK(eventually([&] { return haveMet(bridged, guest) && seen == 1; }));

    const NodeId distant{{'d', 'i', 's', 't', 'a', 'n', 't', '1'}};
    asio::post(context, [&] { bridged.carry(link::SpeakFor{{distant}, {distant}, {}}); });
    CHECK(eventually([&] { return guest.peerCount() == 2 && bridged.peerCount() == 2; }));
    asio::post(context, [&] { bridged.carry(link::EndBridging{}); });
    CHECK(eventually([&] { return guest.peerCount() == 1 && bridged.peerCount() == 1; }));
  }
  work.reset();
  thread.join();
}
