#include "Interruptions.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tutti::app {
namespace {

// A signal handler can reach nothing else.
std::array<int, 2> pipeEnds{-1, -1};

void onSignal(int number)
{
  const int before = errno;
  const auto byte = static_cast<unsigned char>(number);
  // Full means that sixty thousand are waiting already.
  [[maybe_unused]] const auto written = ::write(pipeEnds[1], &byte, 1);
  errno = before;
}

} // namespace

Interruptions::Interruptions()
{
  if (::pipe2(pipeEnds.data(), O_CLOEXEC | O_NONBLOCK) != 0)
    throw std::system_error{errno, std::system_category(), "cannot listen for signals"};
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    struct sigaction action{};
    action.sa_handler = kSignals[i] == SIGPIPE ? SIG_IGN : onSignal;
    ::sigaction(kSignals[i], nullptr, &before_[i]);
    // Started by nohup we outlive our terminal.
    const bool isToStay = kSignals[i] == SIGHUP && before_[i].sa_handler == SIG_IGN;
    if (!isToStay) ::sigaction(kSignals[i], &action, nullptr);
  }
}

Interruptions::~Interruptions()
{
  for (std::size_t i = 0; i < kSignals.size(); ++i)
    if (kSignals[i] != SIGPIPE) // whoever ends after us may still write to somebody who has gone
      ::sigaction(kSignals[i], &before_[i], nullptr);
  for (auto& end : pipeEnds) ::close(std::exchange(end, -1));
}

int Interruptions::descriptor() const
{
  return pipeEnds[0];
}

std::optional<Interruption> Interruptions::next()
{
  unsigned char number = 0;
  if (::read(pipeEnds[0], &number, 1) != 1) return std::nullopt;
  return number == SIGTSTP ? Interruption::suspend : Interruption::leave;
}

} // namespace tutti::app
