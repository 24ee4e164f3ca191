// inOwnNetwork PROGRAM [ARGUMENT…]: runs it where only loopback exists, so that an example in a test never
// meddles with the session of somebody who plays. Exit status 77 where the system does not allow that.
#include <OwnNetwork.hpp>
#include <cstdio>

int main(int count, char** arguments)
{
  if (count < 2) return 2;
  if (!tutti::test::enterOwnNetwork()) {
    std::puts("no network of its own here: not run");
    return 77;
  }
  execvp(arguments[1], arguments + 1);
  std::perror(arguments[1]);
  return 1;
}
