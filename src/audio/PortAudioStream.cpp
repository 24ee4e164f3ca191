#include "PortAudioStream.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#if __has_include(<pa_linux_alsa.h>)
#include <pa_linux_alsa.h>
#endif

namespace tutti::audio {
namespace {

constexpr std::size_t kUsualFrames = 128;
constexpr double kBestRate = 48'000; // of everybody's stream: nothing has to be converted
constexpr double kPeriods = 2;       // of the hardware's buffer: the fewest that play without gaps

/// PortAudio's ALSA thread asks for realtime priority only if it is told to.
void makeUrgent([[maybe_unused]] PaStream* stream, [[maybe_unused]] const PaDeviceInfo& info)
{
#if __has_include(<pa_linux_alsa.h>)
  const PaHostApiInfo* const api = Pa_GetHostApiInfo(info.hostApi);
  if (api && api->type == paALSA) PaAlsa_EnableRealtimeScheduling(stream, 1);
#endif
}

Micros micros(PaTime seconds)
{
  return Micros{std::llround(seconds * 1e6)};
}

} // namespace

Result<std::unique_ptr<PortAudioStream>> PortAudioStream::open(const DeviceWish& wish, Callback& callback)
{
  const auto held = PortAudioSession::lock();
  auto session = PortAudioSession::start();
  if (!session) return tl::unexpected{session.error()};
  const auto device = session->find(wish.device);
  if (!device) return tl::unexpected{device.error()};
  std::unique_ptr<PortAudioStream> stream{new PortAudioStream{std::move(*session), wish, callback}};
  if (const auto started = stream->start(*device); !started) return tl::unexpected{started.error()};
  return stream;
}

PortAudioStream::~PortAudioStream()
{
  const auto held = PortAudioSession::lock();
  if (!stream_) return;
  if (isThroughJack_ && !isActive())
    leaveBehind();
  else
    Pa_CloseStream(stream_);
}

/// Of a JACK server that died PortAudio waits ten minutes for an answer: we do not close the stream. Its last
/// callback may still be running, and nobody can say that there will be no other.
void PortAudioStream::leaveBehind()
{
  using Gates = std::vector<std::unique_ptr<CallbackGate<PortAudioStream>>>;
  static Gates& gates = *new Gates; // for ever: outlives even the end of main. Under PortAudioSession's lock
  session_.leaveBehind();
  gate_->close();
  gates.push_back(std::move(gate_));
}

PortAudioStream::Channels PortAudioStream::choose(const std::optional<ChannelPair>& pair, int available)
{
  if (!pair || pair->first > available) return {};
  const int last = pair->isSingle ? pair->first : pair->first + 1;
  const int opened = std::min({available, last, static_cast<int>(Block::kMostChannels)});
  const auto first = static_cast<std::size_t>(pair->first - 1);
  return {opened, first, static_cast<std::size_t>(opened) - first};
}

Result<void> PortAudioStream::start(PaDeviceIndex device)
{
  const auto& info = *Pa_GetDeviceInfo(device);
  name_ = PortAudioSession::nameOf(device);
  isThroughJack_ = Pa_GetHostApiInfo(info.hostApi)->type == paJACK;
  inputs_ = choose(wish_.inputs, info.maxInputChannels);
  outputs_ = choose(wish_.outputs, info.maxOutputChannels);
  if (inputs_.count + outputs_.count == 0)
    return failure(ErrorKind::unsupported, name_ + " has no such channels");
  frames_ = wish_.frames.value_or(kUsualFrames);
  if (wish_.rate) return startAt(device, wish_.rate->hertz());
  return startAt(device, canRunAt(device, kBestRate) ? kBestRate : info.defaultSampleRate);
}

PortAudioStream::Halves PortAudioStream::halvesAt(PaDeviceIndex device, double rate) const
{
  const double latency = kPeriods * static_cast<double>(frames_) / rate;
  const PaSampleFormat format = paFloat32 | paNonInterleaved;
  return {.in = {device, inputs_.opened, format, latency, nullptr},
          .out = {device, outputs_.opened, format, latency, nullptr}};
}

bool PortAudioStream::canRunAt(PaDeviceIndex device, double rate) const
{
  const auto halves = halvesAt(device, rate);
  return Pa_IsFormatSupported(halves.input(), halves.output(), rate) == paFormatIsSupported;
}

Result<void> PortAudioStream::startAt(PaDeviceIndex device, double rate)
{
  const auto halves = halvesAt(device, rate);
  rate_ = SampleRate::fromHertz(static_cast<std::int32_t>(rate));
  PaError error = Pa_OpenStream(&stream_, halves.input(), halves.output(), rate, frames_,
                                paClipOff | paDitherOff, &PortAudioStream::onBlock, gate_.get());
  if (error == paNoError) {
    makeUrgent(stream_, *Pa_GetDeviceInfo(device));
    error = Pa_StartStream(stream_);
  }
  if (error == paNoError) return {};
  return failure(ErrorKind::refused, sentenceFor(error, rate));
}

std::string PortAudioStream::sentenceFor(PaError error, double rate) const
{
  const auto hertz = std::to_string(static_cast<int>(rate));
  if (error == paInvalidSampleRate) return name_ + " does not run at " + hertz + " Hz";
  if (error == paDeviceUnavailable) return name_ + " is used by another program";
  return name_ + " does not start: " + Pa_GetErrorText(error);
}

bool PortAudioStream::isActive() const
{
  const auto held = PortAudioSession::lock();
  return Pa_IsStreamActive(stream_) == 1;
}

Micros PortAudioStream::inputLatency() const
{
  const auto held = PortAudioSession::lock();
  const PaStreamInfo* const info = Pa_GetStreamInfo(stream_);
  return info && inputs_.count > 0 ? micros(info->inputLatency) : Micros{0};
}

Micros PortAudioStream::outputLatency() const
{
  const auto held = PortAudioSession::lock();
  const PaStreamInfo* const info = Pa_GetStreamInfo(stream_);
  return info && outputs_.count > 0 ? micros(info->outputLatency) : Micros{0};
}

int PortAudioStream::onBlock(const void* input, void* output, unsigned long frames,
                             const PaStreamCallbackTimeInfo*, PaStreamCallbackFlags flags,
                             void* gate) noexcept TUTTI_NONBLOCKING
{
  static_cast<CallbackGate<PortAudioStream>*>(gate)->run(
    [&](PortAudioStream& self) noexcept TUTTI_NONBLOCKING {
      self.run(static_cast<const float* const*>(input), static_cast<float* const*>(output), frames, flags);
    });
  return paContinue;
}

void PortAudioStream::run(const float* const* input, float* const* output, std::size_t frames,
                          PaStreamCallbackFlags flags) noexcept TUTTI_NONBLOCKING
{
  const auto now = time::HostClock::now();
  if ((flags & (paInputOverflow | paInputUnderflow | paOutputOverflow | paOutputUnderflow)) != 0)
    callback_.countXrun();
  for (int channel = 0; output && channel < outputs_.opened; ++channel)
    std::fill_n(output[channel], frames, 0.0F); // also those before our pair
  callback_.run(
    {.inputs = input ? std::span{input + inputs_.first, inputs_.count} : std::span<const float* const>{},
     .outputs = output ? std::span{output + outputs_.first, outputs_.count} : std::span<float* const>{},
     .frames = frames,
     .rate = rate_,
     .began = now,
     .entered = now});
}

} // namespace tutti::audio
