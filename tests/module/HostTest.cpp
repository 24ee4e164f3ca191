#include <Catch.hpp>
#include <Eventually.hpp>
#include <TemporaryFolder.hpp>
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <map>
#include <mutex>
#include <unistd.h>

#include <tutti/module/Host.hpp>
#include <tutti/module/LocalSocket.hpp>

#include "Stage.hpp"

using namespace tutti;
using namespace tutti::module;
using test::eventually;

namespace {

/// A host with a sound device that plays whenever it is asked for a while, and all that has arrived.
struct House {
  test::TemporaryFolder folder;
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<patch::Module>> modules; // under the lock
  std::map<std::string, std::string> left;                       // under the lock
  std::unique_ptr<Host> host = open();
  test::Stage stage;

  std::unique_ptr<Host> open()
  {
    return Host::open({.folder = folder.path()},
                      {.onArrived =
                         [this](const std::string& name, std::shared_ptr<patch::Module> module) {
                           const std::lock_guard lock{mutex};
                           modules[name] = std::move(module);
                         },
                       .onLeft =
                         [this](const std::string& name, const std::string& why) {
                           const std::lock_guard lock{mutex};
                           modules.erase(name);
                           left[name] = why;
                         }})
      .value();
  }

  std::shared_ptr<patch::Module> module(const std::string& name)
  {
    const std::lock_guard lock{mutex};
    const auto found = modules.find(name);
    return found == modules.end() ? nullptr : found->second;
  }
  std::string whyLeft(const std::string& name)
  {
    const std::lock_guard lock{mutex};
    return left.contains(name) ? left[name] : std::string{};
  }

  void want(const std::string& program, std::vector<std::string> arguments)
  {
    const patch::ProcessDescription process{"program", program, std::move(arguments)};
    Approvals approvals;
    approvals.add(process);
    host->want({process}, approvals);
  }
  void wantRogue(const std::string& how) { want(TUTTI_ROGUE, {how}); }

  /// One block of sound, at about the pace of a sound device. The last sample that was heard.
  float play(patch::Module& what)
  {
    stage.inputs = channelsOf(what.inputs());
    stage.outputs = channelsOf(what.outputs());
    stage.heard.clear();
    stage.play(64, [&](const patch::Rendering& rendering) { what.render(rendering); });
    ::usleep(1300);
    return stage.heard.empty() ? 0.0F : stage.heard.front().back();
  }
  static std::size_t channelsOf(const std::vector<patch::Port>& ports)
  {
    std::size_t sum = 0;
    for (const auto& port : ports) sum += port.channels;
    return sum;
  }

  std::shared_ptr<patch::Module> arrival(const std::string& name)
  {
    std::shared_ptr<patch::Module> found;
    eventually([&] { return (found = module(name)) != nullptr; });
    return found;
  }
  /// Plays until that is heard.
  bool hears(patch::Module& what, float sample)
  {
    return eventually([&] { return play(what) == sample; });
  }
  GuestPicture guest(const std::string& name)
  {
    for (const auto& picture : host->guests())
      if (picture.name == name) return picture;
    return {};
  }
  bool says(patch::Module& what, const std::string& words)
  {
    return eventually([&] {
      play(what);
      return guest("Rogue").trouble.find(words) != std::string::npos;
    });
  }
  ProcessPicture process() { return host->processes().at(0); }
};

} // namespace

TEST_CASE("A program that Tutti starts joins, is heard, and is gone when nobody wants it any more")
{
  House house;
  house.wantRogue("play");
  const auto rogue = house.arrival("Rogue");
  REQUIRE(rogue);
  CHECK(house.hears(*rogue, 0.5F));
  CHECK(house.process().state == ProcessPicture::State::running);
  house.host->want({}, {});
  CHECK(eventually([&] { return house.module("Rogue") == nullptr; }));
  CHECK(house.host->processes().empty());
}

TEST_CASE("A program that is killed is silent, comes back by itself, and is heard again in the same module")
{
  House house;
  house.wantRogue("crash");
  const auto rogue = house.arrival("Rogue");
  REQUIRE(rogue);
  for (int time = 0; time < 3; ++time) { // it plays twenty blocks, and aborts
    REQUIRE(house.hears(*rogue, 0.5F));
    REQUIRE(house.says(*rogue, "signal (Aborted)"));
    REQUIRE(house.hears(*rogue, 0.0F));
  }
  CHECK(house.module("Rogue") == rogue);
}

TEST_CASE("What a program printed last is there when it has died")
{
  House house;
  house.want("/bin/sh", {"-c", "echo this is why >&2; exit 3"});
  CHECK(
    eventually([&] { return house.process().text == "It has ended with the error 3. It starts again."; }));
  CHECK(eventually([&] { return house.process().lastWords == std::vector<std::string>{"this is why"}; }));
}

TEST_CASE("A program that is not there is named, with what to do")
{
  House house;
  house.want("no-such-program-here", {});
  CHECK(house.process().state == ProcessPicture::State::missing);
  CHECK(house.process().text.find("install it") != std::string::npos);
  house.want("relative/path", {});
  CHECK(house.process().state == ProcessPicture::State::missing);
}

TEST_CASE("A program that was not approved is not started, whatever the snapshot says")
{
  House house;
  const auto trace = house.folder / "trace";
  const patch::ProcessDescription process{"p", "/usr/bin/touch", {trace.string()}};
  Approvals others;
  others.add({"p", "/usr/bin/touch", {(house.folder / "other").string()}});
  house.host->want({process}, others);
  CHECK(house.process().state == ProcessPicture::State::notApproved);
  others.add(process); // … but then it is, and only once
  house.host->want({process}, others);
  CHECK(eventually([&] { return house.process().state == ProcessPicture::State::finished; }));
  CHECK(std::filesystem::exists(trace));
}

TEST_CASE(
  "Not-a-number, noise beyond measure, and answers that come too late are silence, and the card says why")
{
  const auto [how, words] = GENERATE(table<std::string, std::string>(
    {{"nan", "no sound"}, {"loud", "no sound"}, {"slow", "does not keep up"}, {"scribble", ""}}));
  CAPTURE(how);
  House house;
  house.wantRogue(how);
  const auto rogue = house.arrival("Rogue");
  REQUIRE(rogue);
  CHECK(house.says(*rogue, words));
  for (int i = 0; i < 200; ++i) REQUIRE(std::abs(house.play(*rogue)) <= 16.0F);
  CHECK(house.module("Rogue") == rogue);
}

TEST_CASE("A program that floods or babbles is put out and killed, and others play on untouched")
{
  const std::string how = GENERATE("flood", "babble");
  CAPTURE(how);
  House house;
  const patch::ProcessDescription good{"good", TUTTI_ROGUE, {"play"}};
  const patch::ProcessDescription bad{"bad", TUTTI_ROGUE, {how}};
  Approvals approvals;
  approvals.add(good);
  house.host->want({good}, approvals);
  const auto fine = house.arrival("Rogue");
  REQUIRE(fine);
  REQUIRE(house.hears(*fine, 0.5F));
  approvals.add(bad);
  house.host->want({bad, good}, approvals);
  REQUIRE(eventually([&] {
    house.play(*fine);
    return house.guest("Rogue 2").trouble.find("signal (Killed)") != std::string::npos;
  }));
  CHECK(house.module("Rogue") == fine);
  CHECK(house.hears(*fine, 0.5F));
}

TEST_CASE("A program that sleeps on is silent at once, and started anew")
{
  House house;
  house.wantRogue("stall");
  const auto rogue = house.arrival("Rogue");
  REQUIRE(rogue);
  REQUIRE(house.hears(*rogue, 0.5F));
  CHECK(house.hears(*rogue, 0.0F));
  CHECK(house.says(*rogue, "signal (Killed)"));
  CHECK(house.hears(*rogue, 0.5F));
}

TEST_CASE("A program that leaves with words is gone with them")
{
  House house;
  house.wantRogue("leave");
  const auto rogue = house.arrival("Rogue");
  REQUIRE(rogue);
  CHECK(eventually([&] {
    house.play(*rogue);
    return house.whyLeft("Rogue") == "I have had enough.";
  }));
  CHECK(eventually([&] { return house.process().state == ProcessPicture::State::finished; }));
}

TEST_CASE("Two Tuttis on one machine have each their own programs")
{
  House one, other;
  one.wantRogue("play");
  other.wantRogue("play");
  const auto here = one.arrival("Rogue");
  const auto there = other.arrival("Rogue");
  REQUIRE(here);
  REQUIRE(there);
  CHECK(one.hears(*here, 0.5F));
  CHECK(other.hears(*there, 0.5F));
  CHECK(one.host->guests().size() == 1);
}

TEST_CASE("The socket is for this user only, and what a crashed Tutti left is cleared away")
{
  test::TemporaryFolder folder;
  const auto stale = folder / "tutti-module-1";
  {
    const auto socket = listenAt(stale);
    REQUIRE(socket);
  }
  REQUIRE(std::filesystem::exists(stale));
  const auto host = Host::open({.folder = folder.path()}, {});
  REQUIRE(host);
  CHECK_FALSE(std::filesystem::exists(stale));
  using std::filesystem::perms;
  CHECK(std::filesystem::status((*host)->path()).permissions() == (perms::owner_read | perms::owner_write));
  CHECK_FALSE(Host::open({.folder = folder / "nowhere"}, {}));
}
