#include <Catch.hpp>
#include <tutti/core/Utf8.hpp>

using namespace tutti;

TEST_CASE("Characters are counted, not bytes")
{
  CHECK(charactersOf("") == 0U);
  CHECK(charactersOf("tutti") == 5U);
  CHECK(charactersOf("F\u00fcr Elise \u266a") == 11U);
  CHECK(charactersOf("\U0001F3B9") == 1U);
}

TEST_CASE("What is not proper UTF-8 has no characters")
{
  CHECK_FALSE(charactersOf("\xff"));
  CHECK_FALSE(charactersOf("\x80"));
  CHECK_FALSE(charactersOf("\xc3"));             // cut
  CHECK_FALSE(charactersOf("\xc0\xaf"));         // overlong
  CHECK_FALSE(charactersOf("\xed\xa0\x80"));     // a surrogate
  CHECK_FALSE(charactersOf("\xf4\x90\x80\x80")); // beyond the last character
}

TEST_CASE("Plain text has no control characters")
{
  CHECK(isPlainText("Jazz cellar, Tuesdays \u266a"));
  CHECK_FALSE(isPlainText("two\nlines"));
  CHECK_FALSE(isPlainText("\x1b[31m"));
  CHECK_FALSE(isPlainText("\u0085"));
  CHECK_FALSE(isPlainText(std::string_view{"\0", 1}));
}
