#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <Dice.hpp>
#include <tutti/core/Utf8.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::test {

/// Patches as they come, with everything in them that can be.
class AnyPatch {
public:
  explicit AnyPatch(Dice& dice)
    : dice_{dice}
  {}

  patch::Snapshot operator()()
  {
    patch::Snapshot snapshot;
    if (often()) snapshot.session.name = name();
    if (often()) snapshot.session.tempo = time::Tempo::fromBpm(dice_.real(20, 999));
    if (often()) snapshot.session.quantum = time::Beats::fromDouble(dice_.real(1, 64));
    if (often()) snapshot.session.room = name();
    for (auto id = dice_.whole(0, 3); id > 0; --id)
      snapshot.groups.push_back({.id = {number(id)}, .name = name(), .colour = colour()});
    for (auto count = dice_.whole(0, 2); count > 0; --count)
      snapshot.processes.push_back(
        {.name = std::to_string(count) + name(), .command = text(), .arguments = {text(), text()}});
    for (auto id = dice_.whole(0, 8); id > 0; --id) snapshot.modules.push_back(module(id, snapshot));
    std::set<std::pair<patch::Socket, patch::Socket>> ends;
    for (auto count = dice_.whole(0, 20); count > 0 && !snapshot.modules.empty(); --count) {
      const patch::Socket from{any(snapshot.modules).id, number(dice_.whole(0, 1))};
      const patch::Socket to{any(snapshot.modules).id, number(dice_.whole(0, 1))};
      if (!ends.insert({from, to}).second) continue;
      snapshot.connections.push_back({.from = from, .to = to, .gain = gain(), .unknown = unknown()});
    }
    snapshot.unknown = unknown();
    return snapshot;
  }

private:
  bool often() { return dice_.whole(0, 2) != 0; }
  static std::uint32_t number(std::int64_t whole) { return static_cast<std::uint32_t>(whole); }

  /// Letters of all sizes, and what YAML makes something of.
  std::string name()
  {
    static constexpr char32_t kLetters[] = U"aZ0 :#-{}[],&*!|>'\"\\%@`?~=äß…漢😀\u00a0";
    std::string name;
    for (auto length = dice_.whole(0, 12); length > 0; --length)
      name += utf8(kLetters[dice_.whole(0, std::size(kLetters) - 2)]);
    return name;
  }
  std::string text() { return often() ? name() : name() + "\n\t\x01" + name(); }
  audio::Decibels gain()
  {
    return often() ? audio::Decibels::of(dice_.real(-100, 24)) : audio::Decibels::silence();
  }
  std::optional<std::uint32_t> colour()
  {
    return often() ? std::optional{number(dice_.whole(0, 7))} : std::nullopt;
  }
  patch::Unknowns unknown()
  {
    return often() ? patch::Unknowns{} : patch::Unknowns{{"later", "{a: [1, null], b: \"x: y\"}"}};
  }
  patch::ModuleDescription module(std::int64_t id, const patch::Snapshot& snapshot)
  {
    patch::ModuleDescription module{.id = {number(id)},
                                    .type = "any-" + std::to_string(id),
                                    .name = name(),
                                    .inputs = {{"in", 2}, {"side: " + name(), 1}},
                                    .outputs = {{"out", 2}, {"more #" + name(), 8}},
                                    .parameters = {}};
    if (often()) module.parameters.add("text", text());
    if (often()) module.parameters.add("level", dice_.real(-1, 1));
    if (often()) module.parameters.add("on", often());
    if (often()) module.role.name = name();
    module.looks.colour = colour();
    if (often()) module.looks.position = {place(), place()};
    if (often() && !snapshot.groups.empty()) module.looks.group = any(snapshot.groups).id;
    module.unknown = unknown();
    return module;
  }
  int place() { return static_cast<int>(dice_.whole(-2000, 2000)); }
  template <class Item> const Item& any(const std::vector<Item>& items)
  {
    return items[static_cast<std::size_t>(dice_.whole(0, static_cast<std::int64_t>(items.size()) - 1))];
  }

  Dice& dice_;
};

} // namespace tutti::test
