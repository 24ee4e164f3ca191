#include <Catch.hpp>
#include <array>
#include <csignal>
#include <functional>
#include <string>
#include <sys/wait.h>
#include <tutti/core/Assert.hpp>
#include <tutti/core/Datagram.hpp>
#include <unistd.h>

using namespace tutti;

namespace {

struct End {
  int status = 0;
  std::string lastWords;
};

/// Lets a child process do it, and listens at its stderr.
End endOf(const std::function<void()>& deed)
{
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  const auto child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL); // the test runner's own handler would report a failed test
    dup2(pipe[1], STDERR_FILENO);
    deed();
    _exit(0);
  }
  close(pipe[1]);
  End end;
  std::array<char, 256> words{};
  for (auto got = read(pipe[0], words.data(), words.size()); got > 0;
       got = read(pipe[0], words.data(), words.size()))
    end.lastWords.append(words.data(), static_cast<std::size_t>(got));
  close(pipe[0]);
  waitpid(child, &end.status, 0);
  return end;
}

} // namespace

TEST_CASE("A kept invariant costs nothing")
{
  const auto end = endOf([] { TUTTI_ASSERT(1 + 1 == 2); });
  CHECK(WIFEXITED(end.status));
  CHECK(end.lastWords.empty());
}

TEST_CASE("A broken invariant stops the program and names itself")
{
  const auto end = endOf([] { TUTTI_ASSERT(1 + 1 == 3); });
  REQUIRE(WIFSIGNALED(end.status));
  CHECK(WTERMSIG(end.status) == SIGABRT);
  CHECK(end.lastWords.find("1 + 1 == 3") != std::string::npos);
  CHECK(end.lastWords.find("AssertTest.cpp") != std::string::npos);
}

TEST_CASE("A message that outgrows its datagram is our mistake, and stops the program")
{
  const auto end = endOf([] {
    const std::array<std::byte, 8> more{};
    BoundedDatagram<15> datagram;
    datagram.append(more);
    datagram.append(more);
  });
  REQUIRE(WIFSIGNALED(end.status));
  CHECK(WTERMSIG(end.status) == SIGABRT);
}
