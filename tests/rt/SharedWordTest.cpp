#include <Catch.hpp>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thread>
#include <tutti/rt/SharedWord.hpp>
#include <unistd.h>

using namespace tutti;
using namespace std::chrono_literals;

TEST_CASE("Who waits at a word wakes when the other changes it")
{
  rt::SharedWord word = 1;
  std::thread sleeper{[&] {
    while (word == 1) rt::waitAtSharedWord(word, 1, 10s);
  }};
  word = 2;
  rt::wakeSharedWord(word);
  sleeper.join();
  SUCCEED("it came back");
}

TEST_CASE("A word that has changed already is not waited at")
{
  const rt::SharedWord word = 2;
  rt::waitAtSharedWord(word, 1, 1h);
  rt::waitAtSharedWord(word, 2, 0us);
  rt::waitAtSharedWord(word, 2, -5us);
  rt::waitAtSharedWord(word, 2, 100us);
  SUCCEED("it came back, each time");
}

TEST_CASE("Two programs wake each other at a word in memory that both have")
{
  void* memory =
    ::mmap(nullptr, sizeof(rt::SharedWord), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  REQUIRE(memory != MAP_FAILED);
  auto& word = *new (memory) rt::SharedWord{0};
  const pid_t child = ::fork();
  if (child == 0) {
    while (word.load() != 1) rt::waitAtSharedWord(word, 0, 10s);
    word = 2;
    rt::wakeSharedWord(word);
    ::_exit(0);
  }
  REQUIRE(child > 0);
  word = 1;
  rt::wakeSharedWord(word);
  while (word.load() != 2) rt::waitAtSharedWord(word, 1, 10s);
  int how = 0;
  CHECK(::waitpid(child, &how, 0) == child);
  CHECK(how == 0);
  ::munmap(memory, sizeof(rt::SharedWord));
}
