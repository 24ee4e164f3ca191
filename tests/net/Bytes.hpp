#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace tutti::test {

inline std::vector<std::byte> bytes(std::initializer_list<int> values)
{
  std::vector<std::byte> all;
  for (const int value : values) all.push_back(static_cast<std::byte>(value));
  return all;
}

inline std::vector<std::byte> bytesOf(std::string_view text)
{
  std::vector<std::byte> all;
  for (const char letter : text) all.push_back(static_cast<std::byte>(letter));
  return all;
}

} // namespace tutti::test
