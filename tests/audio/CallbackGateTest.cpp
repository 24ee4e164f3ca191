#include "CallbackGate.hpp"

#include <Catch.hpp>
#include <memory>
#include <thread>

using namespace tutti::audio;

namespace {

struct Counter {
  int calls = 0; // plain: a sanitizer notices a call beside the closing
};

} // namespace

TEST_CASE("Through an open gate the object is reached, through a closed one it is not")
{
  Counter counter;
  CallbackGate gate{counter};
  gate.run([](Counter& object) { ++object.calls; });
  CHECK(counter.calls == 1);
  gate.close();
  gate.run([](Counter& object) { ++object.calls; });
  CHECK(counter.calls == 1);
}

TEST_CASE("After closing the object may go, however the callback comes in between")
{
  for (int round = 0; round < 200; ++round) {
    auto counter = std::make_unique<Counter>();
    CallbackGate gate{*counter};
    std::atomic<bool> isOver = false;
    std::thread callback{[&] {
      while (!isOver) gate.run([](Counter& object) { ++object.calls; });
    }};
    gate.close();
    counter.reset();
    isOver = true;
    callback.join();
  }
}
