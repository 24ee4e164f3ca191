#include <Catch.hpp>
#include <QuietPipe.hpp>
#include <array>
#include <cerrno>
#include <unistd.h>

using tutti::room::QuietPipe;

namespace {

/// What writing says where nobody reads.
int writeInVain()
{
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  ::close(ends[0]);
  const char byte = 1;
  const auto written = ::write(ends[1], &byte, 1);
  const int error = written < 0 ? errno : 0;
  ::close(ends[1]);
  return error;
}

bool isBlocked()
{
  sigset_t now;
  pthread_sigmask(SIG_SETMASK, nullptr, &now);
  return sigismember(&now, SIGPIPE) == 1;
}

} // namespace

TEST_CASE("Writing where nobody reads any more is an error, and nothing is left of it")
{
  const auto before = std::signal(SIGPIPE, SIG_DFL);
  {
    const QuietPipe quiet;
    CHECK(writeInVain() == EPIPE);
    const QuietPipe within;
    CHECK(writeInVain() == EPIPE);
  }
  CHECK_FALSE(isBlocked()); // and we are still here
  std::signal(SIGPIPE, before);
}
