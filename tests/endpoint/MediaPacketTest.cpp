#include <Catch.hpp>
#include <array>
#include <tutti/endpoint/MediaPacket.hpp>

using namespace tutti;
using namespace tutti::endpoint;

namespace {

constexpr std::array kSamples{std::byte{1}, std::byte{2}, std::byte{3}};
const SessionToken kSession{{'s', 'e', 's', 's', 'i', 'o', 'n', '1'}};

MediaPacket packet()
{
  return {kSession, SampleType::i24, {7, Direction::toServer, 3}, 500, 9, 27, kSamples};
}

} // namespace

TEST_CASE("An audio packet is RTP with session and byte index")
{
  const auto datagram = encodeMedia(packet());
  CHECK(parseMedia(datagram.bytes()).value() == packet());
  const auto rtp = net::parseRtp(datagram.bytes()).value();
  CHECK(rtp.header.payloadType == 103);
  CHECK(rtp.header.timestamp == 9);
  CHECK(rtp.header.ssrc == 0x0007'0103U);
  CHECK(datagram.size() == 12 + 4 + 20 + 3); // the element is padded to whole words
}

TEST_CASE("A sign of life has no samples")
{
  const MediaPacket life{kSession, std::nullopt, {}, 1, 0, 0, {}};
  CHECK(parseMedia(encodeMedia(life).bytes()).value() == life);
}

TEST_CASE("What is cut, foreign or contradicts itself is no media packet")
{
  const auto datagram = encodeMedia(packet());
  for (std::size_t size = 0; size <= datagram.size() - kSamples.size(); ++size)
    CHECK_FALSE(parseMedia(datagram.bytes().first(size)));
  const auto with = [](auto change) {
    auto changed = packet();
    change(changed);
    return parseMedia(encodeMedia(changed).bytes());
  };
  CHECK_FALSE(with([](MediaPacket& p) { p.samples = {}; })); // audio without samples
  CHECK_FALSE(with([](MediaPacket& p) { p.type.reset(); })); // a sign of life with samples
  CHECK_FALSE(with([](MediaPacket& p) { p.byteIndex = kByteIndexEnd; }));
  CHECK(with([](MediaPacket& p) { p.byteIndex = kByteIndexEnd - 1; }));

  net::RtpPacket foreign{{false, 96, 1, 2, 3}, {}, kSamples};
  CHECK_FALSE(parseMedia(net::encodeRtp(foreign).bytes())); // no element of ours
  const std::array<std::byte, 15> shorter{};
  foreign.extensions.tryAdd({4, shorter});
  CHECK_FALSE(parseMedia(net::encodeRtp(foreign).bytes()));
}

TEST_CASE("Each stream has an SSRC of its own, and no other SSRC is a stream")
{
  const StreamId last{0xffff, Direction::toServer, 0xff};
  CHECK(StreamId::ofSsrc(last.ssrc()) == last);
  CHECK(StreamId::ofSsrc(StreamId{}.ssrc()) == StreamId{});
  CHECK_FALSE(StreamId::ofSsrc(0x200));
}
