#include "LineReader.hpp"

#include <array>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace tutti::app {

std::optional<std::string> LineReader::tryNext()
{
  auto line = cut();
  while (!line && !isOver_ && isReady()) {
    read();
    line = cut();
  }
  return line;
}

std::optional<std::string> LineReader::waitForNext(const Wait& wait)
{
  auto line = cut();
  while (!line && !isOver_) {
    if (wait && !wait(descriptor_)) return std::nullopt;
    read();
    line = cut();
  }
  return line;
}

bool LineReader::isReady() const
{
  if (::isatty(descriptor_) == 1 && ::tcgetpgrp(descriptor_) != ::getpgrp()) return false;
  pollfd wait{descriptor_, POLLIN, 0};
  return ::poll(&wait, 1, 0) > 0;
}

void LineReader::read()
{
  std::array<char, 512> some{};
  const auto size = ::read(descriptor_, some.data(), some.size());
  if (size > 0)
    begun_.append(some.data(), static_cast<std::size_t>(size));
  else
    isOver_ = size == 0 || (errno != EINTR && errno != EAGAIN);
}

std::optional<std::string> LineReader::cut()
{
  const auto end = begun_.find('\n');
  const bool isWhole = end != std::string::npos || begun_.size() >= kLongest || (isOver_ && !begun_.empty());
  if (!isWhole) return std::nullopt;
  auto line = begun_.substr(0, std::min(end, kLongest));
  begun_.erase(0, end < kLongest ? end + 1 : line.size());
  return line;
}

} // namespace tutti::app
