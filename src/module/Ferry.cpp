#include "Ferry.hpp"

#include <utility>

#include <tutti/rt/Priority.hpp>

namespace tutti::module {
namespace {

constexpr Micros kLook{20'000}; // whether it is over

} // namespace

Ferry::Ferry(LaneMemory memory, const LaneShape& shape, Send send)
  : lane_{std::move(memory), shape}
  , joiner_{std::size_t{shape.outputs} * shape.block}
  , send_{std::move(send)}
  , thread_{[this] { run(); }}
{}

Ferry::~Ferry()
{
  isOver_ = true;
  rt::wakeSharedWord(lane_.said());
  thread_.join();
}

void Ferry::answer(std::span<const std::byte> piece)
{
  if (const auto block = joiner_.add(piece)) lane_.answer(block->moment, block->samples);
}

void Ferry::run()
{
  static_cast<void>(rt::becomeUrgent(rt::Urgency::media)); // the doctor tells who may not
  std::vector<float> inputs(std::size_t{lane_.shape().inputs} * lane_.shape().block);
  while (!isOver_) {
    if (const auto moment = lane_.tryTake(inputs))
      send_(*moment, inputs);
    else
      rt::waitAtSharedWord(lane_.said(), lane_.taken(), kLook);
  }
}

} // namespace tutti::module
