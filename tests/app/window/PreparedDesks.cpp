#include "PreparedDesks.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <memory>
#include <utility>

#include <tutti/jam/FromPlayer.hpp>
#include <tutti/patch/DeviceModules.hpp>

namespace tutti::prepared {

namespace {

using patch::ModuleId;

/// Somebody else's sound, or what goes to them, as far as a patch sees it.
class Stand final : public patch::Module {
public:
  Stand(std::string_view type, std::vector<patch::Port> inputs, std::vector<patch::Port> outputs)
    : type_{type}
    , inputs_{std::move(inputs)}
    , outputs_{std::move(outputs)}
  {}
  [[nodiscard]] std::string_view type() const override { return type_; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return inputs_; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return outputs_; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override
  {
    for (std::size_t channel = 0; channel < rendering.outs.size(); ++channel)
      for (auto& sample : rendering.output(channel)) sample = 0;
  }

private:
  std::string type_;
  std::vector<patch::Port> inputs_;
  std::vector<patch::Port> outputs_;
};

std::shared_ptr<patch::Module> effect(std::size_t ports)
{
  std::vector<patch::Port> inputs;
  std::vector<patch::Port> outputs;
  for (std::size_t i = 0; i < ports; ++i) {
    inputs.push_back({fmt::format("in {}", i + 1), 2});
    outputs.push_back({fmt::format("out {}", i + 1), 2});
  }
  return std::make_shared<Stand>("effect", inputs, outputs);
}

constexpr std::array kNames{"Anna", "Bela", "Chiyo", "David"};

ModuleId idOf(const patch::Patch& patch, std::string_view name)
{
  for (const auto& place : patch.modules())
    if (place.about.name == name) return place.about.id;
  return {};
}

void change(jam::Desk& desk, std::string_view what, const std::function<void(patch::Patch&)>& work)
{
  static_cast<void>(
    desk.edit(what, [&](patch::Patch& patch) -> Result<void> { return work(patch), Result<void>{}; }));
}

void connect(patch::Patch& patch, std::string_view from, std::string_view to, double gain = 0)
{
  static_cast<void>(patch.connect({idOf(patch, from), 0}, {idOf(patch, to), 0}, audio::Decibels::of(gain)));
}

void dress(patch::Patch& patch, std::string_view name, std::optional<std::uint32_t> colour,
           patch::GroupId group = {})
{
  const auto id = idOf(patch, name);
  if (patch.find(id) == nullptr) return;
  auto looks = patch.find(id)->about.looks;
  looks.colour = colour;
  looks.group = group;
  patch.setLooks(id, looks);
}

void addPlayers(jam::Desk& desk)
{
  for (std::size_t i = 0; i < kNames.size(); ++i)
    desk.add({fmt::format("player-{}", i)}, kNames[i], player());
}

void studio(jam::Desk& desk)
{
  addPlayers(desk);
  change(desk, "Add", [](patch::Patch& patch) {
    static_cast<void>(patch.add(effect(1), "Reverb"));
    static_cast<void>(
      patch.add(std::make_shared<patch::DeviceOutput>(patch::DeviceChannels{2, 2}), "Headphones"));
    static_cast<void>(patch.add(effect(1), "Echo"));
    connect(patch, "Anna strip", "Reverb", -6);
    connect(patch, "Chiyo strip", "Reverb", -9);
    connect(patch, "Reverb", "Master", -3);
    connect(patch, "Master", "Headphones");
    connect(patch, "Bela strip", "Echo", -12);
    connect(patch, "Echo", "Reverb", -6);
    connect(patch, "Reverb", "Echo", -18); // a circle
    const auto strings = *patch.addGroup("Strings");
    const auto room = *patch.addGroup("Room sound");
    patch.putGroup({.id = room, .name = "Room sound", .colour = 2});
    for (std::uint32_t i = 0; i < kNames.size(); ++i) {
      const auto group = i < 2 ? strings : patch::GroupId{};
      dress(patch, kNames[i], i + 1, group);
      dress(patch, std::string{kNames[i]} + " strip", i + 1, group);
    }
    dress(patch, "Reverb", 2, room);
    dress(patch, "Echo", 2, room);
    dress(patch, "Master", 0);
  });
  static_cast<void>(desk.tidyUp("Tidy up"));
}

void ghosts(jam::Desk& desk)
{
  studio(desk);
  desk.remove({"player-1"});
  desk.remove({"player-2"});
}

/// As many as a patch that somebody has really worked on has.
void large(jam::Desk& desk)
{
  constexpr std::size_t kModules = 64;
  constexpr std::size_t kCables = 256;
  constexpr std::size_t kPorts = 3;
  addPlayers(desk);
  change(desk, "Add", [](patch::Patch& patch) {
    while (patch.modules().size() < kModules)
      static_cast<void>(patch.add(effect(kPorts), fmt::format("Effect {}", patch.modules().size())));
    std::uint64_t dice = 7; // the same patch each time
    const auto roll = [&](std::size_t sides) {
      dice = dice * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
      return static_cast<std::size_t>(dice >> 33U) % sides;
    };
    const auto& modules = patch.modules();
    while (patch.connections().size() < kCables) {
      const auto from = roll(modules.size());
      const auto to = from + 1 + roll(9);
      if (to >= modules.size() || modules[from].about.outputs.empty() || modules[to].about.inputs.empty())
        continue;
      static_cast<void>(patch.connect({modules[from].about.id, roll(modules[from].about.outputs.size())},
                                      {modules[to].about.id, roll(modules[to].about.inputs.size())}));
    }
    for (std::size_t i = 0; i < modules.size(); ++i) {
      auto looks = modules[i].about.looks;
      looks.colour = static_cast<std::uint32_t>(i % 8);
      looks.position = patch::Position{static_cast<int>(i % 8) * 280, static_cast<int>(i / 8) * 170};
      patch.setLooks(modules[i].about.id, looks);
    }
  });
}

} // namespace

std::shared_ptr<patch::Module> player()
{
  return std::make_shared<Stand>(jam::FromPlayer::kType, std::vector<patch::Port>{},
                                 std::vector<patch::Port>{{"out", 2}});
}

void prepare(jam::Desk& desk, std::string_view name)
{
  desk.setMonitoring(false);
  if (name == "studio") studio(desk);
  if (name == "ghosts") ghosts(desk);
  if (name == "large") large(desk);
}

jam::PatchSnapshot sounding(jam::PatchSnapshot snapshot, int moment)
{
  for (auto& connection : snapshot.connections) {
    const auto n = static_cast<double>(connection.id.number);
    const auto loud = -22 + 16 * std::sin(n * 1.7 + moment * 0.31) + 5 * std::sin(n + moment);
    connection.peak = audio::Decibels::of(connection.id.number % 7 == 0 ? -90 : loud);
  }
  return snapshot;
}

engine::PatchAnswer load(jam::Desk& desk, const std::string& yaml)
{
  engine::PatchAnswer answer;
  const auto reading = patch::Snapshot::read(yaml);
  const auto loaded = reading ? desk.load(reading->snapshot) : Result<void>{tl::unexpected{reading.error()}};
  if (!loaded) {
    answer.problem = loaded.error().detail;
    return answer;
  }
  answer.remarks = reading->remarks;
  for (const auto& place : desk.patch().modules())
    if (place.isMissing())
      answer.missing.push_back({place.about.id.number, place.about.name, place.whyMissing});
  return answer;
}

} // namespace tutti::prepared
