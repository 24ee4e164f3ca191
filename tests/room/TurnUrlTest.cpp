#include <Catch.hpp>
#include <tutti/room/TurnUrl.hpp>

using namespace tutti;
using namespace tutti::room;
using Transport = TurnUrl::Transport;

TEST_CASE("A TURN server is where its URL says, over what it says")
{
  CHECK(*TurnUrl::parse("turn:turn.example.org") == TurnUrl{"turn.example.org", 3478, Transport::udp});
  CHECK(*TurnUrl::parse("turn:10.77.0.1:3479") == TurnUrl{"10.77.0.1", 3479, Transport::udp});
  CHECK(*TurnUrl::parse("turn:a?transport=udp") == TurnUrl{"a", 3478, Transport::udp});
  CHECK(*TurnUrl::parse("turn:a:80?transport=tcp") == TurnUrl{"a", 80, Transport::tcp});
  CHECK(*TurnUrl::parse("turns:a") == TurnUrl{"a", 5349, Transport::tls});
  CHECK(*TurnUrl::parse("turns:a:443?transport=tcp") == TurnUrl{"a", 443, Transport::tls});
  CHECK(*TurnUrl::parse("turn:[2001:db8::1]:4000") == TurnUrl{"2001:db8::1", 4000, Transport::udp});
  CHECK(*TurnUrl::parse("turn:[2001:db8::1]") == TurnUrl{"2001:db8::1", 3478, Transport::udp});
}

TEST_CASE("A TURN server is written whole, and read again alike")
{
  CHECK(TurnUrl{"a", 3478, Transport::udp}.text() == "turn:a:3478?transport=udp");
  CHECK(TurnUrl{"a", 80, Transport::tcp}.text() == "turn:a:80?transport=tcp");
  CHECK(TurnUrl{"a", 443, Transport::tls}.text() == "turns:a:443?transport=tcp");
  for (const auto transport : {Transport::udp, Transport::tcp, Transport::tls})
    for (const std::string host : {"turn.example.org", "192.0.2.1", "2001:db8::1"}) {
      const TurnUrl url{host, 4711, transport};
      CHECK(*TurnUrl::parse(url.text()) == url);
    }
}

TEST_CASE("What is no TURN server is refused with a sentence")
{
  for (const std::string text : {"",
                                 "turn:",
                                 "turn",
                                 "stun:a",
                                 "a",
                                 "http://a",
                                 "turn:a:",
                                 "turn:a:0",
                                 "turn:a:65536",
                                 "turn:a:80x",
                                 "turn:a b",
                                 "turn:a/b",
                                 "turn:user@a",
                                 "turn:2001:db8::1",
                                 "turn:[2001:db8::1",
                                 "turn:[a]:80",
                                 "turn:[192.0.2.1]",
                                 "turn:[::1]80",
                                 "turn:a?transport=sctp",
                                 "turn:a?transport=udp&x",
                                 "turn:-a",
                                 "turn:a\n"}) {
    INFO(text);
    const auto url = TurnUrl::parse(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().kind == ErrorKind::malformed);
    CHECK(url.error().detail.find("turn:HOST") != std::string::npos);
  }
  CHECK_FALSE(TurnUrl::parse("turn:" + std::string(254, 'a')));
  CHECK(TurnUrl::parse(std::string(100'000, 'x')).error().detail.size() < 300);
  CHECK(TurnUrl::parse("turns:a?transport=udp").error().kind == ErrorKind::unsupported);
}
