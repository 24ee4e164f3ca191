#include <Catch.hpp>
#include <OwnNetwork.hpp>
#include <TemporaryFolder.hpp>
#include <thread>
#include <tutti/serve/Host.hpp>

#include "HttpsServer.hpp"
#include "TlsGuest.hpp"

using namespace tutti;
using test::TlsGuest;

namespace {

/// A server in a network of its own, where the machine lets us.
template <class Story> void withServer(Story story)
{
  std::thread stage{[&] {
    if (!test::enterOwnNetwork()) return;
    const test::TemporaryFolder folder;
    serve::Host::Options options;
    options.listen = IpAddress::v4({127, 0, 0, 1});
    options.stateFolder = folder.path();
    options.isAnnounced = false;
    const auto host = std::move(*serve::Host::open(options));
    REQUIRE(host->openRoom({"Jazz", {}, false, {}, {}}));
    story(host->httpPort());
  }};
  stage.join();
}

/// What the server says to a question, up to the end of the connection.
std::string answerTo(std::uint16_t port, const std::string& question)
{
  TlsGuest guest{port};
  REQUIRE(guest.isIn());
  guest.say(question);
  return guest.hearOut();
}

constexpr auto kPost = "POST /v1/rooms/Jazz/members HTTP/1.1\r\nContent-Type: application/json\r\n";
constexpr auto kLast = "GET /v1/rooms/Jazz HTTP/1.1\r\n\r\n";

bool isRefused(const std::string& answer)
{
  return answer.starts_with("HTTP/1.1 400") && answer.find("\"Jazz\"") == std::string::npos;
}

} // namespace

TEST_CASE("A question in chunks, packed, or of unknown length is refused, and the connection ends")
{
  withServer([](std::uint16_t port) {
    const std::string body = "{}";
    CHECK(isRefused(
      answerTo(port, std::string{kPost} + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + kLast)));
    CHECK(isRefused(
      answerTo(port, std::string{kPost} + "Content-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{}" + kLast)));
    CHECK(isRefused(answerTo(port, std::string{kPost} + "Content-Length: 70000\r\n\r\n")));
    CHECK(isRefused(answerTo(port, std::string{kPost} + "\r\n{}")));
    CHECK(
      isRefused(answerTo(port, std::string{"POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=x"
                                           "\r\nContent-Length: 2\r\n\r\n{}"} +
                                 kLast)));
    CHECK(isRefused(answerTo(port, "GET / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")));
  });
}

TEST_CASE("Questions one after another are answered on one connection")
{
  withServer([](std::uint16_t port) {
    const auto answer = answerTo(port, std::string{kPost} + "Content-Length: 2\r\n\r\n{}" + kLast);
    CHECK(answer.starts_with("HTTP/1.1 400"));
    CHECK(answer.find("\"Jazz\"") != std::string::npos);
  });
}

TEST_CASE("A line without an end is not listened to for ever")
{
  withServer([](std::uint16_t port) {
    for (const std::string start : {"", "GET / HTTP/1.1\r\nCookie: ", "GET / HTTP/1.1\r\n"}) {
      TlsGuest guest{port};
      REQUIRE(guest.isIn());
      guest.say(start);
      const std::string piece = start.ends_with("1\r\n") ? "a: b\r\n" : std::string(16384, 'a');
      const auto most = (std::size_t{64} << 20U) / piece.size(); // more than lies between us
      std::size_t said = 0;
      while (said < most && guest.say(piece)) ++said;
      CHECK(said < most);
    }
  });
}

TEST_CASE("An answer is told once, however many pieces of it are asked for")
{
  withServer([](std::uint16_t port) {
    std::string pieces = "0-1";
    for (int i = 0; i < 900; ++i) pieces += ",0-99";
    const auto answer = answerTo(port, "GET /v1/rooms/Jazz HTTP/1.1\r\nRange: bytes=" + pieces + "\r\n\r\n");
    CHECK(answer.find("\"Jazz\"") != std::string::npos);
    CHECK(answer.size() < 1000);
  });
}

TEST_CASE("One address that holds many connections is not let in with another one")
{
  withServer([](std::uint16_t port) {
    std::vector<std::unique_ptr<test::TcpGuest>> silent;
    for (std::size_t i = 0; i < serve::HttpsServer::kMostFromOne; ++i)
      silent.push_back(std::make_unique<test::TcpGuest>(port));
    CHECK_FALSE(TlsGuest{port}.isIn());
    silent.clear();
    while (!TlsGuest{port}.isIn()) std::this_thread::yield(); // once the server has seen them go
  });
}
