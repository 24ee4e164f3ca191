#include "QuitSignals.hpp"

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace tutti::app {

namespace {

// A signal handler may do little more than write to a pipe, and it has no argument to find the pipe by.
volatile std::sig_atomic_t toNotifier = -1;

void noteSignal(int)
{
  const char byte = 1;
  if (toNotifier >= 0) [[maybe_unused]]
    const auto written = ::write(toNotifier, &byte, 1);
}

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

} // namespace

QuitSignals::QuitSignals(QObject* parent)
  : QObject{parent}
{
  if (::pipe2(pipe_.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;
  toNotifier = pipe_[1];
  notifier_ = std::make_unique<QSocketNotifier>(pipe_[0], QSocketNotifier::Read);
  connect(notifier_.get(), &QSocketNotifier::activated, this, &QuitSignals::asked);
  for (const auto number : kSignals)
    if (std::signal(number, noteSignal) == SIG_IGN) std::signal(number, SIG_IGN);
}

QuitSignals::~QuitSignals()
{
  for (const auto number : kSignals) std::signal(number, SIG_DFL);
  toNotifier = -1;
  notifier_.reset();
  for (const auto end : pipe_)
    if (end >= 0) ::close(end);
}

} // namespace tutti::app
