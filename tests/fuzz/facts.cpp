// What another directory, or whoever has got at the store, may say. What is accepted is written and read
// again alike, and a directory that hears it stays within its bounds.
#include <tutti/serve/Directory.hpp>
#include <tutti/serve/Fact.hpp>

#include "Require.hpp"

using namespace tutti;
using namespace tutti::serve;
using tutti::fuzz::require;

namespace {

void hear(const Fact& fact)
{
  static HostTime now{};
  static Directory directory = [] {
    Directory made{7885};
    made.share({1, {IpAddress::v4({192, 0, 2, 1})}}, HostTime{});
    return made;
  }();
  now += std::chrono::milliseconds{250};
  directory.apply(fact, now);
  directory.advance(now);
  directory.takeFacts();
  directory.takeChanges();
  directory.takeNews();
  require(directory.rooms() <= Directory::kMostRoomsShared);
  require(directory.members() <= Directory::kMostShared);
  require(directory.forwarders() <= 64);
}

} // namespace

/// Facts one behind the other, each after its size in two bytes; what is left is one more.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  std::span<const std::byte> rest{reinterpret_cast<const std::byte*>(data), size};
  while (!rest.empty()) {
    const auto length =
      rest.size() < 2 ? rest.size()
                      : std::to_integer<std::size_t>(rest[0]) << 8U | std::to_integer<std::size_t>(rest[1]);
    rest = rest.subspan(std::min<std::size_t>(2, rest.size()));
    const auto bytes = rest.first(std::min(length, rest.size()));
    rest = rest.subspan(bytes.size());
    const auto fact = parseFact(bytes);
    if (!fact) continue;
    const auto written = encodeFact(*fact);
    const auto again = parseFact(written);
    require(again && encodeFact(*again) == written);
    hear(*fact);
  }
  return 0;
}
