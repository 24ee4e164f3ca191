#include <Catch.hpp>
#include <TemporaryFolder.hpp>
#include <filesystem>
#include <future>
#include <httplib.h>
#include <tutti/core/Base64.hpp>
#include <tutti/room/DirectoryWire.hpp>
#include <tutti/room/TurnGrant.hpp>
#include <tutti/serve/Host.hpp>

using namespace tutti;
using namespace tutti::serve;

namespace {

const IpAddress kLoopback = IpAddress::v4({127, 0, 0, 1});

Host::Options optionsIn(const test::TemporaryFolder& folder)
{
  Host::Options options;
  options.listen = kLoopback;
  options.stateFolder = folder.path();
  options.isAnnounced = false;
  return options;
}

std::unique_ptr<Host> opened(const Host::Options& options)
{
  auto host = Host::open(options);
  REQUIRE(host);
  return std::move(*host);
}

} // namespace

TEST_CASE("A host answers over TLS, and invites to what it opens")
{
  const test::TemporaryFolder folder;
  const auto host = opened(optionsIn(folder));
  const auto invitation = host->openRoom({"Jazz", {}, false, {}, {}});
  REQUIRE(invitation);
  CHECK(invitation->host == "127.0.0.1");
  CHECK(invitation->port == host->httpPort());
  CHECK(invitation->fingerprint == host->fingerprint());
  CHECK(invitation->secret);
  httplib::SSLClient client{"127.0.0.1", host->httpPort()};
  client.enable_server_certificate_verification(false);
  const auto told = client.Get("/v1/rooms/Jazz");
  REQUIRE(told);
  CHECK(room::wire::RoomRecord::parse(told->body)->name == "Jazz");
  CHECK(host->statistics().rooms == 1);
}

TEST_CASE("The key stays over a restart, and nobody else can read it")
{
  const test::TemporaryFolder folder;
  const auto first = opened(optionsIn(folder))->fingerprint();
  CHECK(opened(optionsIn(folder))->fingerprint() == first);
  const auto file = folder / "directory-key.pem";
  CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms(0777)) ==
        std::filesystem::perms(0600));
}

TEST_CASE("A key file that is none is not overwritten")
{
  const test::TemporaryFolder folder;
  FILE* file = std::fopen((folder / "directory-key.pem").c_str(), "w");
  std::fputs("no key", file);
  std::fclose(file);
  const auto host = Host::open(optionsIn(folder));
  REQUIRE_FALSE(host);
  CHECK(host.error().detail.find("is no key") != std::string::npos);
}

TEST_CASE("Taken ports are said in a sentence")
{
  const test::TemporaryFolder folder;
  const auto host = opened(optionsIn(folder));
  auto same = optionsIn(folder);
  same.udpPort = host->udpPort();
  CHECK(Host::open(same).error().detail.find("UDP port") != std::string::npos);
  same.udpPort = 0;
  same.httpPort = host->httpPort();
  CHECK(Host::open(same).error().detail.find("TCP port") != std::string::npos);
}

TEST_CASE("Rooms with a password, open ones, and those of an old invitation")
{
  const test::TemporaryFolder folder;
  const auto host = opened(optionsIn(folder));
  const auto locked = host->openRoom({"A", "amber-fiddle-canoe", false, {}, {}});
  REQUIRE(locked);
  CHECK_FALSE(locked->secret);
  CHECK_FALSE(host->openRoom({"B", "short", false, {}, {}}));
  const auto all = host->openRoom({"C", {}, true, {}, {}});
  REQUIRE(all);
  CHECK_FALSE(all->secret);
  const auto secret = room::Secret::draw();
  CHECK(host->openRoom({"D", {}, false, {}, secret})->secret == secret);
  CHECK_FALSE(host->openRoom({"two\nlines", {}, false, {}, {}}));
}

TEST_CASE("Who asks a host that does not let in yet is answered once its rooms are there")
{
  const test::TemporaryFolder folder;
  auto options = optionsIn(folder);
  options.letsInAtOnce = false;
  const auto host = opened(options);
  auto told = std::async(std::launch::async, [port = host->httpPort()] {
    httplib::SSLClient client{"127.0.0.1", port};
    client.enable_server_certificate_verification(false);
    const auto answer = client.Get("/v1/rooms/Jazz");
    return answer ? answer->status : 0;
  });
  REQUIRE(host->openRoom({"Jazz", "amber-fiddle-canoe", false, {}, {}})); // takes its time
  host->letIn();
  CHECK(told.get() == 200);
  CHECK(opened(options)->httpPort() != 0); // nobody was let in, and it ends all the same
}

TEST_CASE("Whoever opened a room by its host's id after a restart has to leave it to the host")
{
  const test::TemporaryFolder folder;
  const std::string password = "amber-fiddle-canoe";
  room::wire::OpenRequest stolen;
  const auto tell = [](const Host& host) {
    httplib::SSLClient client{"127.0.0.1", host.httpPort()};
    client.enable_server_certificate_verification(false);
    const auto told = client.Get("/v1/rooms/Quiet");
    REQUIRE(told);
    return room::wire::RoomRecord::parse(told->body).value();
  };
  {
    const auto host = opened(optionsIn(folder));
    REQUIRE(host->openRoom({"Quiet", password, false, {}, {}}));
    stolen.room = tell(*host);
  }
  const auto host = opened(optionsIn(folder));
  stolen.tokenHash = room::hashOfToken(room::Secret::draw().joinToken());
  stolen.room.kind = room::wire::RoomKind::invited;
  httplib::SSLClient stranger{"127.0.0.1", host->httpPort()};
  stranger.enable_server_certificate_verification(false);
  REQUIRE(stranger.Post("/v1/rooms", stolen.encode(), "application/json")->status == 200);
  CHECK(host->openRoom({"Quiet", password, false, {}, {}}));
  CHECK(host->statistics().rooms == 1);
  CHECK(tell(*host).kind == room::wire::RoomKind::password);
}

TEST_CASE("Figures need no secret; how questions were answered is among them")
{
  const test::TemporaryFolder folder;
  const auto host = opened(optionsIn(folder));
  REQUIRE(host->openRoom({"Jazz", {}, false, {}, {}}));
  httplib::SSLClient client{"127.0.0.1", host->httpPort()};
  client.enable_server_certificate_verification(false);
  CHECK(client.Get("/healthz")->body == "OK");
  CHECK(client.Get("/v1/rooms/Blues")->status == 404);
  const auto metrics = client.Get("/metrics");
  REQUIRE(metrics);
  CHECK(metrics->status == 200);
  CHECK(metrics->get_header_value("Content-Type").starts_with("text/plain; version=0.0.4"));
  CHECK(metrics->body.find("\ntutti_rooms 1\n") != std::string::npos);
  CHECK(metrics->body.find("\ntutti_questions_total{answer=\"200\"} 1\n") != std::string::npos);
  CHECK(metrics->body.find("\ntutti_questions_total{answer=\"404\"} 1\n") != std::string::npos);
  CHECK(client.Delete("/metrics")->status == 405);
}

TEST_CASE("The older session API is there for who logs in, where the host wants it")
{
  const test::TemporaryFolder folder;
  auto options = optionsIn(folder);
  options.sessions = {"band", "amber"};
  options.turn = TurnOptions{{*room::TurnUrl::parse("turn:a")}, TurnOptions::SharedSecret{"s"}};
  const auto host = opened(options);
  httplib::SSLClient client{"127.0.0.1", host->httpPort()};
  client.enable_server_certificate_verification(false);
  const auto stranger = client.Get("/turn/credentials");
  CHECK(stranger->status == 401);
  CHECK(stranger->get_header_value("WWW-Authenticate").starts_with("Basic "));
  client.set_basic_auth("band", "amber");
  CHECK(client.Get("/")->body == "OK");
  CHECK(room::TurnGrant::parse(client.Get("/turn/credentials")->body)->servers.size() == 1);
  const std::string path = "/session/0f8fad5b-d9cb-469f-a165-70867728950e";
  CHECK(client.Put(path, R"({"host":"192.0.2.10:50000"})", "application/json")->body ==
        R"(["192.0.2.10:50000"])");
  CHECK(client.Get(path)->status == 200);
  CHECK(client.Post("/session", R"({"host":"192.0.2.10:50000"})", "application/json")->status == 200);
  CHECK(client.Delete(path)->status == 405);
}

TEST_CASE("Where the host does not want it, there is no session API")
{
  const test::TemporaryFolder folder;
  const auto host = opened(optionsIn(folder));
  httplib::SSLClient client{"127.0.0.1", host->httpPort()};
  client.enable_server_certificate_verification(false);
  CHECK(client.Get("/turn/credentials")->status == 404);
  CHECK(client.Post("/session", R"({"host":"192.0.2.10:50000"})", "application/json")->status == 404);
}
