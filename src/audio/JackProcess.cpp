// What JackClient does on JACK's realtime thread.
#include "JackClient.hpp"

#include <tutti/time/Rounding.hpp>

namespace tutti::audio {

int JackClient::onProcess(jack_nframes_t frames, void* self) noexcept TUTTI_NONBLOCKING
{
  static_cast<JackClient*>(self)->run(frames);
  return 0;
}

void JackClient::run(jack_nframes_t frames) noexcept TUTTI_NONBLOCKING
{
  const auto entered = time::HostClock::now();
  jack_nframes_t frame = nextFrame_;
  const auto began = whenItBegan(entered, frame);
  for (std::size_t i = 0; i < kInputs; ++i)
    inputBuffers_[i] = static_cast<const float*>(jack_.calls.portBuffer(inputs_[i], frames));
  std::size_t outputs = 0;
  for (std::size_t i = 0; i < kOutputs; ++i) {
    jack_port_t* const port = outputs_[i].load(std::memory_order_acquire);
    outputBuffers_[i] = port ? static_cast<float*>(jack_.calls.portBuffer(port, frames)) : nullptr;
    if (port) outputs = i + 1;
  }
  callback_.run({.inputs = inputBuffers_,
                 .outputs = std::span{outputBuffers_}.first(outputs),
                 .frames = frames,
                 .rate = rate(),
                 .skipped = framesLost(frame, frames),
                 .began = began,
                 .entered = entered});
}

/// JACK smooths the moment at which its period began; it tells it on a clock of its own.
HostTime JackClient::whenItBegan(HostTime entered, jack_nframes_t& frame) noexcept TUTTI_NONBLOCKING
{
  jack_time_t began = 0;
  jack_time_t next = 0;
  float period = 0;
  if (jack_.calls.cycleTimes(client_, &frame, &began, &next, &period) != 0) return entered;
  const Micros ago{static_cast<std::int64_t>(jack_.calls.time() - began)};
  const bool isSane = ago > Micros{-100'000} && ago < Micros{1'000'000};
  return isSane ? periodStart_.judge(entered - ago, entered, Micros{time::rounded(double{period})}) : entered;
}

/// Between the end of the last period and `frame`. JACK's counter has 32 bits and goes round in a day.
std::uint32_t JackClient::framesLost(jack_nframes_t frame, jack_nframes_t frames) noexcept TUTTI_NONBLOCKING
{
  const jack_nframes_t lost = hasCounted_ ? frame - nextFrame_ : 0;
  hasCounted_ = true;
  nextFrame_ = frame + frames;
  const jack_nframes_t tenSeconds = 10 * rate_.load(std::memory_order_relaxed);
  return lost < tenSeconds ? lost : 0; // more is a leap of the server, not a gap in the music
}

} // namespace tutti::audio
