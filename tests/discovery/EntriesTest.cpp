#include <Catch.hpp>
#include <Fixtures.hpp>
#include <tutti/discovery/Entries.hpp>

using namespace tutti;
using namespace tutti::discovery;
using test::bytesOf;

namespace {

struct Seen {
  EntryKey key = 0;
  test::Bytes value;
  friend bool operator==(const Seen&, const Seen&) = default;
};

struct Reading {
  bool isWhole = false;
  std::vector<Seen> entries;
};

Reading read(std::span<const std::byte> payload)
{
  Reading reading;
  reading.isWhole = readEntries(payload, [&](EntryKey key, std::span<const std::byte> value) {
    reading.entries.push_back({key, test::copyOf(value)});
    return true;
  });
  return reading;
}

constexpr auto kFood = entryKey("food");
constexpr auto kWine = entryKey("wine");
const auto kFoodEntry = bytesOf("666f6f64 00000002 0102");
const auto kWineEntry = bytesOf("77696e65 00000001 07");

test::Bytes operator+(test::Bytes a, const test::Bytes& b)
{
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

} // namespace

TEST_CASE("Keys are four characters, the first in front")
{
  static_assert(entryKey("tmln") == 0x746d6c6e);
  static_assert(entryKey("__ht") == 0x5f5f6874);
  CHECK(entryKey("\xff\x01zz") == 0xff017a7a);
}

TEST_CASE("Entries come in the order in which they stand")
{
  const auto reading = read(kWineEntry + kFoodEntry + kWineEntry);
  CHECK(reading.isWhole);
  CHECK(reading.entries ==
        std::vector<Seen>{{kWine, bytesOf("07")}, {kFood, bytesOf("0102")}, {kWine, bytesOf("07")}});
}

TEST_CASE("An empty payload is whole, and so is an empty value")
{
  CHECK(read({}).isWhole);
  const auto reading = read(bytesOf("666f6f64 00000000"));
  CHECK(reading.isWhole);
  CHECK(reading.entries == std::vector<Seen>{{kFood, {}}});
}

TEST_CASE("A payload torn anywhere but between entries is not whole")
{
  const auto payload = kFoodEntry + kWineEntry;
  for (std::size_t size = 0; size <= payload.size(); ++size) {
    CAPTURE(size);
    const bool isBetween = size == 0 || size == kFoodEntry.size() || size == payload.size();
    CHECK(read(std::span{payload}.first(size)).isWhole == isBetween);
  }
}

TEST_CASE("A size beyond the end is never followed")
{
  for (const auto* size : {"00000003", "7fffffff", "80000000", "fffffff8", "ffffffff"}) {
    CAPTURE(size);
    const auto reading = read(bytesOf(std::string{"666f6f64"} + size + "0102"));
    CHECK_FALSE(reading.isWhole);
    CHECK(reading.entries.empty());
  }
}

TEST_CASE("A reader who cannot live with a value ends the reading")
{
  int visits = 0;
  const auto refuse = [&](EntryKey, std::span<const std::byte>) {
    ++visits;
    return false;
  };
  CHECK_FALSE(readEntries(kFoodEntry + kWineEntry, refuse));
  CHECK(visits == 1);
}

TEST_CASE("An entry head is key and size")
{
  Datagram datagram;
  ByteWriter out{datagram};
  writeEntryHead(out, kFood, 2);
  CHECK(test::copyOf(datagram.bytes()) == bytesOf("666f6f64 00000002"));
}
