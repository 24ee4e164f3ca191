#include <tutti/patch/Snapshot.hpp>

#include <fmt/format.h>

#include "SnapshotReader.hpp"
#include "YamlTree.hpp"

namespace tutti::patch {

Result<Snapshot> Snapshot::parse(std::string_view yaml)
{
  if (yaml.size() > kMostBytes)
    return failure(ErrorKind::malformed,
                   fmt::format("line 1, column 1: a patch has at most {} bytes", kMostBytes));
  const auto tree = YamlTree::parse(yaml);
  if (!tree) return tl::unexpected{tree.error()};
  SnapshotReader reader;
  auto snapshot = reader.read(*tree);
  if (reader.refusal()) return tl::unexpected{*reader.refusal()};
  return snapshot;
}

} // namespace tutti::patch
