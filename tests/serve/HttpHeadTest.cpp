#include <Catch.hpp>

#include "HttpHead.hpp"

using namespace tutti::serve;

namespace {

constexpr auto kPost = "POST /v1/rooms/Jazz/members HTTP/1.1\r\nContent-Type: application/json\r\n";

std::optional<HttpHead> parsed(const std::string& lines)
{
  return HttpHead::parse(lines + "\r\n");
}

} // namespace

TEST_CASE("A head says what is asked, by whom, and how much is still to come")
{
  const auto head = parsed(std::string{kPost} + "content-length: 65536\r\nAuthorization: Basic YTpi\r\n");
  REQUIRE(head);
  CHECK(head->method == "POST");
  CHECK(head->path == "/v1/rooms/Jazz/members");
  CHECK(head->authorization == "Basic YTpi");
  CHECK(head->bodySize == HttpHead::kLongestBody);
  CHECK_FALSE(head->isLast);
  CHECK_FALSE(head->waitsToGoOn);
}

TEST_CASE("Paths are decoded, and end where a query begins")
{
  CHECK(parsed("GET /v1/rooms/Caf%C3%A9%20Noir?x=y HTTP/1.1\r\n")->path == "/v1/rooms/Caf\xC3\xA9 Noir");
  CHECK(parsed("GET /" + std::string(511, 'a') + " HTTP/1.1\r\n"));
  CHECK_FALSE(parsed("GET /" + std::string(512, 'a') + " HTTP/1.1\r\n"));
}

TEST_CASE("A connection goes on, unless its head says that it does not")
{
  CHECK_FALSE(parsed("GET / HTTP/1.1\r\n")->isLast);
  CHECK(parsed("GET / HTTP/1.1\r\nConnection: close\r\n")->isLast);
  CHECK(parsed("GET / HTTP/1.0\r\n")->isLast);
}

TEST_CASE("Who wants to hear that a body is welcome says so")
{
  CHECK(parsed(std::string{kPost} + "Content-Length: 2\r\nExpect: 100-continue\r\n")->waitsToGoOn);
}

TEST_CASE("Bodies of unknown length, packed, too long, told twice, or of another kind are not heard")
{
  for (const std::string more :
       {"", "Transfer-Encoding: chunked\r\n", "Content-Length: 2\r\nContent-Encoding: gzip\r\n",
        "Content-Length: 65537\r\n", "Content-Length: -1\r\n", "Content-Length: 2, 2\r\n",
        "Content-Length: 2\r\nContent-Length: 3\r\n", "Content-Length: 99999999999999999999\r\n"}) {
    INFO(more);
    CHECK_FALSE(parsed(kPost + more));
  }
  CHECK_FALSE(parsed("POST / HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n"));
  CHECK_FALSE(parsed("GET / HTTP/1.1\r\nContent-Length: 2\r\n"));
}

TEST_CASE("What is no question is none")
{
  for (const std::string text :
       {"", "\r\n", "GET\r\n", "GET /\r\n", "GET / HTTP/2\r\n", "FETCH / HTTP/1.1\r\n",
        "HEAD #v1 HTTP/1.1\r\n", "GET ?x=y HTTP/1.1\r\n", "GET v1 HTTP/1.1\r\n"}) {
    INFO(text);
    CHECK_FALSE(parsed(text));
  }
}

TEST_CASE("Pieces of answers are not given, however many are asked for")
{
  std::string pieces = "0-1";
  while (pieces.size() < HttpHead::kLongest) pieces += ",0-99";
  for (const std::string name : {"Range", "range", "X: y\nRANGE"}) {
    const auto head = parsed("GET /v1/rooms/Jazz HTTP/1.1\r\n" + name + ": bytes=" + pieces + "\r\n");
    REQUIRE(head);
    CHECK(head->path == "/v1/rooms/Jazz");
  }
}
