#include <tutti/core/PassingFolder.hpp>

#include <cstdlib>
#include <system_error>

namespace tutti {

PassingFolder::PassingFolder(const std::string& purpose)
{
  auto pattern = (std::filesystem::temp_directory_path() / (purpose + "-XXXXXX")).string();
  if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

PassingFolder::~PassingFolder()
{
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

} // namespace tutti
