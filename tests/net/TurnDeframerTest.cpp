#include <algorithm>

#include <Catch.hpp>
#include <Fixtures.hpp>
#include <tutti/net/TurnDeframer.hpp>

using namespace tutti;
using namespace tutti::net;

namespace {

const auto kBinding = test::bytesOf("01 01 00 00 21 12 a4 42 00 00 00 00 00 00 00 00 00 00 00 00");
const auto kChannel = test::bytesOf("40 01 00 05 61 62 63 64 65 00 00 00");

/// Gives the stream to a deframer in pieces of this size.
std::vector<test::Bytes> framesOf(const test::Bytes& stream, std::size_t pieces, TurnDeframer& deframer)
{
  std::vector<test::Bytes> frames;
  for (std::size_t at = 0; at < stream.size();) {
    const auto room = deframer.room();
    if (room.empty()) break;
    const auto count = std::min({pieces, room.size(), stream.size() - at});
    std::ranges::copy(std::span{stream}.subspan(at, count), room.begin());
    deframer.filled(count);
    at += count;
    while (const auto frame = deframer.next()) frames.push_back(test::copyOf(*frame));
  }
  return frames;
}

} // namespace

TEST_CASE("Messages on a stream are found, however the stream is cut")
{
  test::Bytes stream;
  std::vector<test::Bytes> said;
  for (int i = 0; i < 200; ++i) {
    const auto& message = i % 3 == 0 ? kBinding : kChannel;
    said.push_back(message);
    stream.insert(stream.end(), message.begin(), message.end());
  }
  for (const auto pieces : {1U, 2U, 3U, 7U, 19U, 1448U, 100'000U}) {
    TurnDeframer deframer;
    CAPTURE(pieces);
    CHECK(framesOf(stream, pieces, deframer) == said);
    CHECK_FALSE(deframer.isBroken());
  }
}

TEST_CASE("A stream that speaks something else is broken for good")
{
  for (const auto* start :
       {"80 60 00 01 00 00 00 00", "50 00 00 04 00 00 00 00", "47 45 54 20 2f 20 48 54",
        "01 01 00 00 21 12 a4 43", "01 01 00 02 21 12 a4 42", "40 01 ff ff 00 00 00 00"}) {
    auto stream = test::bytesOf(start);
    stream.insert(stream.end(), kBinding.begin(), kBinding.end());
    stream.resize(80'000);
    TurnDeframer deframer;
    CAPTURE(start);
    CHECK(framesOf(stream, 8, deframer).empty());
    CHECK(deframer.isBroken());
    CHECK(deframer.room().empty());
  }
}
