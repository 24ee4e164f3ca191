#include <Catch.hpp>
#include <atomic>
#include <thread>
#include <tutti/rt/Signal.hpp>
#include <vector>

using namespace tutti;

TEST_CASE("A signal raised while nobody waits ends the next wait at once")
{
  rt::Signal signal;
  signal.raise();
  signal.wait();
  SUCCEED("it came back");
}

TEST_CASE("A signal wakes who waits")
{
  rt::Signal signal;
  std::atomic<bool> wasRaised = false;
  bool sawIt = false;
  std::thread sleeper{[&] {
    signal.wait();
    sawIt = wasRaised;
  }};
  wasRaised = true;
  signal.raise();
  sleeper.join();
  CHECK(sawIt);
}

TEST_CASE("Signals raised before a wait count as one")
{
  rt::Signal signal;
  for (int i = 0; i < 1000; ++i) signal.raise();
  signal.wait();

  std::atomic<bool> isThere = false;
  std::atomic<bool> wasRaised = false;
  bool sawIt = false;
  std::thread sleeper{[&] {
    isThere = true;
    signal.wait(); // a left-over would let it pass too early
    sawIt = wasRaised;
  }};
  while (!isThere) std::this_thread::yield();
  for (int i = 0; i < 1000; ++i) std::this_thread::yield();
  wasRaised = true;
  signal.raise();
  sleeper.join();
  CHECK(sawIt);
}

TEST_CASE("Two threads hand each other the turn, and no turn is lost")
{
  constexpr int kTurns = 5000;
  rt::Signal ping;
  rt::Signal pong;
  int ball = 0; // whoever has the turn owns it
  std::thread other{[&] {
    for (int turn = 0; turn < kTurns; ++turn) {
      ping.wait();
      ++ball;
      pong.raise();
    }
  }};
  for (int turn = 0; turn < kTurns; ++turn) {
    ping.raise();
    pong.wait();
    ++ball;
  }
  other.join();
  CHECK(ball == 2 * kTurns);
}

TEST_CASE("Any number of threads may raise")
{
  constexpr int kThreads = 4;
  constexpr int kRaises = 5000;
  rt::Signal signal;
  std::atomic<int> raised = 0;
  std::vector<std::thread> raisers;
  for (int i = 0; i < kThreads; ++i) {
    raisers.emplace_back([&] {
      for (int raise = 0; raise < kRaises; ++raise) {
        ++raised;
        signal.raise();
      }
    });
  }
  // Each wake-up reads the count; the last raise comes after the last count, so the whole is seen.
  while (raised < kThreads * kRaises) signal.wait();
  for (auto& raiser : raisers) raiser.join();
  CHECK(raised == kThreads * kRaises);
}
