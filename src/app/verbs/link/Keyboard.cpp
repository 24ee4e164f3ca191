#include "Keyboard.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <termios.h>
#include <unistd.h>

namespace tutti::app {
namespace {

constexpr std::array kCrashes{SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};

// A signal handler can reach nothing else.
termios asFound{};
std::array<struct sigaction, kCrashes.size()> crashActions{};

void forgetCrashes()
{
  for (std::size_t i = 0; i < kCrashes.size(); ++i) ::sigaction(kCrashes[i], &crashActions[i], nullptr);
}

void onCrash(int number)
{
  ::tcsetattr(STDIN_FILENO, TCSANOW, &asFound);
  forgetCrashes();
  ::raise(number); // comes back to whoever was in charge before, as soon as we return
}

void watchCrashes()
{
  struct sigaction action{};
  action.sa_handler = onCrash;
  for (std::size_t i = 0; i < kCrashes.size(); ++i) ::sigaction(kCrashes[i], &action, &crashActions[i]);
}

} // namespace

Keyboard::Keyboard()
  : isTerminal_{::isatty(STDIN_FILENO) == 1}
{}

Keyboard::~Keyboard()
{
  release();
}

std::optional<int> Keyboard::attend()
{
  if (isAtEnd_) return std::nullopt;
  if (!isTerminal_) return STDIN_FILENO;
  if (!isInForeground()) return std::nullopt; // reading now would stop us
  if (!isGrabbed_) grab();
  return STDIN_FILENO;
}

std::string Keyboard::read()
{
  std::array<char, 256> typed{};
  const auto count = ::read(STDIN_FILENO, typed.data(), typed.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return {};
  if (count <= 0) isAtEnd_ = true; // also a terminal that was closed
  return {typed.data(), static_cast<std::size_t>(count > 0 ? count : 0)};
}

void Keyboard::release()
{
  if (!isGrabbed_) return;
  ::tcsetattr(STDIN_FILENO, TCSANOW, &asFound);
  forgetCrashes();
  isGrabbed_ = false;
}

bool Keyboard::isInForeground() const
{
  return ::tcgetpgrp(STDIN_FILENO) == ::getpgrp();
}

void Keyboard::grab()
{
  if (::tcgetattr(STDIN_FILENO, &asFound) != 0) return;
  watchCrashes();
  auto raw = asFound;
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO); // ISIG stays: Ctrl-C and Ctrl-Z work as everywhere
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  ::tcsetattr(STDIN_FILENO, TCSANOW, &raw);
  isGrabbed_ = true;
}

} // namespace tutti::app
