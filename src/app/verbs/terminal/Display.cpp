#include "Display.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <limits.h>
#include <poll.h>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

namespace tutti::app {
namespace {

constexpr std::size_t kUnknownColumns = 200; // a pipe or a file: nothing wraps there
constexpr std::string_view kToStart = "\r";
constexpr std::string_view kClearRest = "\x1b[K";

} // namespace

Display::Display(int interruption)
  : interruption_{interruption}
  , isTerminal_{::isatty(STDOUT_FILENO) == 1}
{}

std::size_t Display::columns() const
{
  winsize size{};
  const bool isKnown = isTerminal_ && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  return isKnown ? size.ws_col - 1U : kUnknownColumns; // the last column would wrap
}

Display::Outcome Display::line(std::string_view text)
{
  endLive();
  return write(std::string{text} + '\n');
}

Display::Outcome Display::live(std::string_view text)
{
  if (!isTerminal_) return line(text);
  if (::tcgetpgrp(STDOUT_FILENO) != ::getpgrp()) return Outcome::shown;
  isLive_ = true;
  return write(std::string{kToStart}.append(text).append(kClearRest));
}

void Display::aside(std::string_view text)
{
  endLive();
  std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data());
}

void Display::endLive()
{
  if (std::exchange(isLive_, false)) write("\n");
}

Display::Outcome Display::write(std::string_view bytes)
{
  while (!bytes.empty()) {
    std::array<pollfd, 2> waits{{{STDOUT_FILENO, POLLOUT, 0}, {interruption_, POLLIN, 0}}};
    if (::poll(waits.data(), waits.size(), -1) < 0) return Outcome::interrupted;
    if ((waits[0].revents & POLLNVAL) != 0) return Outcome::readerGone;
    if (waits[0].revents == 0) return Outcome::interrupted;
    // No more than a pipe takes at once, so that a slow reader does not hold us inside the call.
    const auto count = ::write(STDOUT_FILENO, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
    if (count < 0 && errno != EINTR && errno != EAGAIN) return Outcome::readerGone;
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return Outcome::shown;
}

} // namespace tutti::app
