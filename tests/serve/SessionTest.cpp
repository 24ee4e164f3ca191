#include <Alone.hpp>
#include <Catch.hpp>
#include <Eventually.hpp>
#include <TemporaryFolder.hpp>
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <tutti/room/LanRooms.hpp>
#include <tutti/room/Session.hpp>
#include <tutti/serve/Host.hpp>

using namespace tutti;
using namespace tutti::room;
using test::eventually;

namespace {

/// Counts what comes, by who sent it.
class Ear final : public Session::Sink {
public:
  void arrived(net::StreamId id, std::span<const std::byte> packet, const room::Way&, HostTime) override
  {
    const std::lock_guard lock{mutex_};
    const std::string text{reinterpret_cast<const char*>(packet.data()), packet.size()};
    if (text.ends_with("sound")) ++heard_[id.slot];
  }
  void tick(HostTime) override { ++ticks; }
  void changed() override { ++changes; }
  std::size_t heard(std::uint16_t slot)
  {
    const std::lock_guard lock{mutex_};
    return heard_[slot];
  }
  std::atomic<int> ticks = 0;
  std::atomic<int> changes = 0;

private:
  std::mutex mutex_;
  std::map<std::uint16_t, std::size_t> heard_;
};

/// A musician who plays one packet whenever asked.
struct Player {
  explicit Player(Invitation invitation, const std::string& name, std::optional<std::string> password = {})
  {
    auto joined = Session::join({std::move(invitation), std::move(password), name, "bass", {}}, ear);
    REQUIRE(joined);
    session = std::move(*joined);
  }
  bool play()
  {
    std::array<std::byte, 600> buffer{};
    const std::uint32_t ssrc = net::StreamId{session->slot(), 1}.ssrc();
    buffer[0] = std::byte{0x80};
    buffer[1] = std::byte{96};
    ++sequence;
    buffer[2] = static_cast<std::byte>(sequence >> 8);
    buffer[3] = static_cast<std::byte>(sequence & 0xff);
    for (std::size_t i = 0; i < 4; ++i) buffer[8 + i] = static_cast<std::byte>(ssrc >> (24 - 8 * i) & 0xffU);
    const std::string_view text = "sound";
    for (std::size_t i = 0; i < text.size(); ++i) buffer[12 + i] = static_cast<std::byte>(text[i]);
    return session->send(buffer, 12 + text.size());
  }
  [[nodiscard]] std::size_t others() const { return session->status().members.size(); }

  Ear ear;
  std::unique_ptr<Session> session;
  std::uint16_t sequence = 0;
};

bool hear(Player& speaker, Player& listener, std::size_t packets = 20)
{
  const auto from = speaker.session->slot();
  const auto before = listener.ear.heard(from);
  return eventually([&] {
    speaker.play();
    return listener.ear.heard(from) >= before + packets;
  });
}

serve::Host::Options optionsIn(const test::TemporaryFolder& folder)
{
  serve::Host::Options options;
  options.listen = IpAddress::v4({127, 0, 0, 1});
  options.stateFolder = folder.path();
  options.isAnnounced = false;
  return options;
}

std::string problemOf(const Session::Options& options)
{
  Ear ear;
  const auto joined = Session::join(options, ear);
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

} // namespace

TEST_CASE("Two join by an invitation, hear each other, and talk")
{
  alone([] {
    const test::TemporaryFolder folder;
    const auto host = std::move(*serve::Host::open(optionsIn(folder)));
    const auto invitation = host->openRoom({"Jazz", {}, false, {}, {}}).value();
    Player anna{invitation, "Anna"};
    Player ben{invitation, "Ben"};
    CHECK(eventually([&] { return anna.others() == 1 && ben.others() == 1; }));
    CHECK(hear(anna, ben));
    CHECK(hear(ben, anna));
    CHECK(anna.session->status().members.front().name == "Ben");
    REQUIRE(anna.session->say("in G"));
    CHECK(eventually([&] { return ben.session->status().chat.size() == 1; }));
    CHECK(ben.session->status().chat.front().text == "in G");
    std::string longest;
    for (int i = 0; i < 500; ++i) longest += "\U0001F3B9";
    REQUIRE(ben.session->say(longest));
    CHECK(eventually([&] { return anna.session->status().chat.size() == 2; }));
    CHECK_FALSE(ben.session->say(""));
    CHECK(anna.ear.ticks > 0);
    CHECK(eventually([&] { return anna.session->status().members.front().clock.has_value(); }));
    ben.session.reset();
    CHECK(eventually([&] { return anna.others() == 0; }));
  });
}

TEST_CASE("Who gets another address is reached there, and stays in the room")
{
  alone([] {
    const test::TemporaryFolder folder;
    const auto host = std::move(*serve::Host::open(optionsIn(folder)));
    const auto invitation = host->openRoom({"Jazz", {}, false, {}, {}}).value();
    Player anna{invitation, "Anna"};
    Player ben{invitation, "Ben"};
    REQUIRE(hear(anna, ben));
    const auto ways = [](Player& player) {
      const auto members = player.session->status().members;
      return members.empty() || !members.front().path ? std::string{}
                                                      : members.front().path->to.address.text();
    };
    CHECK(eventually([&] { return ways(anna) == "127.0.0.1" && ways(ben) == "127.0.0.1"; }));
    REQUIRE(test::addAddress("10.9.9.9"));
    CHECK(eventually([&] { return ways(anna) == "10.9.9.9" && ways(ben) == "10.9.9.9"; }));
    CHECK(hear(anna, ben));
    CHECK(hear(ben, anna));
    CHECK(anna.others() == 1);
  });
}

TEST_CASE("A password opens its room, a wrong one is told as such")
{
  alone([] {
    const test::TemporaryFolder folder;
    const auto host = std::move(*serve::Host::open(optionsIn(folder)));
    const auto invitation = host->openRoom({"Quiet", "amber-fiddle-canoe", false, {}, {}}).value();
    CHECK(problemOf({invitation, {}, "Ben", "", {}}).find("asks for a password") != std::string::npos);
    CHECK(problemOf({invitation, "amber-fiddle-canoo", "Ben", "", {}}).find("password is not") !=
          std::string::npos);
    Player anna{invitation, "Anna", "amber-fiddle-canoe"};
    Player ben{invitation, "Ben", "amber-fiddle-canoe"};
    CHECK(hear(anna, ben));
  });
}

TEST_CASE("Everybody comes into an open room")
{
  alone([] {
    const test::TemporaryFolder folder;
    const auto host = std::move(*serve::Host::open(optionsIn(folder)));
    const auto invitation = host->openRoom({"Plaza", {}, true, {}, {}}).value();
    Player anna{invitation, "Anna"};
    Player ben{invitation, "Ben"};
    CHECK(hear(anna, ben));
    CHECK(anna.session->status().room.kind == wire::RoomKind::open);
  });
}

TEST_CASE("A room that says to be open gets no one who has a key or a password for it")
{
  alone([] {
    const test::TemporaryFolder folder;
    const auto host = std::move(*serve::Host::open(optionsIn(folder)));
    auto invitation = host->openRoom({"Plaza", {}, true, {}, {}}).value();
    CHECK(problemOf({invitation, "amber-fiddle-canoe", "Ben", "", {}}).find("no password") !=
          std::string::npos);
    invitation.secret = Secret::draw();
    CHECK(problemOf({invitation, {}, "Ben", "", {}}).find("not valid any more") != std::string::npos);
  });
}

TEST_CASE("A room with a password is the same one after its server was gone")
{
  alone([] {
    const test::TemporaryFolder folder;
    auto options = optionsIn(folder);
    auto host = std::move(*serve::Host::open(options));
    options.httpPort = host->httpPort();
    options.udpPort = host->udpPort();
    const std::string password = "amber-fiddle-canoe";
    const auto invitation = host->openRoom({"Quiet", password, false, {}, {}}).value();
    Player anna{invitation, "Anna", password};
    host.reset();
    host = std::move(*serve::Host::open(options));
    REQUIRE(host->openRoom({"Quiet", password, false, {}, {}}));
    REQUIRE(eventually([&] { return host->statistics().members == 1; }));
    CHECK(host->statistics().rooms == 1);
    Player ben{invitation, "Ben", password};
    CHECK(hear(anna, ben));
  });
}

TEST_CASE("Another server than the one in the invitation is found out before anything is said")
{
  alone([] {
    const test::TemporaryFolder folder;
    const auto host = std::move(*serve::Host::open(optionsIn(folder)));
    auto invitation = host->openRoom({"Jazz", {}, false, {}, {}}).value();
    invitation.fingerprint->front() ^= std::byte{1};
    CHECK(problemOf({invitation, {}, "Ben", "", {}}).find("not the server") != std::string::npos);
    CHECK(host->statistics().members == 0);
    invitation.fingerprint.reset(); // no public authority has signed it
    CHECK(problemOf({invitation, {}, "Ben", "", {}}).find("does not answer") != std::string::npos);
  });
}

TEST_CASE("What is wrong with joining is said in a sentence")
{
  alone([] {
    const test::TemporaryFolder folder;
    auto host = std::move(*serve::Host::open(optionsIn(folder)));
    auto invitation = host->openRoom({"Jazz", {}, false, {}, {}}).value();
    auto old = invitation;
    old.secret = Secret::draw();
    CHECK(problemOf({old, {}, "Ben", "", {}}).find("not valid any more") != std::string::npos);
    auto nowhere = invitation;
    nowhere.room = "Blues / late";
    CHECK(problemOf({nowhere, {}, "Ben", "", {}}).find("no room 'Blues / late'") != std::string::npos);
    CHECK(problemOf({invitation, {}, "", "", {}}).find("A name has") != std::string::npos);
    host.reset();
    CHECK(problemOf({invitation, {}, "Ben", "", {}}).find("does not answer") != std::string::npos);
  });
}

TEST_CASE("The host mutes, locks and sends away")
{
  alone([] {
    const test::TemporaryFolder folder;
    const auto host = std::move(*serve::Host::open(optionsIn(folder)));
    const auto seed = drawHostSeed();
    const auto invitation =
      host->openRoom({"Jazz", {}, false, MemberKeys::ofHost(seed).signPublic(), {}}).value();
    auto hosts = invitation;
    hosts.hostSeed = seed;
    Player anna{hosts, "Anna"};
    Player ben{invitation, "Ben"};
    CHECK(hear(ben, anna));
    CHECK(anna.session->status().areWeHost);
    CHECK(anna.session->status().invitation == invitation); // what is shown makes nobody else the host
    CHECK_FALSE(ben.session->status().areWeHost);
    CHECK_FALSE(ben.session->order(Order::What::lock));
    const auto id = ben.session->status().id;
    REQUIRE(anna.session->order(Order::What::mute, id));
    CHECK(eventually([&] {
      return ben.session->status().areWeMuted && anna.session->status().members.front().isMutedByHost;
    }));
    const auto before = anna.ear.heard(ben.session->slot());
    for (int i = 0; i < 50; ++i) ben.play();
    CHECK(hear(anna, ben)); // later than what Ben played
    CHECK(anna.ear.heard(ben.session->slot()) == before);
    REQUIRE(anna.session->order(Order::What::unmute, id));
    CHECK(hear(ben, anna));
    REQUIRE(anna.session->order(Order::What::lock));
    CHECK(eventually([&] { return ben.session->status().isLocked; }));
    CHECK(problemOf({invitation, {}, "Cora", "", {}}).find("locked") != std::string::npos);
    REQUIRE(anna.session->order(Order::What::kick, id));
    CHECK(
      eventually([&] { return ben.session->status().state == Session::State::out && anna.others() == 0; }));
    CHECK(ben.session->status().problem.find("asked you to leave") != std::string::npos);
  });
}

TEST_CASE("A host who decides faster than the server listens is heard nevertheless")
{
  alone([] {
    const test::TemporaryFolder folder;
    const auto host = std::move(*serve::Host::open(optionsIn(folder)));
    const auto seed = drawHostSeed();
    auto invitation = host->openRoom({"Jazz", {}, false, MemberKeys::ofHost(seed).signPublic(), {}}).value();
    Player ben{invitation, "Ben"};
    invitation.hostSeed = seed;
    Player anna{invitation, "Anna"};
    for (int i = 0; i < 30; ++i)
      for (const auto what : {Order::What::mute, Order::What::unmute})
        REQUIRE(anna.session->order(what, ben.session->status().id));
    REQUIRE(anna.session->order(Order::What::lock));
    CHECK(eventually([&] { return ben.session->status().isLocked; }));
  });
}

TEST_CASE("Another room's seed makes nobody the host")
{
  alone([] {
    const test::TemporaryFolder folder;
    const auto host = std::move(*serve::Host::open(optionsIn(folder)));
    auto invitation =
      host->openRoom({"Jazz", {}, false, MemberKeys::ofHost(drawHostSeed()).signPublic(), {}}).value();
    invitation.hostSeed = drawHostSeed();
    Player anna{invitation, "Anna"};
    CHECK_FALSE(anna.session->status().areWeHost);
    CHECK_FALSE(anna.session->order(Order::What::lock));
  });
}

TEST_CASE("After the server was gone, the same room is there again, with all who were in it")
{
  alone([] {
    const test::TemporaryFolder folder;
    auto options = optionsIn(folder);
    auto host = std::move(*serve::Host::open(options));
    options.httpPort = host->httpPort();
    options.udpPort = host->udpPort();
    const auto invitation = host->openRoom({"Jazz", {}, false, {}, {}}).value();
    Player anna{invitation, "Anna"};
    Player ben{invitation, "Ben"};
    CHECK(hear(anna, ben));
    host.reset();
    CHECK(eventually([&] { return anna.session->status().state == Session::State::away; }));
    CHECK(anna.others() == 1);
    host = std::move(*serve::Host::open(options));
    REQUIRE(host->openRoom({"Jazz", {}, false, {}, {}})); // as `tutti serve --room Jazz` does at its start
    CHECK(eventually([&] {
      return anna.session->status().state == Session::State::joined &&
             ben.session->status().state == Session::State::joined && host->statistics().members == 2;
    }));
    CHECK(hear(anna, ben));
    CHECK(hear(ben, anna));
    Player cora{invitation, "Cora"};
    CHECK(hear(anna, cora));
  });
}

TEST_CASE("A room that somebody hosts is listed in the LAN, and joined from there")
{
  alone([] {
    const test::TemporaryFolder folder;
    std::atomic<int> changes = 0;
    const LanRooms lan{[&changes] { ++changes; }};
    auto options = optionsIn(folder);
    options.isAnnounced = true;
    auto host = std::move(*serve::Host::open(options));
    REQUIRE(host->openRoom({"Plaza", {}, true, {}, {}}));
    REQUIRE(eventually([&] { return lan.rooms().size() == 1; }));
    CHECK(changes >= 1);
    CHECK(lan.rooms().front().room.name == "Plaza");
    Player anna{lan.rooms().front().invitation(), "Anna"};
    CHECK(eventually([&] { return lan.rooms().front().room.members == 1; }));
    anna.session.reset();
    host.reset();
    CHECK(eventually([&] { return lan.rooms().empty(); }));
  });
}
