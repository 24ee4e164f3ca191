#include <Catch.hpp>
#include <Dice.hpp>
#include <tutti/core/Base64.hpp>

using namespace tutti;

TEST_CASE("The examples of RFC 4648, without their padding")
{
  CHECK(toBase64(asBytes("")).empty());
  CHECK(toBase64(asBytes("f")) == "Zg");
  CHECK(toBase64(asBytes("fo")) == "Zm8");
  CHECK(toBase64(asBytes("foo")) == "Zm9v");
  CHECK(toBase64(asBytes("foob")) == "Zm9vYg");
  CHECK(toBase64(asBytes("foobar")) == "Zm9vYmFy");
}

TEST_CASE("Letters that mean something in a link do not occur")
{
  const ByteString bytes{std::byte{0xfb}, std::byte{0xff}, std::byte{0xfe}};
  CHECK(toBase64(bytes) == "-__-");
}

TEST_CASE("What was written is read again")
{
  test::Dice dice{4};
  for (int i = 0; i < 2000; ++i) {
    ByteString bytes(static_cast<std::size_t>(dice.whole(0, 70)));
    for (auto& byte : bytes) byte = static_cast<std::byte>(dice.whole(0, 255));
    const auto again = fromBase64(toBase64(bytes));
    REQUIRE(again);
    REQUIRE(*again == bytes);
  }
}

TEST_CASE("There is one spelling for each byte string")
{
  CHECK_FALSE(fromBase64("Zg=="));
  CHECK_FALSE(fromBase64("Zh")); // bits that say nothing
  CHECK_FALSE(fromBase64("Z"));
  CHECK_FALSE(fromBase64("Zm 9v"));
  CHECK_FALSE(fromBase64("+/+/"));
}
