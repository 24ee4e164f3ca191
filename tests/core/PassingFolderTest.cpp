#include <tutti/core/PassingFolder.hpp>

#include <fstream>

#include <Catch.hpp>

namespace tutti {

TEST_CASE("A passing folder is its owner's only, and goes with all that is in it")
{
  std::filesystem::path path;
  {
    const PassingFolder folder{"tutti-test"};
    const PassingFolder other{"tutti-test"};
    path = folder.path();
    CHECK(path != other.path());
    CHECK(path.filename().string().starts_with("tutti-test-"));
    CHECK(std::filesystem::status(path).permissions() == std::filesystem::perms::owner_all);
    std::filesystem::create_directory(path / "inner");
    std::ofstream{path / "inner" / "key"} << "secret";
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

} // namespace tutti
