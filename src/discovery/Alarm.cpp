#include <tutti/discovery/Alarm.hpp>

#include <utility>

#include <asio/basic_waitable_timer.hpp>

namespace tutti::discovery {

struct Alarm::Bell {
  asio::basic_waitable_timer<time::HostClock> timer;
  std::function<void()> ring;
  std::optional<HostTime> due;
};

Alarm::Alarm(asio::io_context& context, std::function<void()> ring)
  : bell_{
      std::make_shared<Bell>(Bell{asio::basic_waitable_timer<time::HostClock>{context}, std::move(ring), {}})}
{}

Alarm::~Alarm()
{
  asio::error_code ignored; // so that nothing is thrown
  bell_->timer.cancel(ignored);
}

void Alarm::set(std::optional<HostTime> due)
{
  if (due == bell_->due) return;
  bell_->due = due;
  if (!due) {
    asio::error_code ignored; // so that nothing is thrown
    bell_->timer.cancel(ignored);
    return;
  }
  bell_->timer.expires_at(*due);
  bell_->timer.async_wait([weak = std::weak_ptr{bell_}, due](const asio::error_code& error) {
    const auto bell = weak.lock();
    if (error || !bell || bell->due != due)
      return; // due is another one where this ringing was too late to stop
    bell->due.reset();
    bell->ring();
  });
}

} // namespace tutti::discovery
