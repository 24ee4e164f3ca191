// A member whose server has started anew, where somebody else was faster.
#include <Alone.hpp>
#include <Eventually.hpp>
#include <TemporaryFolder.hpp>
#include <thread>
#include <tutti/room/Session.hpp>

#include "DirectoryDesk.hpp"
#include "DirectoryServer.hpp"

using namespace tutti;
using namespace tutti::test;

namespace {

struct Deaf final : Session::Sink {
  void arrived(net::StreamId, std::span<const std::byte>, const room::Way&, HostTime) override {}
  void tick(HostTime) override {}
  void changed() override {}
};

/// A server that forgets everything when it is told to, as when it starts anew. It has no forwarder.
class Forgetful {
public:
  Forgetful()
  {
    record_.name = "Jazz";
    record_.id = RoomId::draw();
    server_->furnish(7885, {[](const Directory::Change&) {},
                            [](const Directory::Question&) { return std::optional<Directory::Answer>{}; },
                            [](const std::string&) { return Directory::Answer{}; }});
    server_->start();
  }

  [[nodiscard]] Invitation invitation() const
  {
    return {"127.0.0.1", server_->port(), record_.name, secret_, identity_.fingerprint()};
  }

  /// As its host does.
  void openRoom()
  {
    const OpenRequest request{record_, hashOfToken(secret_.joinToken())};
    server_->with([&](Directory& directory) { REQUIRE(directory.open(request)); });
  }

  /// Before anybody has come back, a stranger has a room by the same id, and is in it.
  void startAnewWithStranger()
  {
    const auto secret = Secret::draw();
    const auto& keys = keysOf(kBen);
    const Card card{keys.id(), keys.signPublic(), keys.boxPublic(), 1, "Ben", "", {}};
    JoinRequest join{kVersion, secret.joinToken(), kBen, card.encode(secret, keys), 0, {}};
    join.prove(keys);
    const OpenRequest open{record_, hashOfToken(secret.joinToken())};
    server_->with([&](Directory& directory) {
      directory = Directory{7885};
      const auto ask = [&](const std::string& path, const std::string& body) {
        const auto reply = directory.ask({"POST", path, body, kElsewhere}, time::HostClock::now(), false);
        REQUIRE(std::get<Directory::Answer>(reply).status == 200);
      };
      ask("/v1/rooms", open.encode());
      ask("/v1/rooms/Jazz/members", join.encode());
    });
  }

private:
  TemporaryFolder folder_;
  Secret secret_ = Secret::draw();
  RoomRecord record_;
  TlsIdentity identity_ = TlsIdentity::loadOrMake(folder_.path()).value();
  std::unique_ptr<DirectoryServer> server_ =
    DirectoryServer::open(IpAddress::v4({127, 0, 0, 1}), 0, identity_).value();
};

/// Runs in a network of its own, where the machine lets us.
template <class Story> void alone(Story story)
{
  std::thread stage{[&] {
    if (isAlone()) story();
  }};
  stage.join();
}

} // namespace

TEST_CASE("Who finds a stranger's room in place of its own asks on, and is back once the host has it again")
{
  alone([] {
    Forgetful server;
    server.openRoom();
    Deaf deaf;
    const auto joined = Session::join({server.invitation(), {}, "Anna", "bass", {}}, deaf);
    REQUIRE(joined);
    const auto& anna = **joined;
    server.startAnewWithStranger();
    REQUIRE(eventually([&] { return anna.status().state != Session::State::joined; }));
    CHECK(anna.status().state == Session::State::away);
    CHECK(anna.status().problem.find("another room in the place of this one") != std::string::npos);
    server.openRoom();
    CHECK(eventually([&] { return anna.status().state == Session::State::joined; }));
  });
}
