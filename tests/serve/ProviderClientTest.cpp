#include <Alone.hpp>
#include <Catch.hpp>
#include <fmt/format.h>
#include <functional>
#include <httplib.h>
#include <thread>

#include "ProviderClient.hpp"

using namespace tutti;
using namespace tutti::serve;

namespace {

/// A provider in a network of its own, where the machine lets us.
template <class Story> void withProvider(httplib::Server::Handler answer, Story story)
{
  std::thread stage{[&] {
    if (!test::isAlone()) return;
    httplib::Server server;
    server.Post("/v1/generate", std::move(answer));
    const int port = server.bind_to_any_port("127.0.0.1");
    std::thread listening{[&] { server.listen_after_bind(); }};
    while (!server.is_running()) std::this_thread::yield();
    story(TurnOptions::Provider{fmt::format("http://127.0.0.1:{}/v1/generate", port), "t0ken"});
    server.stop();
    listening.join();
  }};
  stage.join();
}

int statusOf(const GrantReply& reply)
{
  REQUIRE(std::holds_alternative<NoGrant>(reply));
  return std::get<NoGrant>(reply).status;
}

} // namespace

TEST_CASE("A provider is asked by its token for so many seconds, and its answer is read")
{
  httplib::Request heard;
  const auto provider = [&](const httplib::Request& question, httplib::Response& answer) {
    heard = question;
    answer.status = 201;
    answer.set_content(
      R"({"iceServers":{"urls":["stun:stun.example.com:3478",)"
      R"("turn:turn.example.com:3478?transport=udp"],"username":"bc91","credential":"ebd7"}})",
      "application/json");
  };
  withProvider(provider, [&](const TurnOptions::Provider& place) {
    const auto reply = askProvider(place, 3600);
    REQUIRE(std::holds_alternative<room::TurnGrant>(reply));
    const auto& grant = std::get<room::TurnGrant>(reply);
    CHECK(grant.servers.size() == 1);
    CHECK(grant.username == "bc91");
    CHECK(heard.get_header_value("Authorization") == "Bearer t0ken");
    CHECK(heard.get_header_value("Content-Type") == "application/json");
    CHECK(heard.body == R"({"ttl":3600})");
  });
}

TEST_CASE("What a provider says instead is passed on")
{
  for (const int status : {401, 403, 429, 500, 503}) {
    const auto provider = [&](const httplib::Request&, httplib::Response& answer) { answer.status = status; };
    withProvider(provider, [&](const auto& place) { CHECK(statusOf(askProvider(place, 60)) == status); });
  }
}

TEST_CASE("An answer that is no grant counts as none")
{
  for (const auto& said : {std::string{}, std::string{"{}"}, std::string(100'000, ' ')}) {
    const auto provider = [&](const httplib::Request&, httplib::Response& answer) {
      answer.set_content(said, "application/json");
    };
    withProvider(provider, [&](const auto& place) { CHECK(statusOf(askProvider(place, 60)) == 502); });
  }
}

TEST_CASE("A provider that sends us elsewhere does not get our token there")
{
  const auto provider = [](const httplib::Request&, httplib::Response& answer) {
    answer.set_redirect("http://127.0.0.1:1/");
  };
  withProvider(provider, [](const auto& place) { CHECK(statusOf(askProvider(place, 60)) == 502); });
}

TEST_CASE("A provider that is not there is said to be so")
{
  withProvider([](const auto&, auto&) {},
               [](const auto&) {
                 CHECK(statusOf(askProvider({"http://127.0.0.1:1/v1/generate", "t0ken"}, 60)) == 502);
               });
}

TEST_CASE("A provider is asked over HTTPS, but on this machine")
{
  for (const std::string url :
       {"https://rtc.example.com/v1/turn/keys/x/credentials/generate", "https://a:8443",
        "http://127.0.0.1:80/x", "http://localhost/x", "http://[::1]:80"})
    CHECK(checkProviderUrl(url));
  for (const std::string url :
       {"", "https://", "http://rtc.example.com/", "http://localhost.example.com/",
        "http://127.0.0.1.example.com/", "ftp://a", "https://a b", "https://a\r\nX: y"}) {
    INFO(url);
    CHECK_FALSE(checkProviderUrl(url));
  }
}
