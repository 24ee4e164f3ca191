#include <Catch.hpp>
#include <algorithm>
#include <cstdio>
#include <string>
#include <tutti/core/Log.hpp>
#include <unistd.h>

using namespace tutti;

namespace {

/// While it lives, what goes to stderr goes to a file without a name.
class CapturedStderr {
public:
  CapturedStderr()
    : original_{dup(STDERR_FILENO)}
    , file_{std::tmpfile()}
  {
    REQUIRE(file_ != nullptr);
    std::fflush(stderr);
    dup2(fileno(file_), STDERR_FILENO);
  }
  ~CapturedStderr()
  {
    std::fflush(stderr);
    dup2(original_, STDERR_FILENO);
    close(original_);
    std::fclose(file_);
  }
  CapturedStderr(const CapturedStderr&) = delete;
  CapturedStderr& operator=(const CapturedStderr&) = delete;

  [[nodiscard]] std::string text() const
  {
    std::fflush(stderr);
    std::string text(std::size_t{1} << 16U, '\0');
    const auto size = pread(fileno(file_), text.data(), text.size(), 0);
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    return text;
  }

private:
  int original_;
  std::FILE* file_;
};

bool holds(const std::string& text, const std::string& part)
{
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("Each part has a logger of its own name")
{
  CHECK(log::discovery().name() == "discovery");
  CHECK(log::link().name() == "link");
  CHECK(log::engine().name() == "engine");
  CHECK(log::app().name() == "app");
}

TEST_CASE("Before the start, and after the end, there are only warnings and errors")
{
  std::string text;
  {
    const CapturedStderr captured;
    log::link().info("the third peer came");
    log::link().warn("a peer is gone without a goodbye");
    text = captured.text();
  }
  CHECK_FALSE(holds(text, "the third peer came"));
  CHECK(holds(text, "a peer is gone without a goodbye"));
}

TEST_CASE("Once started, lines of the asked level come, and stopping loses none")
{
  std::string text;
  {
    const CapturedStderr captured;
    log::start(spdlog::level::info);
    for (int i = 0; i < 100; ++i) log::engine().info("line {}", i);
    log::engine().debug("for developers");
    log::stop();
    log::engine().error("after the end");
    text = captured.text();
  }
  CHECK(holds(text, "line 0\n"));
  CHECK(holds(text, "line 99\n"));
  CHECK(holds(text, "[engine]"));
  CHECK_FALSE(holds(text, "for developers"));
  CHECK(holds(text, "after the end"));
}
