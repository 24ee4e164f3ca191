#include "JamImpl.hpp"

/// A jam and the audio streams of the LAN.
namespace tutti::engine {

std::optional<audio::SampleRate> Jam::Impl::deviceRate()
{
  const std::lock_guard lock{mutex_};
  return device_ ? std::optional{deviceStatus_.rate} : std::nullopt;
}

/// Whether the musician should know of something.
bool Jam::Impl::attendStreams(HostTime now)
{
  const auto sentences = lan_.settle(desk_, deviceStatus_.deviceOut);
  if (sentences.empty()) return false;
  roomProblem_ = sentences.back();
  complainedAt_ = now;
  return true;
}

} // namespace tutti::engine
