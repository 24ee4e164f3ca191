#include <Catch.hpp>
#include <chrono>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <regex>

#include "SessionBook.hpp"

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const IpAddress kHere = IpAddress::v4({192, 0, 2, 1});
const IpAddress kElsewhere = IpAddress::v4({192, 0, 2, 2});
const std::string kLogin = "Basic YmFuZDphbWJlci1maWRkbGU="; // band:amber-fiddle
const std::string kId = "0f8fad5b-d9cb-469f-a165-70867728950e";

std::string saying(const std::string& host)
{
  return json{{"host", host}}.dump();
}

struct Reader {
  SessionBook::Reply reply(const std::string& method, const std::string& path, const std::string& body = {})
  {
    return book.ask({method, path, body, from, login}, now);
  }
  Directory::Answer ask(const std::string& method, const std::string& path, const std::string& body = {})
  {
    return std::get<Directory::Answer>(reply(method, path, body));
  }
  int status(const std::string& method, const std::string& path, const std::string& body = {})
  {
    return ask(method, path, body).status;
  }
  json hosts(const std::string& id)
  {
    const auto told = ask("GET", "/session/" + id);
    REQUIRE(told.status == 200);
    return json::parse(told.body);
  }

  SessionBook book{{"band", "amber-fiddle"}};
  std::string login = kLogin;
  IpAddress from = kHere;
  HostTime now = HostTime{} + 1h;
};

} // namespace

TEST_CASE("A session is made, read, and joined by another host; the first one stays first")
{
  Reader reader;
  const auto made = reader.ask("POST", "/session", saying("192.0.2.10:50000"));
  REQUIRE(made.status == 200);
  const auto told = json::parse(made.body);
  CHECK(told.size() == 2);
  CHECK(told["host"] == "192.0.2.10:50000");
  const std::string id = told["session_id"];
  CHECK(std::regex_match(id, std::regex{"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"}));
  CHECK(reader.hosts(id) == json::array({"192.0.2.10:50000"}));
  const auto joined = reader.ask("PUT", "/session/" + id, saying("192.0.2.20:50001"));
  CHECK(joined.status == 200);
  CHECK(json::parse(joined.body) == json::array({"192.0.2.10:50000", "192.0.2.20:50001"}));
  CHECK(reader.hosts(id) == json::array({"192.0.2.10:50000", "192.0.2.20:50001"}));
}

TEST_CASE("Each new session has a name of its own")
{
  Reader reader;
  const auto first = json::parse(reader.ask("POST", "/session", saying("192.0.2.10:1")).body)["session_id"];
  const auto second = json::parse(reader.ask("POST", "/session", saying("192.0.2.10:1")).body)["session_id"];
  CHECK(first != second);
}

TEST_CASE("To join a session that nobody knows makes it, as after the server was away")
{
  Reader reader;
  CHECK(reader.status("GET", "/session/" + kId) == 404);
  CHECK(reader.ask("PUT", "/session/" + kId, saying("192.0.2.10:50000")).body == R"(["192.0.2.10:50000"])");
  CHECK(reader.hosts(kId).size() == 1);
}

TEST_CASE("A host that says itself again stands there once")
{
  Reader reader;
  for (int i = 0; i < 3; ++i) reader.ask("PUT", "/session/" + kId, saying("192.0.2.10:50000"));
  CHECK(reader.hosts(kId) == json::array({"192.0.2.10:50000"}));
}

TEST_CASE("What is no session's name is none")
{
  Reader reader;
  for (const auto& id : {std::string{}, std::string{"x"}, kId + "0", kId.substr(1), "g" + kId.substr(1)})
    for (const std::string method : {"PUT", "GET"}) {
      INFO(id);
      CHECK(reader.status(method, "/session/" + id, saying("192.0.2.10:1")) == 404);
    }
  CHECK(reader.book.sessions() == 0);
}

TEST_CASE("A body that names no host is refused")
{
  Reader reader;
  for (const std::string body :
       {"", "{}", "[]", "x", R"({"host":""})", R"({"host":7})", R"({"host":"192.0.2.1"})",
        R"({"host":"192.0.2.1:"})", R"({"host":"192.0.2.1:0"})", R"({"host":"192.0.2.1:65536"})",
        R"({"host":"somewhere:80"})", R"({"host":"2001:db8::1:80"})", R"({"host":"[192.0.2.1]:80"})"}) {
    INFO(body);
    CHECK(reader.status("POST", "/session", body) == 400);
    CHECK(reader.status("PUT", "/session/" + kId, body) == 400);
    reader.now += 10s;
  }
  CHECK(reader.status("POST", "/session", saying("[2001:db8::1]:80")) == 200);
  CHECK(reader.status("POST", "/session", std::string(2000, ' ') + saying("192.0.2.1:80")) == 400);
}

TEST_CASE("Without the login nothing is told, not even what there is")
{
  Reader reader;
  reader.ask("PUT", "/session/" + kId, saying("192.0.2.10:50000"));
  for (const std::string login : {"", "Basic ", "Basic YmFuZDp4", "Bearer YmFuZDphbWJlci1maWRkbGU="}) {
    reader.login = login;
    reader.now += 1min;
    CHECK(reader.status("GET", "/session/" + kId) == 401);
    CHECK(reader.status("GET", "/session/unknown") == 401);
    CHECK(reader.status("DELETE", "/session") == 401);
    CHECK(reader.status("GET", "/turn/credentials") == 401);
  }
}

TEST_CASE("Whoever guesses has to wait, and the others do not")
{
  Reader reader;
  reader.login = "Basic x";
  for (int guess = 0; guess < 5; ++guess) CHECK(reader.status("GET", "/turn/credentials") == 401);
  CHECK(reader.status("GET", "/turn/credentials") == 429);
  reader.login = kLogin;
  CHECK(reader.status("GET", "/session/" + kId) == 429);
  reader.from = kElsewhere;
  CHECK(reader.status("GET", "/session/" + kId) == 404);
}

TEST_CASE("Whoever asks all the time has to wait")
{
  Reader reader;
  int answered = 0;
  while (reader.status("GET", "/session/" + kId) == 404) ++answered;
  CHECK(answered == static_cast<int>(SessionBook::kQuestions.atOnce));
  reader.now += 1s;
  CHECK(reader.status("GET", "/session/" + kId) == 404);
}

TEST_CASE("Other methods are refused as such")
{
  Reader reader;
  CHECK(reader.status("GET", "/session") == 405);
  CHECK(reader.status("DELETE", "/session") == 405);
  CHECK(reader.status("POST", "/session/" + kId) == 405);
  CHECK(reader.status("DELETE", "/session/" + kId) == 405);
  CHECK(reader.status("POST", "/turn/credentials") == 405);
}

TEST_CASE("Credentials are asked of the one who knows, and other questions are for others")
{
  Reader reader;
  CHECK(std::holds_alternative<SessionBook::TurnQuestion>(reader.reply("GET", "/turn/credentials")));
  for (const std::string path : {"/", "/sessions", "/v1/rooms", "/turn", "/healthz"})
    CHECK(std::holds_alternative<std::monostate>(reader.reply("GET", path)));
}

TEST_CASE("A session lives for eight hours after it was last used")
{
  Reader reader;
  reader.ask("PUT", "/session/" + kId, saying("192.0.2.10:50000"));
  for (int hours = 0; hours < 40; hours += 7) {
    reader.now += 7h;
    CHECK(reader.hosts(kId).size() == 1);
  }
  reader.now += 8h;
  CHECK(reader.status("GET", "/session/" + kId) == 404);
  CHECK(reader.book.sessions() == 0);
}

TEST_CASE("There are only so many sessions, and those that nobody uses give their place")
{
  Reader reader;
  for (std::size_t i = 0; i < SessionBook::kMostSessions; ++i) {
    REQUIRE(reader.status("POST", "/session", saying("192.0.2.10:50000")) == 200);
    reader.now += 1s;
  }
  CHECK(reader.status("POST", "/session", saying("192.0.2.10:50000")) == 503);
  CHECK(reader.status("PUT", "/session/" + kId, saying("192.0.2.10:50000")) == 503);
  reader.now += 8h;
  CHECK(reader.status("POST", "/session", saying("192.0.2.10:50000")) == 200);
  CHECK(reader.book.sessions() == 1);
}

TEST_CASE("Of a session's hosts those that were heard last are kept")
{
  Reader reader;
  const auto host = [](std::size_t number) { return fmt::format("192.0.2.10:{}", 50'000 + number); };
  for (std::size_t i = 0; i <= SessionBook::kMostHosts; ++i) {
    reader.ask("PUT", "/session/" + kId, saying(host(0))); // the first one is there all the time
    reader.ask("PUT", "/session/" + kId, saying(host(i)));
    reader.now += 1s;
  }
  const auto hosts = reader.hosts(kId);
  CHECK(hosts.size() == SessionBook::kMostHosts);
  CHECK(hosts.front() == host(0));
  CHECK(hosts[1] == host(2));
  CHECK(hosts.back() == host(SessionBook::kMostHosts));
}
