#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/patch/Snapshot.hpp>

#include "YamlTree.hpp"

namespace tutti::patch {

/// Makes a snapshot of a tree, or remembers what was the first thing wrong with it, and where. After that it
/// goes on with what is harmless.
class SnapshotReader {
public:
  Snapshot read(const YamlTree& root);

  [[nodiscard]] const std::optional<Error>& refusal() const { return refusal_; }

private:
  using Ports = std::vector<Port>;
  struct Keys {
    std::string_view module;
    std::string_view port;
  };

  ModuleDescription module(const YamlTree& tree);
  Ports ports(const YamlTree& module, std::string_view key);
  Parameters parameters(const YamlTree& module);
  ConnectionDescription connection(const YamlTree& tree, const Snapshot& snapshot);
  Socket socket(const YamlTree& connection, const Snapshot& snapshot, Keys keys,
                Ports ModuleDescription::* ports);

  bool isMap(const YamlTree& tree, std::initializer_list<std::string_view> keys);
  const YamlTree& member(const YamlTree& map, std::string_view key);
  const std::vector<YamlTree>& list(const YamlTree& map, std::string_view key, std::size_t most);
  std::string name(const YamlTree& tree);
  std::string word(const YamlTree& tree);
  std::uint32_t whole(const YamlTree& tree, std::uint32_t least, std::uint32_t most);
  bool isText(const YamlTree& tree);
  void refuse(const YamlTree& tree, std::string_view reason);

  std::optional<Error> refusal_;
  const YamlTree nothing_;
};

} // namespace tutti::patch
