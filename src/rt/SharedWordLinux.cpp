// The Linux side of rt/SharedWord.hpp. Other systems get a file of their own beside it.
#include <tutti/rt/SharedWord.hpp>

#include <ctime>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tutti::rt {

void waitAtSharedWord(const SharedWord& word, std::uint32_t seen, std::chrono::microseconds most) noexcept
{
  if (most.count() <= 0) return;
  timespec patience{};
  patience.tv_sec = static_cast<std::time_t>(most.count() / 1'000'000);
  patience.tv_nsec = static_cast<long>(most.count() % 1'000'000 * 1000);
  ::syscall(SYS_futex, &word, FUTEX_WAIT, seen, &patience, nullptr, 0);
}

} // namespace tutti::rt
