#include "Catch.hpp"

#include <tutti/module/CommandLine.hpp>

using tutti::ErrorKind;
using tutti::module::programFrom;

TEST_CASE("A program is a name, a command and its arguments")
{
  const auto program = programFrom("Organ", "/usr/bin/organ --stop  8 \"two words\" \"\"");
  REQUIRE(program);
  CHECK(program->name == "Organ");
  CHECK(program->command == "/usr/bin/organ");
  CHECK(program->arguments == std::vector<std::string>{"--stop", "8", "two words", ""});
}

TEST_CASE("Nothing of a program is expanded")
{
  const auto program = programFrom("A", "b c=d $HOME `x` *");
  REQUIRE(program);
  CHECK(program->arguments == std::vector<std::string>{"c=d", "$HOME", "`x`", "*"});
}

TEST_CASE("Half a program is refused")
{
  CHECK(programFrom("", "organ").error().kind == ErrorKind::malformed);
  for (const auto* const text : {"", "  ", "\"", "\"\" x", "a \"b"})
    CHECK(programFrom("Organ", text).error().kind == ErrorKind::malformed);
}
