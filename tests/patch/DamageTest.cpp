#include <tutti/patch/Snapshot.hpp>

#include <Catch.hpp>

#include "AnyPatch.hpp"
#include "Checksum.hpp"

using namespace tutti;
using namespace tutti::patch;

namespace {

/// A damaged file does no harm: it is refused with its line, or whoever opens it is told; and what was read
/// of it can be saved and read again.
void isHarmless(const std::string& damaged)
{
  const auto reading = Snapshot::read(damaged);
  if (!reading) {
    CHECK(reading.error().kind == ErrorKind::malformed);
    CHECK(reading.error().detail.starts_with("line "));
    CHECK(reading.error().detail.size() > std::string{"line 1, column 1: "}.size());
    return;
  }
  CHECK_FALSE(reading->remarks.empty());
  const auto saved = reading->snapshot.encode();
  const auto again = Snapshot::parse(saved);
  REQUIRE(again);
  CHECK(*again == reading->snapshot);
  CHECK(again->encode() == saved);
}

} // namespace

TEST_CASE("A thousand patches as they come are the same to the byte after saving and loading")
{
  test::Dice dice{20'260};
  test::AnyPatch anyPatch{dice};
  for (int round = 0; round < 1000; ++round) {
    const auto snapshot = anyPatch();
    const auto saved = snapshot.encode();
    CAPTURE(round, saved);
    const auto reading = Snapshot::read(saved);
    REQUIRE(reading);
    CHECK(reading->snapshot == snapshot);
    CHECK(reading->snapshot.encode() == saved);
    const bool isNews = saved.find("later: ") != std::string::npos; // what is unknown is told each time
    CHECK(reading->remarks.empty() != isNews);
  }
}

TEST_CASE("Whatever line is lost, the file is refused with its line, or it is told")
{
  test::Dice dice{4};
  test::AnyPatch anyPatch{dice};
  for (int round = 0; round < 20; ++round) {
    const auto saved = anyPatch().encode();
    for (std::size_t begin = 0; begin < saved.size();) {
      const auto end = saved.find('\n', begin) + 1;
      auto damaged = saved;
      damaged.erase(begin, end - begin);
      CAPTURE(round, damaged);
      isHarmless(damaged);
      begin = end;
    }
  }
}

TEST_CASE("Whatever byte is flipped, the file is refused with its line, or it is told")
{
  test::Dice dice{5};
  test::AnyPatch anyPatch{dice};
  for (int round = 0; round < 3000; ++round) {
    auto damaged = anyPatch().encode();
    const auto at = static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(damaged.size()) - 1));
    damaged[at] = static_cast<char>(damaged[at] ^ static_cast<char>(dice.whole(1, 255)));
    CAPTURE(round, at, damaged);
    isHarmless(damaged);
  }
}

TEST_CASE("Wherever a file is cut off, it is refused with its line, or it is told")
{
  test::Dice dice{6};
  const auto saved = test::AnyPatch{dice}().encode();
  for (std::size_t length = 0; length < saved.size(); ++length) {
    CAPTURE(length);
    isHarmless(saved.substr(0, length));
  }
}

TEST_CASE("The checksum is the one of networks and archives")
{
  CHECK(checksumOf("123456789") == 0xcbf43926U); // the check value of CRC-32/ISO-HDLC
  CHECK(checksumLine("") == "checksum: 00000000\n");
  CHECK(isAsSaved("a: 1\n" + checksumLine("a: 1\n")));
  CHECK_FALSE(isAsSaved("a: 2\n" + checksumLine("a: 1\n")));
  CHECK_FALSE(isAsSaved("a: 1\n" + checksumLine("a: 1\n") + "\n"));
  CHECK_FALSE(isAsSaved("short"));
}
