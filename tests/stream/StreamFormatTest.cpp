#include <Catch.hpp>
#include <tutti/stream/StreamFormat.hpp>

using namespace tutti;
using namespace tutti::stream;
using audio::FrameCount;
using audio::SampleRate;

TEST_CASE("Formats that can be sent, and such that cannot, with a sentence for the musician")
{
  CHECK(check({}));
  CHECK(check({.codec = Codec::opus, .packet = FrameCount{120}}));
  CHECK_FALSE(check({.channels = 3}));
  CHECK_FALSE(check({.channels = 0}));
  CHECK_FALSE(check({.packet = FrameCount{0}}));
  CHECK_FALSE(check({.codec = Codec::float32, .packet = FrameCount{256}}));
  CHECK_FALSE(check({.codec = Codec::opus, .packet = FrameCount{64}}));
  const auto otherRate =
    check({.codec = Codec::opus, .rate = SampleRate::fromHertz(44'100), .packet = FrameCount{120}});
  REQUIRE_FALSE(otherRate);
  CHECK(otherRate.error().kind == ErrorKind::unsupported);
  CHECK_FALSE(otherRate.error().detail.empty());
}

TEST_CASE("Packets are as long as the block, or its halves where the network takes no longer ones")
{
  CHECK(packetFor(Codec::pcm16, 2, FrameCount{64}) == FrameCount{64});
  CHECK(packetFor(Codec::pcm16, 2, FrameCount{512}) == FrameCount{256});
  CHECK(packetFor(Codec::float32, 2, FrameCount{2048}) == FrameCount{128});
  CHECK(packetFor(Codec::float32, 2, FrameCount{16}) == FrameCount{16});
}

TEST_CASE("Opus packets are the longest of its own that are no longer than a block")
{
  CHECK(packetFor(Codec::opus, 2, FrameCount{64}) == FrameCount{120});
  CHECK(packetFor(Codec::opus, 2, FrameCount{256}) == FrameCount{240});
  CHECK(packetFor(Codec::opus, 2, FrameCount{1024}) == FrameCount{480});
}

TEST_CASE("Whatever the block, what is proposed can be sent")
{
  for (const auto codec : {Codec::pcm16, Codec::pcm24, Codec::float32, Codec::opus})
    for (const std::size_t channels : {1U, 2U})
      for (std::int64_t block = 16; block <= 2048; ++block) {
        const auto packet = packetFor(codec, channels, FrameCount{block});
        REQUIRE(check({.codec = codec, .channels = channels, .packet = packet}));
      }
}

TEST_CASE("Payload types say the codec")
{
  for (const auto codec : {Codec::pcm16, Codec::pcm24, Codec::float32, Codec::opus})
    CHECK(codecOf(payloadTypeOf(codec)) == codec);
  CHECK_FALSE(codecOf(0));
  CHECK_FALSE(codecOf(kRedPayloadType));
}
