#include <Catch.hpp>
#include <verbs/jam/Wish.hpp>

using namespace tutti;
using namespace tutti::app;
using What = Wish::What;

TEST_CASE("A wish is a verb, and a name or a text behind it")
{
  CHECK(Wish::parse("lock") == Wish{What::lock, ""});
  CHECK(Wish::parse("  unlock \r") == Wish{What::unlock, ""});
  CHECK(Wish::parse("kick Ben") == Wish{What::kick, "Ben"});
  CHECK(Wish::parse("mute  Ana Maria ") == Wish{What::mute, "Ana Maria"});
  CHECK(Wish::parse("unmute\tBen") == Wish{What::unmute, "Ben"});
  CHECK(Wish::parse("say once more, from the top") == Wish{What::say, "once more, from the top"});
}

TEST_CASE("What cannot be a wish is said in words")
{
  const auto complaint = [](std::string_view line) {
    const auto wish = Wish::parse(line);
    REQUIRE_FALSE(wish);
    return wish.error().detail;
  };
  CHECK(complaint("dance").find("none of say") != std::string::npos);
  CHECK(complaint("").find("none of say") != std::string::npos);
  CHECK(complaint("kick").find("a player's name") != std::string::npos);
  CHECK(complaint("say ").find("a text") != std::string::npos);
  CHECK(complaint("lock Ben").find("whole room") != std::string::npos);
  CHECK(complaint(std::string(4000, 'x')).size() < 120);
}
