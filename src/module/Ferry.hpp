#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include <tutti/module/BlockPieces.hpp>
#include <tutti/module/ModuleLane.hpp>

namespace tutti::module {

/// The process's end of the memory, for a process that is far away: takes each block from it as soon as the
/// audio thread has put it down, and gives it to whoever sends it.
///
/// Threads: `answer` one at a time; `send` is called on a thread of its own.
class Ferry {
public:
  using Send = std::function<void(const Moment&, std::span<const float> inputs)>;

  Ferry(LaneMemory memory, const LaneShape& shape, Send send);
  ~Ferry();
  Ferry(const Ferry&) = delete;
  Ferry& operator=(const Ferry&) = delete;

  /// A piece of an answer came. Whatever it is.
  void answer(std::span<const std::byte> piece);

private:
  void run();

  ModuleLane lane_; // taking: its thread; answering: who calls `answer`
  BlockJoiner joiner_;
  Send send_;
  std::atomic<bool> isOver_{false};
  std::thread thread_;
};

} // namespace tutti::module
