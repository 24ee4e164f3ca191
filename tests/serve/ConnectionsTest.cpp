#include <Catch.hpp>
#include <algorithm>
#include <sys/resource.h>
#include <thread>
#include <tutti/serve/Connections.hpp>

using tutti::serve::Connections;

namespace {

/// Files that this process may have open, for a while.
class FewFiles {
public:
  explicit FewFiles(rlim_t files)
  {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit now{files, before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &now);
  }
  ~FewFiles() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  FewFiles(const FewFiles&) = delete;
  FewFiles& operator=(const FewFiles&) = delete;

  [[nodiscard]] rlim_t most() const { return before_.rlim_max; }

private:
  rlimit before_{};
};

} // namespace

TEST_CASE("Connections leave files for the rest of the program, and are never more than it may open")
{
  for (std::size_t files = 0; files < 10'000; ++files) {
    const auto count = Connections::fitting(files);
    REQUIRE(count <= Connections::kMost);
    REQUIRE(count <= files);
    if (files >= 2 * Connections::kOtherFiles) REQUIRE(files - count >= Connections::kOtherFiles);
    REQUIRE(count <= Connections::fitting(files + 1));
  }
  CHECK(Connections::fitting(Connections::kMost + Connections::kOtherFiles) == Connections::kMost);
}

TEST_CASE("A program may take as many files as the system allows it")
{
  const FewFiles few{256};
  REQUIRE(Connections::openFiles() == 256);
  Connections::raiseOpenFiles();
  CHECK(Connections::openFiles() ==
        std::min<std::size_t>(few.most(), Connections::kMost + Connections::kOtherFiles));
}

TEST_CASE("Who may open more already keeps that")
{
  Connections::raiseOpenFiles();
  const auto before = Connections::openFiles();
  Connections::raiseOpenFiles();
  CHECK(Connections::openFiles() == before);
}
