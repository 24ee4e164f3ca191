// Whatever text a running desk is given as a patch: it is refused in one line with the desk as it was, or it
// is what plays then, with all that the desk counts on; and saved, loaded and saved again it is the same.
#include <array>
#include <string_view>
#include <tutti/jam/Desk.hpp>
#include <tutti/jam/FromPlayer.hpp>
#include <tutti/jam/Tone.hpp>

#include "Require.hpp"

using namespace tutti;
using fuzz::require;

namespace {

bool isOneLine(std::string_view text)
{
  for (const char c : text)
    if ((c >= 0 && c < 0x20) || c == 0x7f) return false;
  return text.size() < 400;
}

std::shared_ptr<patch::Module> player()
{
  return std::make_shared<jam::FromPlayer>(nullptr, 2);
}

std::shared_ptr<patch::Module> source()
{
  return std::make_shared<jam::Tone>(jam::Tone::Kind::sine);
}

void play(jam::Desk& desk)
{
  std::array<float, 16> in{};
  std::array<float, 16> out{};
  const std::array<std::span<const float>, 1> ins{in};
  const std::array<std::span<float>, 1> outs{out};
  for (int block = 0; block < 3; ++block)
    desk.processor().process({.inputs = ins, .outputs = outs, .frames = in.size(), .rate = {}, .first = {}});
  for (const float sample : out) require(sample >= -16 && sample <= 16);
  desk.tend();
}

/// People come and go as before.
void liveOn(jam::Desk& desk)
{
  using jam::StripId;
  for (const auto& id : {StripId::own(), StripId::metronome(), StripId::master()})
    require(desk.strip(id) != nullptr);
  desk.setMonitoring(!desk.isMonitoring());
  desk.setMetronomeOn(!desk.isMetronomeOn());
  desk.setInput({.first = 1, .isStereo = false});
  desk.tapMaster(
    std::make_shared<patch::MixStrip>(std::make_shared<patch::SoloGroup>())); // anything that hears
  desk.add({"c"}, "Cleo", player());
  desk.remove({"a"});
  if (const auto second = desk.welcome("Stage Pair", source())) require(second->id.name == "Stage Pair 2");
  desk.sayGoodbye({std::string{jam::Tone::kType}, "Stage Pair"}, "gone");
  desk.setDeviceInputs(0);
  desk.undo();
  desk.setDeviceInputs(2);
  require(desk.showPatch().cards.size() == desk.patch().modules().size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto snapshot = patch::Snapshot::parse({reinterpret_cast<const char*>(data), size});
  if (!snapshot) return 0;
  jam::Desk desk;
  desk.add({"a"}, "Anna", player());
  static_cast<void>(desk.welcome("Stage Pair", source()));
  const auto before = desk.save().encode();
  if (const auto loaded = desk.load(*snapshot); !loaded) {
    require(isOneLine(loaded.error().detail));
    require(desk.save().encode() == before);
    return 0;
  }
  const auto saved = desk.save().encode();
  const auto again = patch::Snapshot::parse(saved);
  require(again.has_value());
  require(desk.load(*again).has_value());
  require(desk.save().encode() == saved);
  play(desk);
  liveOn(desk);
  play(desk);
  return 0;
}
