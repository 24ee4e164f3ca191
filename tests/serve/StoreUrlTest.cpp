#include <Catch.hpp>
#include <tutti/serve/StoreUrl.hpp>

using namespace tutti;
using tutti::serve::StoreUrl;

TEST_CASE("The address of a store says how it is reached")
{
  const auto plain = StoreUrl::parse("redis://127.0.0.1").value();
  CHECK(plain.transport == StoreUrl::Transport::tcp);
  CHECK(plain.host == "127.0.0.1");
  CHECK(plain.port == 6379);
  const auto whole = StoreUrl::parse("rediss://band:c%40noe%3A@store.example.org:7000/3").value();
  CHECK(whole.transport == StoreUrl::Transport::tls);
  CHECK(whole.host == "store.example.org");
  CHECK(whole.port == 7000);
  CHECK(whole.database == 3);
  CHECK(whole.user == "band");
  CHECK(whole.password == "c@noe:");
  const auto local = StoreUrl::parse("unix://:canoe@/run/redis/redis.sock").value();
  CHECK(local.transport == StoreUrl::Transport::local);
  CHECK(local.path == "/run/redis/redis.sock");
  CHECK(local.password == "canoe");
  CHECK(StoreUrl::parse("redis://[::1]:7001")->host == "::1");
}

TEST_CASE("What is no address of a store is refused, and not repeated")
{
  for (const char* text : {"", "redis", "redis://", "http://host", "redis://host:0", "redis://host:70000",
                           "redis://host/jazz", "redis://secret@host", "redis://:%zz@host",
                           "redis://[host]:1", "unix://run/redis.sock", "redis://h\nost"}) {
    CAPTURE(text);
    const auto url = StoreUrl::parse(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().detail.find("secret") == std::string::npos);
    CHECK(url.error().detail.size() > 20);
  }
}

TEST_CASE("Over a network a store takes TLS and a password") // spec room R-12
{
  const auto isGood = [](const char* text) { return StoreUrl::parse(text)->check().has_value(); };
  CHECK(isGood("redis://127.0.0.1"));
  CHECK(isGood("redis://[::1]"));
  CHECK(isGood("redis://localhost"));
  CHECK(isGood("unix:///run/redis.sock"));
  CHECK(isGood("rediss://:canoe@192.0.2.1"));
  CHECK_FALSE(isGood("redis://:canoe@192.0.2.1"));
  CHECK_FALSE(isGood("rediss://192.0.2.1"));
  CHECK_FALSE(isGood("rediss://band:@store.example.org"));
}

TEST_CASE("A log names a store without its password")
{
  CHECK(StoreUrl::parse("rediss://band:canoe@store.example.org")->text() ==
        "rediss://store.example.org:6379");
  CHECK(StoreUrl::parse("redis://:canoe@[::1]:7001")->text() == "redis://[::1]:7001");
  CHECK(StoreUrl::parse("unix://:canoe@/run/redis.sock")->text() == "unix:///run/redis.sock");
}
