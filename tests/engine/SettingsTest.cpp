#include <tutti/engine/Settings.hpp>

#include <cstdlib>
#include <fstream>
#include <random>
#include <sys/stat.h>
#include <unistd.h>

#include <Catch.hpp>
#include <TemporaryFolder.hpp>

namespace tutti::engine {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& text)
{
  std::ofstream{path, std::ios::binary} << text;
}

std::string read(const fs::path& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<fs::path> filesIn(const fs::path& folder)
{
  return {fs::directory_iterator{folder}, {}};
}

/// Sets an environment variable, or clears it, until the end of the test.
class Environment {
public:
  Environment(const char* name, const char* value)
    : name_{name}
  {
    if (const char* before = std::getenv(name)) before_ = before;
    value != nullptr ? ::setenv(name, value, 1) : ::unsetenv(name);
  }
  ~Environment() { before_.empty() ? ::unsetenv(name_) : ::setenv(name_, before_.c_str(), 1); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

private:
  const char* name_;
  std::string before_;
};

} // namespace

SCENARIO("Settings come back at the next launch")
{
  GIVEN("a folder that does not exist yet")
  {
    const test::TemporaryFolder folder;
    SettingsFile file{folder / "config" / "tutti" / "settings.yaml"};

    THEN("loading gives defaults without a word")
    {
      CHECK(file.load() == Settings{});
      CHECK(file.notice().empty());
    }

    WHEN("settings are saved")
    {
      Settings settings;
      settings.tempo = time::Tempo::fromBpm(97.25);
      settings.isLinkEnabled = false;
      REQUIRE(file.save(settings));

      THEN("they are loaded again")
      {
        CHECK(file.load() == settings);
        CHECK(file.notice().empty());
      }
      THEN("only their owner may read them, and nothing else lies beside them")
      {
        struct stat about{};
        REQUIRE(::stat(file.path().c_str(), &about) == 0);
        CHECK((about.st_mode & 0777) == 0600);
        CHECK(filesIn(file.path().parent_path()).size() == 1);
      }
    }
  }
}

SCENARIO("A settings file that does not parse is set aside")
{
  GIVEN("a broken file")
  {
    const test::TemporaryFolder folder;
    const std::string broken = GENERATE("tempo: [120", "just words",
                                        "\x7f"
                                        "ELF\x02\x01");
    write(folder / "settings.yaml", broken);
    SettingsFile file{folder / "settings.yaml"};

    WHEN("it is loaded")
    {
      CHECK(file.load() == Settings{});

      THEN("it is kept under a new name that the notice tells")
      {
        const auto files = filesIn(folder.path());
        REQUIRE(files.size() == 1);
        CHECK(files.front().filename().string().rfind("settings.broken-", 0) == 0);
        CHECK(files.front().extension() == ".yaml");
        CHECK(read(files.front()) == broken);
        CHECK(file.notice().find(files.front().string()) != std::string::npos);
      }
      THEN("a second one in the same second gets a name of its own")
      {
        write(folder / "settings.yaml", broken);
        file.load();
        CHECK(filesIn(folder.path()).size() == 2);
      }
      THEN("the next launch is quiet")
      {
        CHECK(file.load() == Settings{});
        CHECK(file.notice().empty());
      }
    }
  }
  GIVEN("a file of a megabyte")
  {
    const test::TemporaryFolder folder;
    write(folder / "settings.yaml", std::string(1'000'000, '\n'));
    SettingsFile file{folder / "settings.yaml"};
    CHECK(file.load() == Settings{});
    CHECK(file.notice().find("larger than") != std::string::npos);
  }
}

TEST_CASE("Mended values are told in one line and the file stays")
{
  const test::TemporaryFolder folder;
  write(folder / "settings.yaml", "tempo: 5000\nquantum: many\na: 1\nb: 2\nc: 3\n");
  SettingsFile file{folder / "settings.yaml"};
  CHECK(file.load().tempo == time::Tempo::fromBpm(999));
  CHECK(file.notice().find("tempo '5000' is not between 20 and 999; quantum 'many'") != std::string::npos);
  CHECK(file.notice().find("and 2 more") != std::string::npos);
  CHECK(file.notice().find('\n') == std::string::npos);
  CHECK(fs::exists(folder / "settings.yaml"));
}

TEST_CASE("Who only reads the settings sets nothing aside")
{
  const test::TemporaryFolder folder;
  SettingsFile file{folder / "settings.yaml"};
  CHECK(file.read() == Settings{});
  write(folder / "settings.yaml", "tempo: [");
  const auto broken = file.read();
  REQUIRE_FALSE(broken);
  CHECK(broken.error().detail.find("settings.yaml") != std::string::npos);
  CHECK(filesIn(folder.path()).size() == 1);
  Settings written;
  written.quantum = time::Beats::fromMicroBeats(7'000'000);
  REQUIRE(file.save(written));
  CHECK(file.read() == written);
}

TEST_CASE("What is no file in the place of the settings is left alone and told")
{
  const test::TemporaryFolder folder;
  SettingsFile file{folder / "settings.yaml"};
  SECTION("a folder")
  {
    fs::create_directory(folder / "settings.yaml");
  }
  SECTION("a named pipe that nobody writes to")
  {
    REQUIRE(::mkfifo((folder / "settings.yaml").c_str(), 0600) == 0);
  }
  CHECK(file.load() == Settings{});
  CHECK(file.notice().find("is not a file") != std::string::npos);
  CHECK(fs::exists(folder / "settings.yaml"));
}

TEST_CASE("Settings that cannot be saved say why and leave nothing behind")
{
  const test::TemporaryFolder folder;
  write(folder / "not-a-folder", "");
  SECTION("below a file")
  {
    const auto saved = SettingsFile{folder / "not-a-folder" / "settings.yaml"}.save(Settings{});
    REQUIRE_FALSE(saved);
    CHECK(saved.error().kind == ErrorKind::refused);
    CHECK(saved.error().detail.find("Not a directory") != std::string::npos);
  }
  SECTION("over a folder")
  {
    fs::create_directory(folder / "settings.yaml");
    CHECK_FALSE(SettingsFile{folder / "settings.yaml"}.save(Settings{}));
    CHECK(filesIn(folder.path()).size() == 2);
  }
}

TEST_CASE("A settings file behind a symbolic link is written where it lies")
{
  const test::TemporaryFolder folder;
  fs::create_directory(folder / "dotfiles");
  write(folder / "dotfiles" / "tutti.yaml", "tempo: 100\n");
  fs::create_symlink(folder / "dotfiles" / "tutti.yaml", folder / "settings.yaml");
  SettingsFile file{folder / "settings.yaml"};
  auto settings = file.load();
  settings.tempo = time::Tempo::fromBpm(101);
  REQUIRE(file.save(settings));
  CHECK(fs::is_symlink(folder / "settings.yaml"));
  CHECK(SettingsFile{folder / "dotfiles" / "tutti.yaml"}.load().tempo == time::Tempo::fromBpm(101));
}

TEST_CASE("Every beginning of a settings file, and any flipped byte, is loaded or set aside")
{
  const test::TemporaryFolder folder;
  SettingsFile file{folder / "settings.yaml"};
  Settings settings;
  settings.window.width = 1000;
  REQUIRE(file.save(settings));
  const auto whole = read(file.path());

  std::mt19937 random{1};
  for (std::size_t i = 0; i < 2 * whole.size(); ++i) {
    auto text = whole;
    if (i < whole.size())
      text.resize(i);
    else
      text[i - whole.size()] = static_cast<char>(random());
    write(file.path(), text);
    const auto loaded = file.load();
    INFO("attempt " << i << ", notice: " << file.notice());
    CHECK(loaded.tempo == loaded.tempo.clamped());
    const bool wasSetAside = file.notice().find("kept as") != std::string::npos;
    CHECK(wasSetAside != fs::exists(file.path()));
    for (const auto& path : filesIn(folder.path())) fs::remove(path);
  }
}

TEST_CASE("Settings live where the desktop says, else in the home folder")
{
  const Environment home{"HOME", "/home/anna"};
  {
    const Environment config{"XDG_CONFIG_HOME", "/somewhere"};
    CHECK(SettingsFile::defaultPath() == "/somewhere/tutti/settings.yaml");
  }
  {
    const Environment config{"XDG_CONFIG_HOME", "relative"};
    CHECK(SettingsFile::defaultPath() == "/home/anna/.config/tutti/settings.yaml");
  }
  const Environment config{"XDG_CONFIG_HOME", nullptr};
  CHECK(SettingsFile::defaultPath() == "/home/anna/.config/tutti/settings.yaml");
}

} // namespace tutti::engine
