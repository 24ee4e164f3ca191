#include "Wakeup.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace tutti::app {

Wakeup::Wakeup()
{
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
    throw std::system_error{errno, std::system_category(), "no pipe to wake up by"};
  readEnd_ = ends[0];
  writeEnd_ = ends[1];
}

Wakeup::~Wakeup()
{
  ::close(readEnd_);
  ::close(writeEnd_);
}

void Wakeup::raise() const noexcept
{
  const char byte = 0;
  [[maybe_unused]] const auto written = ::write(writeEnd_, &byte, 1); // full: raised enough
}

void Wakeup::clear() const noexcept
{
  std::array<char, 64> bytes{};
  while (::read(readEnd_, bytes.data(), bytes.size()) > 0) {
  }
}

} // namespace tutti::app
