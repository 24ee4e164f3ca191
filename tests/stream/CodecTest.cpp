#include <Catch.hpp>
#include <SineFit.hpp>
#include <array>
#include <cmath>
#include <initializer_list>
#include <tutti/stream/Decoder.hpp>
#include <tutti/stream/Encoder.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::stream;
using audio::FrameCount;
using test::radians;

namespace {

/// Two channels through encoder and decoder, packet by packet.
struct Wire {
  explicit Wire(StreamFormat wanted)
    : format{wanted}
    , encoder{std::move(*Encoder::open(wanted))}
    , decoder{std::move(*Decoder::open(wanted.codec, wanted.rate, wanted.channels))}
  {}

  void send(int packets)
  {
    const auto frames = static_cast<std::size_t>(format.packet.frames);
    std::array<std::vector<float>, 2> sent{std::vector<float>(frames), std::vector<float>(frames)};
    for (; packets > 0; --packets) {
      for (std::size_t i = 0; i < frames; ++i, ++position) {
        const auto place = static_cast<double>(position);
        sent[0][i] = static_cast<float>(0.5 * std::sin(radians(1000.0 / 48'000 * place)));
        sent[1][i] = static_cast<float>(0.25 * std::sin(radians(440.0 / 48'000 * place)));
      }
      const std::array<std::span<const float>, 2> channels{sent[0], sent[1]};
      receive(encoder.encode(channels));
      left.insert(left.end(), sent[0].begin(), sent[0].end());
    }
  }
  void receive(std::span<const std::byte> bytes)
  {
    std::array<std::vector<float>, 2> room{std::vector<float>(Decoder::kMostFrames),
                                           std::vector<float>(Decoder::kMostFrames)};
    const std::array<std::span<float>, 2> channels{room[0], room[1]};
    const auto count = decoder.decode(bytes, channels);
    REQUIRE(count);
    REQUIRE(*count == format.packet);
    const auto end = static_cast<std::ptrdiff_t>(count->frames);
    heardLeft.insert(heardLeft.end(), room[0].begin(), room[0].begin() + end);
    heardRight.insert(heardRight.end(), room[1].begin(), room[1].begin() + end);
  }

  StreamFormat format;
  Encoder encoder;
  Decoder decoder;
  std::int64_t position = 0;
  std::vector<float> left, heardLeft, heardRight;
};

test::SineFit fitOf(const std::vector<float>& heard, double hertz)
{
  constexpr std::size_t kPast = 4800;
  std::vector<double> phases;
  for (std::size_t i = kPast; i < heard.size(); ++i)
    phases.push_back(radians(hertz / 48'000 * static_cast<double>(i)));
  return test::fitSine(std::span{heard}.subspan(kPast), phases);
}

} // namespace

TEST_CASE("PCM comes out as it went in, as far as its bits go; float to the bit")
{
  for (const auto& [codec, step] :
       {std::pair{Codec::pcm16, 2e-5F}, {Codec::pcm24, 1e-7F}, {Codec::float32, 0.0F}}) {
    Wire wire{{.codec = codec}};
    wire.send(100);
    CAPTURE(static_cast<int>(codec));
    for (std::size_t i = 0; i < wire.left.size(); ++i)
      REQUIRE(std::abs(wire.left[i] - wire.heardLeft[i]) <= step);
    CHECK(wire.encoder.delay() == FrameCount{0});
  }
}

TEST_CASE("Opus carries both channels at their level, in packets of 2.5, 5 and 10 ms")
{
  for (const std::int64_t packet : {120, 240, 480}) {
    Wire wire{{.codec = Codec::opus, .packet = FrameCount{packet}}};
    wire.send(static_cast<int>(48'000 / packet));
    CAPTURE(packet);
    CHECK(fitOf(wire.heardLeft, 1000).amplitude == Approx(0.5).epsilon(0.05));
    CHECK(fitOf(wire.heardRight, 440).amplitude == Approx(0.25).epsilon(0.05));
    CHECK(fitOf(wire.heardLeft, 1000).residualDb < -20);
  }
}

TEST_CASE("What Opus adds to the delay is what it says")
{
  Wire wire{{.codec = Codec::opus, .packet = FrameCount{120}}};
  wire.send(400);
  const auto delay = static_cast<double>(wire.encoder.delay().frames);
  CHECK(delay == 120); // 2.5 ms
  const double expected = -radians(440.0 / 48'000 * delay);
  CHECK(std::remainder(fitOf(wire.heardRight, 440).phase - expected, radians(1)) == Approx(0).margin(0.1));
}

TEST_CASE("After a hole Opus is in step again")
{
  Wire wire{{.codec = Codec::opus, .packet = FrameCount{120}}};
  wire.send(100);
  wire.decoder.skip(FrameCount{360});
  wire.position += 360;
  const auto heard = wire.heardLeft.size();
  wire.send(400);
  wire.heardLeft.erase(wire.heardLeft.begin(), wire.heardLeft.begin() + static_cast<std::ptrdiff_t>(heard));
  CHECK(fitOf(wire.heardLeft, 1000).residualDb < -20);
}

TEST_CASE("A decoder that begins anew knows nothing of what was before")
{
  const StreamFormat format{.codec = Codec::opus, .packet = FrameCount{120}};
  Wire again{format};
  Wire fresh{format};
  for (auto* const wire : {&again, &fresh}) {
    wire->send(100);
    wire->heardLeft.clear();
  }
  again.decoder.restart();
  fresh.decoder = std::move(*Decoder::open(format.codec, format.rate, format.channels));
  for (auto* const wire : {&again, &fresh}) wire->send(100);
  CHECK(again.heardLeft == fresh.heardLeft);
}

TEST_CASE("How long a packet is can be told without decoding it")
{
  for (const auto codec : {Codec::pcm16, Codec::opus}) {
    Wire wire{{.codec = codec, .packet = FrameCount{240}}};
    const std::vector<float> silence(240);
    const std::array<std::span<const float>, 2> sent{silence, silence};
    CHECK(wire.decoder.lengthOf(wire.encoder.encode(sent)) == FrameCount{240});
  }
}

TEST_CASE("Of Opus as many frames come as were told")
{
  std::vector<float> room(Decoder::kMostFrames);
  const std::array<std::span<float>, 2> channels{room, room};
  auto opus = std::move(*Decoder::open(Codec::opus, audio::SampleRate::fromHertz(48'000), 2));
  const auto framesOf = [&](std::initializer_list<int> said) {
    std::vector<std::byte> bytes;
    for (const auto byte : said) bytes.push_back(static_cast<std::byte>(byte));
    const auto told = opus.lengthOf(bytes);
    const auto came = opus.decode(bytes, channels);
    CHECK(told.has_value() == came.has_value());
    return told && came && *told == *came ? came->frames : 0;
  };
  CHECK(framesOf({0xe0}) == 120);
  CHECK(framesOf({0xe1, 0, 0}) == 240); // two frames of one length
  CHECK(framesOf({0xe1, 0}) == 0);      // which a single byte cannot be
  CHECK(framesOf({0xe3, 8}) == 960);
  CHECK(framesOf({0xe3, 9}) == 0); // more than there is room for
  CHECK(framesOf({0xe3, 0}) == 0);
  CHECK(framesOf({0xe3}) == 0);
}

TEST_CASE("What is no packet of its codec is refused")
{
  std::vector<float> room(Decoder::kMostFrames);
  const std::array<std::span<float>, 2> channels{room, room};
  const auto rate = audio::SampleRate::fromHertz(48'000);
  auto pcm = std::move(*Decoder::open(Codec::pcm24, rate, 2));
  CHECK_FALSE(pcm.decode({}, channels));
  CHECK_FALSE(pcm.decode(std::vector<std::byte>(7), channels));
  CHECK_FALSE(pcm.decode(std::vector<std::byte>(6 * 1025), channels));
  auto opus = std::move(*Decoder::open(Codec::opus, rate, 2));
  CHECK_FALSE(opus.decode({}, channels));
  CHECK_FALSE(opus.decode(std::vector<std::byte>(100, std::byte{0xff}), channels));
  CHECK_FALSE(Decoder::open(Codec::opus, audio::SampleRate::fromHertz(44'100), 2));
  CHECK_FALSE(Encoder::open({.channels = 5}));
}
