// Whatever text a snapshot holds: it is refused in one line with its place, or it loads with a few remarks of
// one line each, saves to a text that loads and saves to the same bytes, and can be played.
#include <array>
#include <string_view>
#include <tutti/patch/DeviceModules.hpp>
#include <tutti/patch/MetronomeModule.hpp>
#include <tutti/patch/MixStrip.hpp>
#include <tutti/patch/Patch.hpp>
#include <tutti/patch/Player.hpp>
#include <tutti/patch/Workshop.hpp>

#include "Require.hpp"

using namespace tutti;
using namespace tutti::patch;
using fuzz::require;

namespace {

bool isOneLine(std::string_view text)
{
  for (const char c : text)
    if ((c >= 0 && c < 0x20) || c == 0x7f) return false;
  return text.size() < 400;
}

void judge(const Error& error)
{
  require(error.kind == ErrorKind::malformed);
  require(error.detail.starts_with("line ") && isOneLine(error.detail));
}

Workshop allThereIs()
{
  Workshop workshop;
  const auto group = std::make_shared<SoloGroup>();
  workshop.teach("device-input", DeviceInput::make);
  workshop.teach("device-output", DeviceOutput::make);
  workshop.teach("metronome", MetronomeModule::make);
  workshop.teach("mix-strip", [group](const auto& wanted) { return MixStrip::make(wanted, group); });
  return workshop;
}

void play(const Patch& patch)
{
  Player player;
  player.play(patch);
  std::array<float, 16> in{};
  std::array<float, 16> out{};
  const std::array<std::span<const float>, 1> ins{in};
  const std::array<std::span<float>, 1> outs{out};
  for (int block = 0; block < 3; ++block)
    player.process({.inputs = ins, .outputs = outs, .frames = in.size(), .rate = {}, .first = {}});
  for (const float sample : out) require(sample >= -16 && sample <= 16);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto reading = Snapshot::read({reinterpret_cast<const char*>(data), size});
  if (!reading) return judge(reading.error()), 0;
  require(reading->remarks.size() <= SnapshotReading::kMostRemarks + 1);
  for (const auto& remark : reading->remarks) require(isOneLine(remark));
  const auto* const snapshot = &reading->snapshot;
  const auto again = Snapshot::parse(snapshot->encode());
  require(again && *again == *snapshot && again->encode() == snapshot->encode());

  static const Workshop workshop = allThereIs();
  Patch patch;
  if (const auto loaded = patch.load(*snapshot, workshop); !loaded) return judge(loaded.error()), 0;
  const auto saved = patch.snapshot().encode();
  Patch reloaded;
  require(reloaded.load(*Snapshot::parse(saved), workshop).has_value());
  require(reloaded.snapshot().encode() == saved);
  play(patch);
  return 0;
}
