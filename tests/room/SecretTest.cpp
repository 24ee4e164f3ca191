#include <Catch.hpp>
#include <Fixtures.hpp>
#include <algorithm>
#include <set>
#include <tutti/core/Base64.hpp>
#include <tutti/room/Password.hpp>
#include <tutti/room/Secret.hpp>

using namespace tutti;
using namespace tutti::room;

TEST_CASE("Words derived for different purposes have nothing in common")
{
  const auto secret = Secret::draw();
  CHECK(secret.derive("join") != secret.derive("roster"));
  CHECK(secret.joinToken() == Secret{secret.bytes()}.joinToken());
  CHECK(Secret::draw().joinToken() != secret.joinToken());
}

TEST_CASE("HMAC is that of RFC 4231, case 2")
{
  // Its key is the four letters "Jefe"; trailing zeros do not change an HMAC.
  Secret::Derived key{};
  std::ranges::copy(asBytes("Jefe"), key.begin());
  const auto sum = authenticate(asBytes("what do ya want for nothing?"), key);
  CHECK(test::copyOf(sum) ==
        test::bytesOf("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  CHECK(isAuthentic(asBytes("what do ya want for nothing?"), sum, key));
  CHECK_FALSE(isAuthentic(asBytes("what do ya want for nothing!"), sum, key));
}

TEST_CASE("A password makes the same secret everywhere, another one in each room")
{
  const auto room = RoomId::draw();
  const auto secret = Secret::ofPassword("amber-fiddle-canoe", room);
  REQUIRE(secret);
  CHECK(*secret == Secret::ofPassword("amber-fiddle-canoe", room).value());
  CHECK_FALSE(*secret == Secret::ofPassword("amber-fiddle-canoe", RoomId::draw()).value());
  CHECK_FALSE(*secret == Secret::ofPassword("amber-fiddle-canoo", room).value());
}

TEST_CASE("The proposed password is five words, and good enough for ourselves")
{
  std::set<std::string> seen;
  for (int i = 0; i < 50; ++i) {
    const auto password = proposePassword();
    CHECK(std::ranges::count(password, '-') == 4);
    CHECK(checkPassword(password));
    seen.insert(password);
  }
  CHECK(seen.size() == 50);
}

TEST_CASE("Short passwords are refused, with a better one")
{
  const auto refused = checkPassword("elevenchars");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().detail.find("at least 12 letters. How about ") != std::string::npos);
  CHECK(checkPassword("twelve chars"));
  CHECK_FALSE(checkPassword("\u266a\u266a\u266a\u266a")); // 12 bytes, 4 letters
}

TEST_CASE("An id is told by its 22 letters")
{
  const auto id = MemberId::draw();
  CHECK(id.text().size() == 22);
  CHECK(MemberId::parse(id.text()) == id);
  CHECK_FALSE(MemberId::parse(id.text().substr(1)));
}
