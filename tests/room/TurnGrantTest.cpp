#include <Catch.hpp>
#include <fmt/format.h>
#include <tutti/room/TurnGrant.hpp>

using namespace tutti;
using namespace tutti::room;

namespace {

std::string with(const std::string& servers, const std::string& rest = R"(,"ttl":600)")
{
  return R"({"iceServers":)" + servers + rest + "}";
}

constexpr auto kOne = R"({"urls":["turn:a"],"username":"1700000000:x","credential":"c2VjcmV0"})";

} // namespace

TEST_CASE("A grant is written in the shape that providers have, and read again alike")
{
  const TurnGrant grant{{*TurnUrl::parse("turn:a"), *TurnUrl::parse("turns:b")}, "u", "p", 3600};
  CHECK(grant.encode() ==
        R"({"iceServers":{"urls":["turn:a:3478?transport=udp","turns:b:5349?transport=tcp"],)"
        R"("username":"u","credential":"p"},"ttl":3600})");
  CHECK(*TurnGrant::parse(grant.encode()) == grant);
  CHECK(grant.encodeServers().find("ttl") == std::string::npos);
  CHECK(TurnGrant::parse(grant.encodeServers())->secondsToLive == 0);
}

TEST_CASE("The answer of a provider is read, as an object and as a list")
{
  const auto one = TurnGrant::parse(
    with(R"({"urls":["stun:stun.example.com:3478","turn:turn.example.com:3478?transport=udp",)"
         R"("turn:turn.example.com:80?transport=tcp","turns:turn.example.com:443?transport=tcp"],)"
         R"("username":"bc91","credential":"ebd7"})",
         ""));
  REQUIRE(one);
  CHECK(one->servers.size() == 3);
  CHECK(one->username == "bc91");
  CHECK(one->password == "ebd7");
  const auto many = TurnGrant::parse(with(
    R"([{"urls":["stun:stun.example.com:3478"]},{"urls":"turn:turn.example.com","username":"u","credential":"p"}])"));
  REQUIRE(many);
  CHECK(many->servers == std::vector{*TurnUrl::parse("turn:turn.example.com")});
  CHECK(many->secondsToLive == 600);
}

TEST_CASE("A grant without a server that we can use is none")
{
  CHECK(TurnGrant::parse(with(kOne)));
  for (const std::string servers :
       {R"({"urls":["stun:a"],"username":"u","credential":"p"})",
        R"({"urls":["turns:a?transport=udp"],"username":"u","credential":"p"})",
        R"({"urls":[],"username":"u","credential":"p"})", R"({"urls":[5],"username":"u","credential":"p"})",
        R"({"urls":["turn:a"],"username":"","credential":"p"})", R"({"urls":["turn:a"],"username":"u"})",
        R"({"urls":["turn:a"],"username":7,"credential":"p"})", R"({"username":"u","credential":"p"})", "[]",
        "[[]]", "null", "7", R"("turn:a")"}) {
    INFO(servers);
    CHECK_FALSE(TurnGrant::parse(with(servers)));
  }
  CHECK_FALSE(TurnGrant::parse(""));
  CHECK_FALSE(TurnGrant::parse("[]"));
  CHECK_FALSE(TurnGrant::parse(with(kOne, R"(,"ttl":-1)")));
  CHECK_FALSE(TurnGrant::parse(with(kOne, R"(,"ttl":"600")")));
}

TEST_CASE("A directory cannot make a member try hundreds of servers, nor remember long names")
{
  std::string urls = R"("turn:a")";
  for (int i = 0; i < 500; ++i) urls += fmt::format(R"(,"turn:a{}")", i);
  const auto many = TurnGrant::parse(with(R"({"urls":[)" + urls + R"(],"username":"u","credential":"p"})"));
  REQUIRE(many);
  CHECK(many->servers.size() == TurnGrant::kMostServers);
  const auto named = [](std::size_t username, std::size_t password) {
    return TurnGrant::parse(with(fmt::format(R"({{"urls":["turn:a"],"username":"{}","credential":"{}"}})",
                                             std::string(username, 'u'), std::string(password, 'p'))));
  };
  CHECK(named(508, 256));
  CHECK_FALSE(named(509, 1));
  CHECK_FALSE(named(1, 257));
  CHECK(TurnGrant::parse(with(kOne, R"(,"ttl":99999999999)"))->secondsToLive == TurnGrant::kLongestLife);
}
