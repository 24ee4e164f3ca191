#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/patch/ParameterReader.hpp>
#include <tutti/patch/Snapshot.hpp>

#include "YamlTree.hpp"

namespace tutti::patch {

/// Makes a snapshot of a tree, or remembers what was the first thing wrong with it, and where. After that it
/// goes on with what is harmless.
class SnapshotReader {
public:
  Snapshot read(const YamlTree& root);

  [[nodiscard]] const std::optional<Error>& refusal() const { return refusal_; }
  [[nodiscard]] const std::vector<std::string>& remarks() const { return remarks_; }

private:
  using Ports = std::vector<Port>;
  using Names = std::initializer_list<std::string_view>;
  struct Keys {
    std::string_view module;
    std::string_view port;
  };

  void version(const YamlTree& root);
  SessionDescription session(const YamlTree& root);
  void groups(const YamlTree& root, Snapshot& snapshot);
  void processes(const YamlTree& root, Snapshot& snapshot);
  void modules(const YamlTree& root, Snapshot& snapshot);
  void connections(const YamlTree& root, Snapshot& snapshot);
  GroupDescription group(const YamlTree& tree);
  ProcessDescription process(const YamlTree& tree);
  ModuleDescription module(const YamlTree& tree, const Snapshot& snapshot);
  Role role(const YamlTree& module);
  Looks looks(const YamlTree& module, const Snapshot& snapshot);
  Position position(const YamlTree& tree);
  Ports ports(const YamlTree& module, std::string_view key);
  Parameters parameters(const YamlTree& module);
  ConnectionDescription connection(const YamlTree& tree, const Snapshot& snapshot);
  Socket socket(const YamlTree& connection, const Snapshot& snapshot, Keys keys,
                Ports ModuleDescription::* ports);

  bool isMap(const YamlTree& tree, Names keys);
  bool isMap(const YamlTree& tree, Names keys, Unknowns& unknown);
  bool areNames(const YamlTree& tree);
  const YamlTree& member(const YamlTree& map, std::string_view key);
  const std::vector<YamlTree>& list(const YamlTree& map, std::string_view key, std::size_t most);
  std::string name(const YamlTree& tree);
  std::string text(const YamlTree& tree);
  std::string word(const YamlTree& tree);
  std::uint32_t whole(const YamlTree& tree, std::uint32_t least, std::uint32_t most);
  std::optional<std::uint32_t> colour(const YamlTree& map);
  double number(const YamlTree& tree, std::string_view name, Range range);
  bool isText(const YamlTree& tree);
  void refuse(const YamlTree& tree, std::string_view reason);
  void remark(std::string sentence);

  std::optional<Error> refusal_;
  std::vector<std::string> remarks_;
  const YamlTree nothing_;
};

} // namespace tutti::patch
