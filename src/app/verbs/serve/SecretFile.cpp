#include "SecretFile.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

#include <tutti/core/SafeFile.hpp>

namespace tutti::app {

Result<std::string> secretFrom(const std::string& file, const char* variable)
{
  if (file.empty()) {
    const char* said = std::getenv(variable);
    return std::string{said != nullptr ? said : ""};
  }
  auto text = readWhole(file, kLongestSecret);
  if (!text)
    return failure(text.error().kind, fmt::format("{} cannot be read: {}", file, text.error().detail));
  text->resize(std::min(text->find_first_of("\r\n"), text->size()));
  return text;
}

} // namespace tutti::app
