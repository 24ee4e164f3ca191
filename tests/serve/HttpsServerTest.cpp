#include <Alone.hpp>
#include <Catch.hpp>
#include <TemporaryFolder.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>
#include <atomic>
#include <filesystem>
#include <future>
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
    if (!test::isAlone()) return;
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

/// Threads of this process.
std::ptrdiff_t threads()
{
  const std::filesystem::directory_iterator all{"/proc/self/task"};
  return std::distance(begin(all), end(all));
}

/// A server whose questions wait until all are let go, or ask somebody who takes his time.
class SlowServer {
public:
  SlowServer()
    : http_{open(folder_)}
    , news_{http_->context(), asio::steady_timer::time_point::max()}
  {
    http_->start([this](serve::Directory::Question question) { return answer(std::move(question)); });
  }
  ~SlowServer() { end(); }
  SlowServer(const SlowServer&) = delete;
  SlowServer& operator=(const SlowServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return http_->port(); }
  void waitUntilAsked(int times) const
  {
    while (waiting_ < times) std::this_thread::yield();
  }
  void letGo()
  {
    asio::post(http_->context(), [this] { news_.cancel(); });
  }
  void end()
  {
    letGo();
    http_->stop();
  }
  std::promise<void> slowOne;

private:
  static std::unique_ptr<serve::HttpsServer> open(const test::TemporaryFolder& folder)
  {
    const auto identity = serve::TlsIdentity::loadOrMake(folder.path()).value();
    return serve::HttpsServer::open(IpAddress::v4({127, 0, 0, 1}), 0, identity).value();
  }
  asio::awaitable<serve::Directory::Answer> answer(serve::Directory::Question question)
  {
    if (question.path == "/now") co_return serve::Directory::Answer{200, "now"};
    ++waiting_;
    if (question.path == "/apart") {
      std::function<serve::Directory::Answer()> work = [this] {
        slowOne.get_future().wait();
        return serve::Directory::Answer{200, "at last"};
      };
      co_return co_await http_->apart(std::move(work));
    }
    co_await news_.async_wait(asio::experimental::as_tuple(asio::use_awaitable));
    co_return serve::Directory::Answer{200, "news"};
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<serve::HttpsServer> http_;
  asio::steady_timer news_;
  std::atomic<int> waiting_ = 0;
};

/// Where the machine lets us.
template <class Story> void withSlowServer(Story story)
{
  std::thread stage{[&] {
    if (!test::isAlone()) return;
    SlowServer server;
    story(server);
  }};
  stage.join();
}

bool isRefused(const std::string& answer)
{
  return answer.starts_with("HTTP/1.1 400") && answer.find("\"Jazz\"") == std::string::npos;
}

} // namespace

TEST_CASE("A question in chunks, packed, or of unknown length is refused, and the connection ends")
{
  withServer([](std::uint16_t port) {
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

TEST_CASE("Whoever waits holds no thread, and keeps nobody waiting")
{
  withSlowServer([](SlowServer& server) {
    const auto before = threads();
    std::vector<std::unique_ptr<TlsGuest>> guests;
    for (int i = 0; i < 100; ++i) {
      guests.push_back(std::make_unique<TlsGuest>(server.port()));
      guests.back()->say("GET /wait HTTP/1.1\r\nConnection: close\r\n\r\n");
    }
    server.waitUntilAsked(100);
    CHECK(threads() == before);
    CHECK(answerTo(server.port(), "GET /now HTTP/1.0\r\n\r\n").ends_with("\r\n\r\nnow"));
    server.letGo();
    for (const auto& guest : guests) CHECK(guest->hearOut().ends_with("\r\n\r\nnews"));
  });
}

TEST_CASE("Somebody who takes his time keeps nobody waiting either")
{
  withSlowServer([](SlowServer& server) {
    TlsGuest guest{server.port()};
    guest.say("GET /apart HTTP/1.0\r\n\r\n");
    server.waitUntilAsked(1);
    CHECK(answerTo(server.port(), "GET /now HTTP/1.0\r\n\r\n").ends_with("now"));
    server.slowOne.set_value();
    CHECK(guest.hearOut().ends_with("at last"));
  });
}

TEST_CASE("A guest who has gone while it waited is no loss")
{
  withSlowServer([](SlowServer& server) {
    for (int i = 0; i < 50; ++i) TlsGuest{server.port()}.say("GET /wait HTTP/1.1\r\n\r\n");
    server.waitUntilAsked(50);
    server.letGo();
    CHECK(answerTo(server.port(), "GET /now HTTP/1.0\r\n\r\n").ends_with("now"));
  });
}

TEST_CASE("A server that ends answers whoever waits, and hears out nobody")
{
  withSlowServer([](SlowServer& server) {
    TlsGuest half{server.port()};
    half.say("GET /now HT");
    TlsGuest guest{server.port()};
    guest.say("GET /wait HTTP/1.1\r\n\r\n");
    server.waitUntilAsked(1);
    server.end();
    CHECK(guest.hearOut().ends_with("news"));
    CHECK(half.hearOut().empty());
  });
}

TEST_CASE("A body comes at once, or when it is told that it is welcome")
{
  withServer([](std::uint16_t port) {
    const auto answer =
      answerTo(port, std::string{kPost} + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n{}" + kLast);
    CHECK(answer.starts_with("HTTP/1.1 400"));
    TlsGuest guest{port};
    guest.say(std::string{kPost} + "Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
    const std::string goOn = "HTTP/1.1 100 Continue\r\n\r\n";
    CHECK(guest.hear(goOn.size()) == goOn);
    guest.say("{}");
    CHECK(guest.hearOut().starts_with("HTTP/1.1 400"));
  });
}

TEST_CASE("Who asks for the head of an answer gets no body")
{
  withSlowServer([](SlowServer& server) {
    const auto answer =
      answerTo(server.port(), "HEAD /now HTTP/1.1\r\n\r\nGET /now HTTP/1.1\r\nConnection: close\r\n\r\n");
    CHECK(answer.find("Content-Length: 3\r\n\r\nHTTP/1.1 200") != std::string::npos);
    CHECK(answer.ends_with("\r\n\r\nnow"));
  });
}
