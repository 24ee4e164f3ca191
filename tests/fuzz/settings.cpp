// Whatever text a settings file holds, what is made of it is within its ranges, survives the way back, and is
// remarked upon in lines of bounded length.
#include <string_view>

#include "Require.hpp"
#include "SettingsText.hpp"

using namespace tutti;
using fuzz::require;

namespace {

bool isWithin(double value, double least, double most)
{
  return value >= least && value <= most;
}

void judge(const engine::Settings& settings)
{
  require(isWithin(settings.tempo.bpm(), 20, 999));
  require(isWithin(settings.quantum.toDouble(), 1, 64));
  const auto& window = settings.window;
  require(isWithin(window.x, -32768, 32767) && isWithin(window.y, -32768, 32767));
  require(isWithin(window.width, 160, 32767) && isWithin(window.height, 160, 32767));
  require(settings.rooms.recent.size() <= engine::Settings::Rooms::kMostRecent);
  require(settings.rooms.met.size() <= engine::Settings::Rooms::kMostMet);
}

bool isOneLine(std::string_view text)
{
  for (const char c : text)
    if ((c >= 0 && c < 0x20) || c == 0x7f) return false;
  return text.size() < 200;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto reading = engine::parseSettings({reinterpret_cast<const char*>(data), size});
  if (!reading) {
    require(reading.error().kind == ErrorKind::malformed && isOneLine(reading.error().detail));
    return 0;
  }
  judge(reading->settings);
  for (const auto& remark : reading->remarks) require(isOneLine(remark));
  const auto again = engine::parseSettings(engine::encodeSettings(reading->settings));
  require(again && again->settings == reading->settings && again->remarks.empty());
  return 0;
}
