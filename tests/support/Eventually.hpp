#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace tutti::test {

/// Whether something becomes true. The limit is only there to end a test that would never end: it is long
/// enough for the most loaded machine, and nothing is concluded from how long it took.
inline bool eventually(const std::function<bool()>& isSo,
                       std::chrono::seconds limit = std::chrono::seconds{30})
{
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!isSo()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  return true;
}

} // namespace tutti::test
