#include <Catch.hpp>
#include <tutti/room/Knock.hpp>

using namespace tutti;
using room::ServerAddress;
using room::wire::KnockReply;
using room::wire::KnockRequest;

namespace {

const std::string kKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

}

TEST_CASE("A server's address is a host, with a port and a key where that takes them")
{
  struct Case {
    std::string text;
    std::string host;
    int port;
    bool hasKey;
  };
  for (const auto& [text, host, port, hasKey] :
       {Case{"studio.example", "studio.example", 7885, false},
        Case{"203.0.113.5:443", "203.0.113.5", 443, false},
        Case{"[2001:db8::1]:7886", "2001:db8::1", 7886, false},
        Case{"studio.example:7000#" + kKey, "studio.example", 7000, true},
        Case{"studio.example#" + kKey, "studio.example", 7885, true}}) {
    INFO(text);
    const auto server = ServerAddress::parse(" " + text + "\n");
    REQUIRE(server);
    CHECK(server->host == host);
    CHECK(server->port == port);
    CHECK(server->fingerprint.has_value() == hasKey);
    CHECK(server->text() == text);
  }
}

TEST_CASE("An invitation to a room of that server does as well, and its secret is not kept")
{
  const auto server =
    ServerAddress::parse("tutti://studio.example:7000/Jazz#v1.AAECAwQFBgcICQoLDA0ODw." + kKey);
  REQUIRE(server);
  CHECK(server->text() == "studio.example:7000#" + kKey);
}

TEST_CASE("What is no server's address is said to be none, with how one looks")
{
  for (const std::string text :
       {"", " ", "studio.example:0", "studio.example:99999", "a b", "https://studio.example",
        "studio.example#short", "studio.example/room", "#", "tutti://studio.example"}) {
    INFO(text);
    const auto server = ServerAddress::parse(text);
    REQUIRE_FALSE(server);
    CHECK(server.error().detail.find("HOST:PORT#KEY") != std::string::npos);
  }
}

TEST_CASE("A wish to be knocked at, and what became of it, survive the way")
{
  KnockRequest request{7885, 40000, {}};
  request.number.fill(std::byte{7});
  const auto heard = KnockRequest::parse(request.encode());
  REQUIRE(heard);
  CHECK(heard->tcp == 7885);
  CHECK(heard->udp == 40000);
  CHECK(heard->number == request.number);
  const auto reply = KnockReply::parse(KnockReply{*IpAddress::parse("203.0.113.7"), true, false}.encode());
  REQUIRE(reply);
  CHECK(reply->seen.text() == "203.0.113.7");
  CHECK(reply->isTcpOpen);
  CHECK_FALSE(reply->isUdpOpen);
}

TEST_CASE("Nobody is made to knock at ports of other services, nor by halves")
{
  for (const std::string text :
       {R"({"tcp":22,"udp":7885,"number":"BwcHBwcHBwcHBwcH"})",
        R"({"tcp":7885,"udp":53,"number":"BwcHBwcHBwcHBwcH"})",
        R"({"tcp":0,"udp":0,"number":"BwcHBwcHBwcHBwcH"})",
        R"({"tcp":70000,"udp":7885,"number":"BwcHBwcHBwcHBwcH"})",
        R"({"tcp":7885,"udp":7885,"number":"Bwc"})", R"({"tcp":7885,"udp":7885})", "", "[]", "{}"}) {
    INFO(text);
    CHECK_FALSE(KnockRequest::parse(text));
    CHECK_FALSE(KnockReply::parse(text));
  }
}
