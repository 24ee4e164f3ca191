#include "Catch.hpp"

#include "verbs/jam/ProgramWish.hpp"

using tutti::ErrorKind;
using tutti::app::parseProgram;

TEST_CASE("A program is a name, a command and its arguments")
{
  const auto program = parseProgram("Organ=/usr/bin/organ --stop  8 \"two words\" \"\"");
  REQUIRE(program);
  CHECK(program->name == "Organ");
  CHECK(program->command == "/usr/bin/organ");
  CHECK(program->arguments == std::vector<std::string>{"--stop", "8", "two words", ""});
}

TEST_CASE("Nothing of a program is expanded, and a name ends at the first equals sign")
{
  const auto program = parseProgram("A=b c=d $HOME `x` *");
  REQUIRE(program);
  CHECK(program->command == "b");
  CHECK(program->arguments == std::vector<std::string>{"c=d", "$HOME", "`x`", "*"});
}

TEST_CASE("Half a program is refused")
{
  for (const auto* const text :
       {"", "Organ", "=organ", "Organ=", "Organ=  ", "Organ=\"", "Organ=\"\" x", "Organ=a \"b"})
    CHECK(parseProgram(text).error().kind == ErrorKind::malformed);
}
