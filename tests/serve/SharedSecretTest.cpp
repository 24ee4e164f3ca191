#include <Catch.hpp>

#include "SharedSecret.hpp"

using namespace tutti::serve;

// Known answers by another program: printf %s NAME | openssl dgst -sha1 -hmac SECRET -binary | base64
TEST_CASE("The password follows from the secret and the name, as coturn works it out")
{
  const auto bob = TimedCredential::until(1'700'000'600, "bob", "topsecret");
  CHECK(bob.username == "1700000600:bob");
  CHECK(bob.password == "24k/AHmWmORGOqh622ZOPE6JL7A=");
  const auto nobody = TimedCredential::until(1'700'000'600, "", "topsecret");
  CHECK(nobody.username == "1700000600");
  CHECK(nobody.password == "Dm1EEGiGZG3FR0dyFSQV0CgjVJI=");
}

TEST_CASE("Another secret gives another password")
{
  CHECK(TimedCredential::until(1, "a", "one").password != TimedCredential::until(1, "a", "two").password);
}

TEST_CASE("Padded base64 is that of RFC 4648")
{
  CHECK(paddedBase64("").empty());
  CHECK(paddedBase64("f") == "Zg==");
  CHECK(paddedBase64("fo") == "Zm8=");
  CHECK(paddedBase64("foo") == "Zm9v");
  CHECK(paddedBase64("foobar") == "Zm9vYmFy");
}
