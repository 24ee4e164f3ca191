// Real sound servers, without a sound card: JACK's dummy driver, in a /dev/shm of our own, where no other
// server of this machine is seen or disturbed. Needs root for that; else the tests are skipped.
//
// Each test wants a process of its own, as ctest gives it: what a dead JACK server leaves of PortAudio stays.
#define CATCH_CONFIG_RUNNER
#include "Card.hpp"

#include <Catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <sched.h>
#include <string_view>
#include <sys/mount.h>
#include <unistd.h>

using namespace tutti;

namespace {

constexpr int kSkipped = 77;
constexpr const char* kApart = "TUTTI_TEST_IS_APART";

/// Starts this program once more in a mount namespace of its own; returns where that is not possible.
void goApart(char** arguments)
{
  if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return;
  if (mount("none", "/dev/shm", "tmpfs", 0, nullptr) != 0) return;
  setenv(kApart, "1", 1);
  setenv("JACK_NO_START_SERVER", "1", 1);
  test::describeCard();
  execv("/proc/self/exe", arguments);
}

bool hasJack()
{
  return std::system("command -v jackd >/dev/null && command -v jack_lsp >/dev/null") == 0;
}

bool isOnlyAsked(int count, char** arguments)
{
  for (int i = 1; i < count; ++i)
    if (std::string_view{arguments[i]}.starts_with("--list")) return true;
  return false;
}

int run(int count, char** arguments)
{
  if (!isOnlyAsked(count, arguments) && !std::getenv(kApart)) {
    goApart(arguments);
    std::puts("skipped: a /dev/shm of one's own needs root");
    return kSkipped;
  }
  if (!isOnlyAsked(count, arguments) && !hasJack()) {
    std::puts("skipped: jackd or its tools are not installed");
    return kSkipped;
  }
  return Catch::Session().run(count, arguments);
}

} // namespace

int main(int count, char** arguments)
{
  try {
    return run(count, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return EXIT_FAILURE;
  }
}
