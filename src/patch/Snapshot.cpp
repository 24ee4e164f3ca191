#include <tutti/patch/Snapshot.hpp>

#include <fmt/format.h>
#include <utility>

#include "Checksum.hpp"
#include "SnapshotReader.hpp"
#include "YamlTree.hpp"

namespace tutti::patch {
namespace {

constexpr std::string_view kNotAsSaved =
  "this patch is not as Tutti saved it: it was edited by hand, or something of it was lost; please see that "
  "all is there";

/// Version 1 had no checksum.
bool shouldBeAsSaved(const YamlTree& tree)
{
  return tree.find("checksum") != nullptr || tree.find("tutti-patch")->text != "1";
}

} // namespace

Result<SnapshotReading> Snapshot::read(std::string_view yaml)
{
  if (yaml.size() > kMostBytes)
    return failure(ErrorKind::malformed,
                   fmt::format("line 1, column 1: a patch has at most {} bytes", kMostBytes));
  const auto tree = YamlTree::parse(yaml);
  if (!tree) return tl::unexpected{tree.error()};
  SnapshotReader reader;
  SnapshotReading reading{.snapshot = reader.read(*tree), .remarks = reader.remarks()};
  if (reader.refusal()) return tl::unexpected{*reader.refusal()};
  if (shouldBeAsSaved(*tree) && !isAsSaved(yaml)) reading.remarks.emplace_back(kNotAsSaved);
  return reading;
}

Result<Snapshot> Snapshot::parse(std::string_view yaml)
{
  auto reading = read(yaml);
  if (!reading) return tl::unexpected{std::move(reading.error())};
  return std::move(reading->snapshot);
}

} // namespace tutti::patch
