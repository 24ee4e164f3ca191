#include "verbs/link/Keys.hpp"

#include <Catch.hpp>

namespace tutti::app {

TEST_CASE("Each key of the terminal peer has its meaning")
{
  CHECK(KeyReader{}.read("a wertsq") == std::vector{Key::toggleLink, Key::togglePlay, Key::slower,
                                                    Key::faster, Key::smallerQuantum, Key::largerQuantum,
                                                    Key::toggleStartStopSync, Key::quit});
}

TEST_CASE("Other characters are ignored")
{
  CHECK(KeyReader{}.read("AQ xyz\n\r\t0\x7f\xc3\xa4") == std::vector{Key::togglePlay});
}

TEST_CASE("Arrow and function keys are not mistaken for letters")
{
  KeyReader reader;
  CHECK(reader.read("\x1b[1;5s").empty());            // CSI with a final letter that is a key of ours
  CHECK(reader.read("\x1bOs\x1b[15~\x1b[A").empty()); // SS3, function key, arrow
  CHECK(reader
          .read("\x1b"
                "a")
          .empty());                        // Alt and a
  CHECK(reader.read("\x1b\x1b[a").empty()); // Escape typed before an arrow
  CHECK(reader.read("a") == std::vector{Key::toggleLink});
}

TEST_CASE("An escape sequence may arrive byte by byte")
{
  KeyReader reader;
  for (const char c : std::string_view{"\x1b[200s"}) CHECK(reader.read({&c, 1}).empty());
  CHECK(reader.read("s") == std::vector{Key::toggleStartStopSync});
}

} // namespace tutti::app
