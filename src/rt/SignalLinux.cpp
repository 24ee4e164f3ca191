#include <tutti/rt/Signal.hpp>

#include <cerrno>
#include <semaphore.h>
#include <system_error>

#include <tutti/rt/Foreign.hpp>

namespace tutti::rt {

struct Signal::Semaphore {
  sem_t count;
};

Signal::Signal()
  : semaphore_{std::make_unique<Semaphore>()}
{
  if (sem_init(&semaphore_->count, 0, 0) != 0)
    throw std::system_error{errno, std::generic_category(), "semaphore"};
}

Signal::~Signal()
{
  sem_destroy(&semaphore_->count);
}

void Signal::raise() noexcept TUTTI_NONBLOCKING
{
  postSemaphore(semaphore_.get());
}

void Signal::wait() noexcept
{
  while (sem_wait(&semaphore_->count) != 0) continue; // interrupted by a signal handler
  while (sem_trywait(&semaphore_->count) == 0) continue;
}

} // namespace tutti::rt
