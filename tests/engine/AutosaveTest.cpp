#include <tutti/engine/Autosave.hpp>

#include <atomic>
#include <chrono>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

#include <Catch.hpp>
#include <Eventually.hpp>
#include <TemporaryFolder.hpp>

using namespace std::chrono_literals;
using namespace tutti;
using engine::Autosave;
using First = Autosave::First;
namespace fs = std::filesystem;

namespace {

constexpr auto kNever = std::chrono::hours{24};

std::unique_ptr<Autosave> beginIn(const test::TemporaryFolder& folder, const std::string& text,
                                  First first = First::isNot)
{
  auto begun = Autosave::begin(folder / "running", [text] { return text; }, first, kNever);
  REQUIRE(begun);
  return std::move(*begun);
}

/// What another Tutti does that writes this, and then crashes.
void crashWith(const test::TemporaryFolder& folder, const std::string& text)
{
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const auto begun = Autosave::begin(folder / "running", [&] { return text; }, First::isNot, kNever);
    if (begun) (*begun)->look();
    ::_exit(begun ? 0 : 1);
  }
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(status == 0);
}

std::ptrdiff_t filesIn(const fs::path& folder)
{
  return std::distance(fs::directory_iterator{folder}, {});
}

} // namespace

TEST_CASE("What a crash leaves is there again, once, and kept aside")
{
  const test::TemporaryFolder folder;
  CHECK_FALSE(Autosave::takeLeftOver(folder / "running"));
  crashWith(folder, "what Ana did");
  CHECK(Autosave::takeLeftOver(folder / "running") == "what Ana did");
  CHECK_FALSE(Autosave::takeLeftOver(folder / "running"));
  std::ifstream kept{folder / "running" / "last-crash.yaml"};
  CHECK(std::string{std::istreambuf_iterator{kept}, {}} == "what Ana did");
}

TEST_CASE("Of two that have crashed the newer one counts")
{
  const test::TemporaryFolder folder;
  crashWith(folder, "older");
  for (const auto& entry : fs::directory_iterator{folder / "running"})
    fs::last_write_time(entry, fs::file_time_type::clock::now() - 1h);
  crashWith(folder, "newer");
  CHECK(Autosave::takeLeftOver(folder / "running") == "newer");
  CHECK_FALSE(Autosave::takeLeftOver(folder / "running"));
}

TEST_CASE("Whoever runs is not taken for one that has crashed, and who says goodbye leaves nothing")
{
  const test::TemporaryFolder folder;
  auto running = beginIn(folder, "at work");
  auto beside = beginIn(folder, "at work, too");
  running->look();
  CHECK(running->problem().empty());
  CHECK(filesIn(folder / "running") == 3); // two locks, one text
  CHECK_FALSE(Autosave::takeLeftOver(folder / "running"));
  running.reset();
  beside.reset();
  CHECK(filesIn(folder / "running") == 0);
}

TEST_CASE("What is on disk already is not written again")
{
  const test::TemporaryFolder folder;
  const auto running = beginIn(folder, "as Tutti begins", First::isKept);
  running->look();
  CHECK(filesIn(folder / "running") == 1); // its lock
}

TEST_CASE("It is written by itself, again and again, while it changes")
{
  const test::TemporaryFolder folder;
  std::atomic<int> version{0};
  const auto running = Autosave::begin(
    folder.path(), [&] { return "version " + std::to_string(version.load()); }, First::isKept, 1ms);
  REQUIRE(running);
  const auto isOnDisk = [&](const std::string& text) {
    for (const auto& entry : fs::directory_iterator{folder.path()}) {
      std::ifstream file{entry.path()};
      if (std::string{std::istreambuf_iterator{file}, {}} == text) return true;
    }
    return false;
  };
  for (int now = 1; now < 4; ++now) {
    version = now;
    CHECK(test::eventually([&] { return isOnDisk("version " + std::to_string(now)); }));
  }
}

TEST_CASE("A disk that does not want to is told, and forgotten when it does")
{
  const test::TemporaryFolder folder;
  std::ofstream{folder / "running"} << "in the way";
  const auto refused =
    Autosave::begin(folder / "running", [] { return std::string{}; }, First::isKept, kNever);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::refused);
  CHECK(refused.error().detail.find("running") != std::string::npos);
}
