#include "PortAudioSession.hpp"

#include <algorithm>
#include <dlfcn.h>
#include <utility>

#include "JackMeeting.hpp"

namespace tutti::audio {
namespace {

extern "C" void swallowAlsaMessage(const char*, int, const char*, int, const char*, ...) {}

/// PortAudio looks at everything there might be, and its libraries complain of all that there is not. What
/// matters comes back as an error code.
void silenceLibraries()
{
  using Handler = void (*)(const char*, int, const char*, int, const char*, ...);
  if (void* const alsa = dlopen("libasound.so.2", RTLD_NOW | RTLD_NOLOAD)) {
    const auto setHandler = reinterpret_cast<int (*)(Handler)>(dlsym(alsa, "snd_lib_error_set_handler"));
    if (setHandler) setHandler(&swallowAlsaMessage);
    dlclose(alsa);
  }
  for (const auto& jack : JackLibrary::all()) jack.silence();
}

/// PortAudio asks the usual JACK server too, and would wait for ever for one that hangs.
Result<void> findJackAnswering()
{
  if (JackLibrary::all().empty()) return {};
  const auto& jack = JackLibrary::all().front();
  const auto meeting = meetJack(jack, "tutti-look", {});
  if (meeting.client) jack.clientClose(meeting.client);
  if (meeting.hanging.empty()) return {};
  return failure(ErrorKind::unavailable, meeting.hanging);
}

int channels(const PaDeviceInfo& info)
{
  return std::min(info.maxInputChannels, 2) + std::min(info.maxOutputChannels, 2);
}

bool canRunAt(PaDeviceIndex device, const PaDeviceInfo& info, SampleRate rate)
{
  const PaStreamParameters in{device, std::min(info.maxInputChannels, 2), paFloat32, 0, nullptr};
  const PaStreamParameters out{device, std::min(info.maxOutputChannels, 2), paFloat32, 0, nullptr};
  return Pa_IsFormatSupported(in.channelCount > 0 ? &in : nullptr, out.channelCount > 0 ? &out : nullptr,
                              rate.hertz()) == paFormatIsSupported;
}

std::vector<SampleRate> ratesOf(PaDeviceIndex device, const PaDeviceInfo& info, SampleRate usual)
{
  std::vector<SampleRate> rates;
  for (const auto rate : kUsualRates)
    if (canRunAt(device, info, rate)) rates.push_back(rate);
  // One that is in use answers nothing; its own rate is true all the same.
  if (std::find(rates.begin(), rates.end(), usual) == rates.end()) rates.push_back(usual);
  std::sort(rates.begin(), rates.end());
  return rates;
}

bool isUsual(PaDeviceIndex device)
{
  return device == Pa_GetDefaultOutputDevice() || device == Pa_GetDefaultInputDevice();
}

} // namespace

std::unique_lock<std::recursive_mutex> PortAudioSession::lock()
{
  static std::recursive_mutex mutex;
  return std::unique_lock{mutex};
}

Result<PortAudioSession> PortAudioSession::start()
{
  const auto held = lock();
  silenceLibraries();
  if (const auto answered = findJackAnswering(); !answered) return tl::unexpected{answered.error()};
  const PaError error = Pa_Initialize();
  if (error == paNoError) return PortAudioSession{};
  return failure(ErrorKind::unavailable,
                 std::string{"the sound system does not answer: "} + Pa_GetErrorText(error));
}

PortAudioSession::PortAudioSession(PortAudioSession&& other) noexcept
  : isOurs_{std::exchange(other.isOurs_, false)}
{}

PortAudioSession::~PortAudioSession()
{
  const auto held = lock();
  if (isOurs_) Pa_Terminate();
}

std::string PortAudioSession::nameOf(PaDeviceIndex device)
{
  const auto held = lock();
  const PaDeviceInfo* const info = Pa_GetDeviceInfo(device);
  if (!info) return {};
  const PaHostApiInfo* const api = Pa_GetHostApiInfo(info->hostApi);
  return std::string{api ? api->name : "?"} + ": " + info->name;
}

std::vector<DeviceDescription> PortAudioSession::devices() const
{
  const auto held = lock();
  std::vector<DeviceDescription> all;
  for (PaDeviceIndex device = 0; device < Pa_GetDeviceCount(); ++device) {
    const auto& info = *Pa_GetDeviceInfo(device);
    const auto name = nameOf(device);
    const auto rate = SampleRate::fromHertz(static_cast<std::int32_t>(info.defaultSampleRate));
    all.push_back({.backend = Backend::portAudio,
                   .name = name,
                   .title = name,
                   .inputs = info.maxInputChannels,
                   .outputs = info.maxOutputChannels,
                   .rate = rate,
                   .rates = ratesOf(device, info, rate),
                   .frames = {},
                   .isUsual = isUsual(device)});
  }
  return all;
}

Result<PaDeviceIndex> PortAudioSession::find(const std::string& name) const
{
  const auto held = lock();
  std::vector<PaDeviceIndex> fitting;
  for (PaDeviceIndex device = 0; device < Pa_GetDeviceCount(); ++device) {
    if (nameOf(device) == name) return device;
    const bool fits = name.empty() ? isUsual(device) : nameOf(device).find(name) != std::string::npos;
    if (fits) fitting.push_back(device);
  }
  const auto best = std::max_element(fitting.begin(), fitting.end(), [](PaDeviceIndex a, PaDeviceIndex b) {
    return channels(*Pa_GetDeviceInfo(a)) < channels(*Pa_GetDeviceInfo(b));
  });
  if (best != fitting.end()) return *best;
  if (name.empty()) return failure(ErrorKind::unavailable, "there is no sound device on this machine");
  return failure(ErrorKind::unavailable,
                 "there is no sound device named '" + name + "': 'tutti devices' lists those there are");
}

} // namespace tutti::audio
