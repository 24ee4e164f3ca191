#pragma once

#include <atomic>
#include <thread>
#include <tutti/time/HostClock.hpp>
#include <vector>

namespace tutti::test {

/// Keeps the calling thread on one processor.
void stayOn(unsigned processor);

/// Notices when a processor does nothing at all for a while, not even for the most urgent thread: a virtual
/// machine's host gives it to others for milliseconds. What is held up then is the machine's fault.
class Standstill {
public:
  explicit Standstill(unsigned processor);
  ~Standstill() { end(); }

  void end();
  /// Whether it was allowed to be the most urgent thread; else it takes others' work for a standstill.
  [[nodiscard]] bool isSharp() const { return isSharp_; }
  /// Whether it stood still in some part of this time. After `end`.
  [[nodiscard]] bool touches(HostTime from, HostTime to) const;

  struct Span {
    HostTime from, to;
  };
  /// In order. After `end`.
  [[nodiscard]] const std::vector<Span>& spans() const { return spans_; }

private:
  void watch(unsigned processor);

  std::vector<Span> spans_;
  std::atomic<bool> isOver_ = false;
  std::atomic<bool> isSharp_ = false;
  std::thread thread_;
};

} // namespace tutti::test
