#include <Catch.hpp>
#include <Eventually.hpp>
#include <atomic>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <tutti/rt/Mutex.hpp>
#include <tutti/rt/Priority.hpp>
#include <unistd.h>

using namespace tutti;

namespace {

/// As the kernel schedules it now: below zero is realtime (proc(5), field 18).
int urgencyOf(pid_t thread)
{
  std::ifstream file{"/proc/self/task/" + std::to_string(thread) + "/stat"};
  std::string text;
  std::getline(file, text);
  const auto afterName = text.rfind(')');
  std::istringstream fields{text.substr(afterName + 1)};
  std::string field;
  for (int number = 3; number <= 18; ++number) fields >> field;
  return std::stoi(field);
}

} // namespace

TEST_CASE("One at a time holds the lock")
{
  rt::Mutex mutex;
  int count = 0;
  const auto work = [&] {
    for (int i = 0; i < 20'000; ++i) {
      const std::lock_guard lock{mutex};
      ++count;
    }
  };
  std::thread other{work};
  work();
  other.join();
  CHECK(count == 40'000);
}

TEST_CASE("Who holds the lock is as urgent as who waits for it")
{
  rt::Mutex mutex;
  std::atomic<bool> mayBeUrgent = true;
  const auto holder = gettid();
  const int usual = urgencyOf(holder);
  mutex.lock();
  std::thread urgent{[&] {
    mayBeUrgent = rt::becomeUrgent(rt::Urgency::media).has_value();
    const std::lock_guard lock{mutex};
  }};
  const bool isRaised = test::eventually([&] { return !mayBeUrgent || urgencyOf(holder) < 0; });
  mutex.unlock();
  urgent.join();
  CHECK(isRaised);
  CHECK(urgencyOf(holder) == usual);
}
