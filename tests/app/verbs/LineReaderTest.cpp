#include <Catch.hpp>
#include <array>
#include <string>
#include <unistd.h>
#include <verbs/terminal/LineReader.hpp>

using namespace tutti::app;

namespace {

struct Pipe {
  Pipe() { REQUIRE(::pipe(ends.data()) == 0); }
  ~Pipe()
  {
    ::close(ends[0]);
    hangUp();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void say(const std::string& text) const
  {
    REQUIRE(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void hangUp()
  {
    if (ends[1] >= 0) ::close(ends[1]);
    ends[1] = -1;
  }

  std::array<int, 2> ends{-1, -1};
};

} // namespace

TEST_CASE("Lines come one by one, however they were written")
{
  Pipe pipe;
  LineReader reader{pipe.ends[0]};
  CHECK_FALSE(reader.tryNext());
  pipe.say("lo");
  CHECK_FALSE(reader.tryNext());
  pipe.say("ck\nmute Ben\n");
  CHECK(reader.tryNext() == "lock");
  CHECK(reader.tryNext() == "mute Ben");
  CHECK_FALSE(reader.tryNext());
}

TEST_CASE("The last line needs no end, and after it there is nothing")
{
  Pipe pipe;
  pipe.say("first\nlast");
  pipe.hangUp();
  LineReader reader{pipe.ends[0]};
  CHECK(reader.waitForNext() == "first");
  CHECK(reader.waitForNext() == "last");
  CHECK_FALSE(reader.waitForNext());
  CHECK_FALSE(reader.tryNext());
}

TEST_CASE("A line without end fills no memory")
{
  Pipe pipe;
  pipe.say(std::string(LineReader::kLongest + 10, 'x') + "\nlock\n");
  LineReader reader{pipe.ends[0]};
  CHECK(reader.tryNext()->size() == LineReader::kLongest);
  CHECK(reader.tryNext() == "xxxxxxxxxx");
  CHECK(reader.tryNext() == "lock");
}
