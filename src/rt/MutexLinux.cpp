// The Linux side of rt/Mutex.hpp. Other systems get a file of their own beside it.
#include <tutti/rt/Mutex.hpp>

#include <pthread.h>
#include <system_error>

#include <tutti/core/Assert.hpp>

namespace tutti::rt {
namespace {

void check(int error)
{
  if (error != 0) throw std::system_error{error, std::generic_category(), "mutex"};
}

} // namespace

struct Mutex::Native {
  pthread_mutex_t mutex;
};

Mutex::Mutex()
  : native_{std::make_unique<Native>()}
{
  pthread_mutexattr_t wish;
  check(pthread_mutexattr_init(&wish));
  const int refused = pthread_mutexattr_setprotocol(&wish, PTHREAD_PRIO_INHERIT);
  const int failed = refused != 0 ? refused : pthread_mutex_init(&native_->mutex, &wish);
  pthread_mutexattr_destroy(&wish);
  check(failed);
}

Mutex::~Mutex()
{
  pthread_mutex_destroy(&native_->mutex);
}

void Mutex::lock()
{
  const int error = pthread_mutex_lock(&native_->mutex);
  TUTTI_ASSERT(error == 0);
}

void Mutex::unlock()
{
  pthread_mutex_unlock(&native_->mutex);
}

} // namespace tutti::rt
