#include <Catch.hpp>
#include <limits>
#include <tutti/endpoint/ControlMessage.hpp>

using namespace tutti;
using namespace tutti::endpoint;

namespace {

Offer offer()
{
  Offer offer{"Stage box", SessionToken{{1, 2, 3, 4, 5, 6, 7, 8}}, 5004, {}, {}};
  for (std::uint8_t type = 0; type < kSampleTypes; ++type)
    offer.fromServer.push_back(
      {"in " + std::to_string(type), {44'100, 1 + type % 8U, type, *sampleTypeOf(type)}});
  offer.toServer.push_back({"Monitor", {}});
  return offer;
}

std::vector<ControlMessage> allMessages()
{
  return {Hello{"Laptop"},
          offer(),
          OfferAnswer{Verdict::refused, 44'100, "Not here."},
          Ask{Ask::What::start, 7},
          Answer{{Ask::What::stop, 65'535}, Verdict::failed, "Busy."},
          Heartbeat{},
          Bye{"Done for today."}};
}

Result<ControlMessage> parsed(const ByteString& framed)
{
  return parseControl(std::span{framed}.subspan(2));
}

} // namespace

TEST_CASE("Every message survives the wire, and no part of one is a message")
{
  for (const auto& message : allMessages()) {
    const auto framed = encode(message);
    CAPTURE(message.index());
    CHECK(parsed(framed).value() == message);
    for (std::size_t size = 2; size < framed.size(); ++size)
      CHECK_FALSE(parseControl(std::span{framed}.subspan(2, size - 2)));
    auto longer = framed;
    longer.push_back(std::byte{0});
    CHECK_FALSE(parsed(longer));
  }
}

TEST_CASE("Messages are found however TCP cuts them")
{
  ByteString all;
  for (const auto& message : allMessages()) {
    const auto framed = encode(message);
    all.insert(all.end(), framed.begin(), framed.end());
  }
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 100U, 100'000U}) {
    ControlDeframer deframer;
    std::vector<ControlMessage> found;
    for (std::size_t at = 0; at < all.size(); at += piece) {
      deframer.push(std::span{all}.subspan(at, std::min(piece, all.size() - at)));
      while (const auto message = deframer.next()) found.push_back(message->value());
    }
    CHECK(found == allMessages());
  }
}

TEST_CASE("After what makes no sense nothing is read any more")
{
  const std::vector<ByteString> allJunk{{std::byte{0xff}, std::byte{0xff}}, ByteString(2), ByteString(50)};
  for (const auto& junk : allJunk) {
    ControlDeframer deframer;
    deframer.push(junk);
    const auto first = deframer.next();
    REQUIRE(first);
    CHECK_FALSE(first->has_value());
    deframer.push(encode(Heartbeat{}));
    CHECK_FALSE(deframer.next());
  }
}

TEST_CASE("Who speaks another version is told so")
{
  auto newer = encode(Hello{"Laptop"});
  newer[2 + 1 + 14] = std::byte{2};
  CHECK(parsed(newer).error().kind == ErrorKind::unsupported);
  CHECK_FALSE(parsed(newer).error().detail.empty());
}

TEST_CASE("A format that cannot be is no offer")
{
  const auto with = [](AudioFormat format) {
    auto bad = offer();
    bad.toServer.front().format = format;
    return parsed(encode(bad)).has_value();
  };
  CHECK(with({}));
  CHECK_FALSE(with({.rate = std::numeric_limits<double>::infinity()}));
  CHECK_FALSE(with({.rate = 1}));
  CHECK_FALSE(with({.channels = 0}));
  CHECK_FALSE(with({.channels = 9}));
  auto many = offer();
  many.toServer.resize(kMostStreams + 1, many.toServer.front());
  CHECK_FALSE(parsed(encode(many)));
  auto portless = offer();
  portless.mediaPort = 0;
  CHECK_FALSE(parsed(encode(portless)));
}

TEST_CASE("What is too long is cut between two characters, and fits")
{
  std::string name(63, 'x');
  name += "\xc3\xa4\xc3\xa4";
  CHECK(std::get<Hello>(parsed(encode(Hello{name})).value()).name == std::string(63, 'x'));
  auto largest = offer();
  largest.fromServer.resize(kMostStreams, {std::string(64, 'y'), {}});
  largest.toServer = largest.fromServer;
  const auto framed = encode(largest);
  CHECK(framed.size() <= 2 + kLargestMessage);
  CHECK(parsed(framed).value() == ControlMessage{largest});
}
