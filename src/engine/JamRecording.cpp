#include "JamImpl.hpp"

namespace tutti::engine {

Result<void> Jam::Impl::record(const jam::RecordingWish& wish)
{
  stopRecording();
  const std::lock_guard lock{mutex_};
  if (device_) return takes_.begin(wish, deviceStatus_.rate);
  const Error error{ErrorKind::refused, "There is nothing to record before a sound device is chosen."};
  takes_.refuse(error.detail);
  return tl::unexpected{error};
}

/// One that has ended by itself is let go; what was wrong with it stays to be read. Whether that is news.
bool Jam::Impl::attendRecording()
{
  const bool isNews = takes_.attend();
  if (takes_.isOver()) endRecording();
  return isNews;
}

/// The disk may take its time with the rest.
void Jam::Impl::endRecording()
{
  if (auto ended = takes_.end()) errands_.doSoon([ended = std::move(ended)]() mutable { ended.reset(); });
}

void Jam::Impl::stopRecording()
{
  const std::lock_guard lock{mutex_};
  endRecording();
}

} // namespace tutti::engine
