#include "Children.hpp"

#include <tutti/module/Message.hpp>

namespace tutti::module {

void LastWords::add(std::string_view printed)
{
  for (const char character : printed) {
    if (character != '\n') {
      if (lines_.back().size() < kLongestLine) lines_.back() += character;
      continue;
    }
    lines_.emplace_back();
    if (lines_.size() > kMostLines + 1) lines_.pop_front();
  }
}

std::vector<std::string> LastWords::lines() const
{
  std::vector<std::string> plain;
  for (const auto& line : lines_)
    if (!line.empty()) plain.push_back(reasonFrom(line, kLongestLine));
  return plain;
}

} // namespace tutti::module
