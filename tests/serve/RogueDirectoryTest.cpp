#include <Alone.hpp>
#include <Catch.hpp>
#include <TemporaryFolder.hpp>
#include <httplib.h>
#include <thread>
#include <tutti/room/Session.hpp>

#include "TlsIdentity.hpp"

using namespace tutti;
using namespace tutti::room;

namespace {

/// What a musician is told who asks for a room at a server that answers like this.
std::string toldBy(httplib::Server::Handler answer)
{
  struct Deaf final : Session::Sink {
    void arrived(net::StreamId, std::span<const std::byte>, const room::Way&, HostTime) override {}
    void tick(HostTime) override {}
    void changed() override {}
  };
  const test::TemporaryFolder folder;
  const auto identity = serve::TlsIdentity::loadOrMake(folder.path()).value();
  httplib::SSLServer rogue{identity.certificate(), identity.key()};
  rogue.Get(".*", answer);
  rogue.Post(".*", answer);
  const auto port = static_cast<std::uint16_t>(rogue.bind_to_any_port("127.0.0.1"));
  std::thread listening{[&] { rogue.listen_after_bind(); }};
  Deaf deaf;
  const Invitation invitation{"127.0.0.1", port, "Jazz", Secret::draw(), identity.fingerprint()};
  const auto joined = Session::join({invitation, {}, "Anna", "bass", {}}, deaf);
  while (!rogue.is_running()) std::this_thread::yield();
  rogue.stop();
  listening.join();
  REQUIRE_FALSE(joined);
  return joined.error().detail;
}

/// Runs in a network of its own, where the machine lets us.
template <class Story> void alone(Story story)
{
  std::thread stage{[&] {
    if (test::isAlone()) story();
  }};
  stage.join();
}

constexpr auto kTooMuch = "says more than";
constexpr std::size_t kPiece = 1 << 16;

} // namespace

TEST_CASE("A server that never ends its answer does not fill a visitor's memory")
{
  alone([] {
    std::atomic<std::size_t> said = 0;
    const auto told = toldBy([&said](const httplib::Request&, httplib::Response& response) {
      response.set_chunked_content_provider("application/json",
                                            [&said](std::size_t, httplib::DataSink& sink) {
                                              const std::string piece(kPiece, ' ');
                                              if ((said += kPiece) > (std::size_t{64} << 20U)) sink.done();
                                              return sink.write(piece.data(), piece.size());
                                            });
    });
    INFO(told);
    CHECK(told.find(kTooMuch) != std::string::npos);
    CHECK(said < std::size_t{64} << 20U);
  });
}

TEST_CASE("An answer that unpacks to more than a room's server has to say is not unpacked")
{
  alone([] {
    std::string packed; // 16 KiB for 16 MiB
    const std::string body(std::size_t{16} << 20U, ' ');
    REQUIRE(httplib::detail::gzip_compressor{}.compress(body.data(), body.size(), true,
                                                        [&packed](const char* bytes, std::size_t size) {
                                                          packed.append(bytes, size);
                                                          return true;
                                                        }));
    const auto told = toldBy([&packed](const httplib::Request&, httplib::Response& response) {
      response.set_header("Content-Encoding", "gzip");
      response.set_content(packed, "application/json");
    });
    INFO(told);
    CHECK(told.find(kTooMuch) != std::string::npos);
  });
}

TEST_CASE("A head without an end is not listened to for ever")
{
  alone([] {
    const auto told = toldBy([](const httplib::Request&, httplib::Response& response) {
      for (int i = 0; i < 200; ++i) response.headers.emplace("Cookie", std::string(4000, 'x'));
      response.set_content("{}", "application/json");
    });
    INFO(told);
    CHECK(told.find(kTooMuch) != std::string::npos);
  });
}

TEST_CASE("A server that names a host of its own is found out") // spec room R-7
{
  alone([] {
    wire::RoomRecord room;
    room.name = "Jazz";
    room.id = RoomId::draw();
    const auto told = toldBy([&room](const httplib::Request& question, httplib::Response& response) {
      room.host = MemberKeys::draw().signPublic();
      room.proveHost(Secret::draw());
      const wire::JoinReply reply{1, "pass", 7885, "user", "password", room, {}};
      response.set_content(question.method == "GET" ? room.encode() : reply.encode(), "application/json");
    });
    CHECK(told.find("as the host") != std::string::npos);
  });
}
