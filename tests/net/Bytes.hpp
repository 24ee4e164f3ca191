#pragma once

#include <cstddef>
#include <initializer_list>
#include <vector>

namespace tutti::test {

inline std::vector<std::byte> bytes(std::initializer_list<int> values)
{
  std::vector<std::byte> all;
  for (const int value : values) all.push_back(static_cast<std::byte>(value));
  return all;
}

} // namespace tutti::test
