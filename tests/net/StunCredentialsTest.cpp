#include <Catch.hpp>
#include <Fixtures.hpp>
#include <tutti/core/ByteString.hpp>
#include <tutti/net/StunCredentials.hpp>

using namespace tutti;
using namespace tutti::net;
using stun::Attribute;
using stun::PasswordAlgorithm;

namespace {

// RFC 5769 2.4: the user's name is "Matrix" in katakana, the password "TheMatrIX" after it was prepared.
const auto kLongTerm = test::bytesOf(
  "00 01 00 60 21 12 a4 42 78 ad 34 33 c6 ad 72 c0 29 da 41 2e"
  "00 06 00 12 e3 83 9e e3 83 88 e3 83 aa e3 83 83 e3 82 af e3 82 b9 00 00"
  "00 15 00 1c 66 2f 2f 34 39 39 6b 39 35 34 64 36 4f 4c 33 34 6f 4c 39 46 53 54 76 79 36 34 73 41"
  "00 14 00 0b 65 78 61 6d 70 6c 65 2e 6f 72 67 00"
  "00 08 00 14 f6 70 24 65 6d d6 4a 3e 02 b8 e0 71 2e 85 c9 a2 8c a8 96 66");
constexpr std::string_view kName = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";

// RFC 8489 B.1, with the sum of erratum 6268
const auto kSha256 = test::bytesOf("00 01 00 90 21 12 a4 42 78 ad 34 33 c6 ad 72 c0 29 da 41 2e"
                                   "00 1e 00 20 4a 3c f3 8f ef 69 92 bd a9 52 c6 78 04 17 da 0f 24 81 94 15 "
                                   "56 9e 60 b2 05 c4 6e 41 40 7f 17 04"
                                   "00 15 00 29 6f 62 4d 61 74 4a 6f 73 32 41 41 41 43 66 2f 2f 34 39 39 6b "
                                   "39 35 34 64 36 4f 4c 33 34 6f 4c 39"
                                   "46 53 54 76 79 36 34 73 41 00 00 00"
                                   "00 14 00 0b 65 78 61 6d 70 6c 65 2e 6f 72 67 00"
                                   "00 1d 00 04 00 02 00 00"
                                   "00 1c 00 20 b5 c7 bf 00 5b 6c 52 a2 1c 51 c5 e8 92 f8 19 24 13 62 96 cb "
                                   "92 7c 43 14 93 09 27 8c c6 51 8e 65");

} // namespace

TEST_CASE("The request of RFC 8489 with SHA-256 is sealed with name, realm and password")
{
  const auto message = stun::Message::parse(kSha256);
  REQUIRE(message);
  CHECK_FALSE(message->hasUnknownRequired());
  CHECK(
    message->isSealedWith(stun::longTermKey(PasswordAlgorithm::sha256, kName, "example.org", "TheMatrIX")));
  CHECK_FALSE(
    message->isSealedWith(stun::longTermKey(PasswordAlgorithm::md5, kName, "example.org", "TheMatrIX")));
}

TEST_CASE("The long-term request of RFC 5769 is sealed with name, realm and password")
{
  const auto message = stun::Message::parse(kLongTerm);
  REQUIRE(message);
  CHECK(message->text(Attribute::username) == kName);
  CHECK(message->text(Attribute::realm) == "example.org");
  CHECK(message->text(Attribute::nonce) == "f//499k954d6OL34oL9FSTvy64sA");
  CHECK(message->isSealedWith(stun::longTermKey(PasswordAlgorithm::md5, kName, "example.org", "TheMatrIX")));
  CHECK_FALSE(
    message->isSealedWith(stun::longTermKey(PasswordAlgorithm::md5, kName, "example.com", "TheMatrIX")));
  CHECK_FALSE(message->isSealedWith("TheMatrIX"));
}

TEST_CASE("Our own long-term request is the one of RFC 5769, byte for byte")
{
  const auto original = stun::Message::parse(kLongTerm);
  REQUIRE(original);
  stun::Writer out{stun::Class::request, stun::Method::binding, original->transaction()};
  out.add(Attribute::username, kName);
  out.add(Attribute::nonce, std::string_view{"f//499k954d6OL34oL9FSTvy64sA"});
  out.add(Attribute::realm, std::string_view{"example.org"});
  out.seal(stun::longTermKey(PasswordAlgorithm::md5, kName, "example.org", "TheMatrIX"));
  CHECK(test::copyOf(out.bytes()) == kLongTerm);
}

TEST_CASE("The keys of long-term credentials are the digests of name, realm and password")
{
  // RFC 8489 9.2.2: MD5("user:realm:pass")
  CHECK(test::copyOf(asBytes(stun::longTermKey(PasswordAlgorithm::md5, "user", "realm", "pass"))) ==
        test::bytesOf("84 93 fb c5 3b a5 82 fb 4c 04 4c 45 6b dc 40 eb"));
  CHECK(test::copyOf(asBytes(stun::longTermKey(PasswordAlgorithm::sha256, "user", "realm", "pass"))) ==
        test::bytesOf("07e934117abd40836e7c6329b54731b2b2d2a5f9a71f544922d75e0730d8251b"));
}

TEST_CASE("Drawn transactions do not repeat")
{
  CHECK(stun::drawTransaction() != stun::drawTransaction());
}
