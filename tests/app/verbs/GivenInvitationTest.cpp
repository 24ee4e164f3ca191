#include "verbs/terminal/GivenInvitation.hpp"

#include <Catch.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace tutti::app {
namespace {

/// Standard input, as somebody typed it.
class Typed {
public:
  explicit Typed(const std::string& text)
  {
    REQUIRE(::pipe(ends_.data()) == 0);
    REQUIRE(::write(ends_[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    ::close(ends_[1]);
  }
  ~Typed() { ::close(ends_[0]); }
  Typed(const Typed&) = delete;
  Typed& operator=(const Typed&) = delete;

  [[nodiscard]] LineReader reader() const { return LineReader{ends_[0]}; }

private:
  std::array<int, 2> ends_{};
};

std::filesystem::path fileWith(const std::string& text)
{
  auto path = std::filesystem::temp_directory_path() / ("invitation-" + std::to_string(::getpid()));
  std::ofstream{path} << text;
  return path;
}

} // namespace

TEST_CASE("An invitation is the argument itself, or the next line that is typed")
{
  const Typed typed{"tutti://typed\nsay hello\n"};
  auto input = typed.reader();
  CHECK(givenInvitation("tutti://a/b", "", input) == std::string{"tutti://a/b"});
  CHECK(givenInvitation("-", "", input) == std::string{"tutti://typed"});
  CHECK(input.waitForNext() == "say hello"); // what comes behind it is for others
}

TEST_CASE("A file counts for more than an argument that the environment gave")
{
  const Typed typed{""};
  auto input = typed.reader();
  const auto path = fileWith("tutti://file\n");
  CHECK(givenInvitation("tutti://a/b", path, input) == std::string{"tutti://file"});
  std::filesystem::remove(path);
  const auto gone = givenInvitation("tutti://a/b", path, input);
  REQUIRE_FALSE(gone);
  CHECK(gone.error().kind == ErrorKind::unavailable);
  CHECK(gone.error().detail.find(path.string()) != std::string::npos);
}

TEST_CASE("Who gives up waiting for an invitation gets the sentence")
{
  const Typed typed{"tutti://typed\n"};
  auto input = typed.reader();
  int asked = 0;
  const auto none = givenInvitation("-", "", input, [&](int) { return ++asked > 1; });
  CHECK_FALSE(none);
  CHECK(givenInvitation("-", "", input, [&](int) { return ++asked > 1; }) == std::string{"tutti://typed"});
}

TEST_CASE("Without an invitation there is a sentence")
{
  const Typed typed{""};
  auto input = typed.reader();
  for (const std::string invite : {"", "-"}) {
    const auto none = givenInvitation(invite, "", input);
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == ErrorKind::malformed);
  }
}

} // namespace tutti::app
