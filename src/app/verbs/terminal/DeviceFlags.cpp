#include "DeviceFlags.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace tutti::app {
namespace {

constexpr std::string_view kPortAudio = "portaudio:";

void readDevice(audio::DeviceWish& wish, const std::string& text)
{
  if (text == "jack")
    wish.backend = audio::Backend::jack;
  else if (text == "paced")
    wish.backend = audio::Backend::paced;
  else if (text == "portaudio" || text.starts_with(kPortAudio)) {
    wish.backend = audio::Backend::portAudio;
    wish.device = text.size() > kPortAudio.size() ? text.substr(kPortAudio.size()) : std::string{};
  } else
    throw CLI::ValidationError{"--device",
                               fmt::format("'{}' is none of jack, portaudio[:NAME], paced", text)};
}

/// After the device, which says whose servers there could be.
void readServer(audio::DeviceWish& wish, const std::string& name)
{
  if (wish.backend != audio::Backend::jack)
    throw CLI::ValidationError{"--jack-server", "only --device jack has servers"};
  wish.device = name;
}

void readFrames(audio::DeviceWish& wish, int frames)
{
  wish.frames = static_cast<std::size_t>(std::max(frames, 0));
  if (const auto fits = audio::check(wish); !fits)
    throw CLI::ValidationError{"--frames", fits.error().detail};
}

} // namespace

void addDeviceFlags(CLI::App& verb, audio::DeviceWish& wish)
{
  verb
    .add_option_function<std::string>(
      "--device", [&](const std::string& text) { readDevice(wish, text); },
      "Where sound comes from and goes to (jack)")
    ->type_name("jack|portaudio[:NAME]|paced");
  verb
    .add_option_function<std::string>(
      "--jack-server", [&](const std::string& name) { readServer(wish, name); },
      "Which JACK server (the usual one)")
    ->type_name("NAME");
  verb
    .add_option_function<int>(
      "--frames", [&](int frames) { readFrames(wish, frames); },
      "Frames of one block, 16 to 2048 (as the device has it)")
    ->type_name("N");
}

} // namespace tutti::app
