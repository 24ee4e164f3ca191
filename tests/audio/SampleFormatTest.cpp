#include <Catch.hpp>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <tutti/audio/SampleFormat.hpp>
#include <vector>

using namespace tutti::audio;

namespace {

struct Written {
  std::vector<std::byte> bytes;
  ConversionLoss loss;
};

Written written(std::vector<float> samples, SampleFormat format, ByteOrder order = ByteOrder::little)
{
  Written result{std::vector<std::byte>(samples.size() * bytesPerSample(format)), {}};
  const std::span<const float> channel{samples};
  result.loss = encode({&channel, 1}, result.bytes, format, order);
  return result;
}

float readBack(std::span<const std::byte> bytes, SampleFormat format, ByteOrder order = ByteOrder::little)
{
  float sample = 0;
  const std::span<float> channel{&sample, 1};
  decode(bytes, {&channel, 1}, format, order);
  return sample;
}

/// The integer that one sample becomes.
std::int64_t integerOf(float sample, SampleFormat format)
{
  const auto bytes = written({sample}, format).bytes;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) value |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
  const auto unused = 64 - 8 * bytes.size();
  return static_cast<std::int64_t>(value << unused) >> unused;
}

float floatOf(std::int64_t integer, SampleFormat format)
{
  std::vector<std::byte> bytes(bytesPerSample(format));
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(integer >> (8 * i));
  return readBack(bytes, format);
}

std::vector<std::byte> bytesOf(std::initializer_list<int> values)
{
  std::vector<std::byte> bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

constexpr float kInfinity = std::numeric_limits<float>::infinity();
const float kNotANumber = std::nanf("");

} // namespace

TEST_CASE("Zero is zero and full scale is full scale, both ways")
{
  struct Case {
    SampleFormat format;
    std::int64_t largest;
  };
  for (const auto [format, largest] :
       {Case{SampleFormat::int16, 32'767}, Case{SampleFormat::int24, 8'388'607},
        Case{SampleFormat::int32, 2'147'483'647}}) {
    CAPTURE(largest);
    CHECK(integerOf(0.0F, format) == 0);
    CHECK(integerOf(1.0F, format) == largest);
    CHECK(integerOf(-1.0F, format) == -largest);
    CHECK(floatOf(0, format) == 0.0F);
    CHECK(floatOf(largest, format) == 1.0F);
    CHECK(floatOf(-largest, format) == -1.0F);
    CHECK(written({1.0F, -1.0F}, format).loss == ConversionLoss{});
  }
}

TEST_CASE("Every 16-bit integer comes back as itself")
{
  for (std::int64_t integer = -32'768; integer <= 32'767; ++integer)
    REQUIRE(integerOf(floatOf(integer, SampleFormat::int16), SampleFormat::int16) == integer);
}

TEST_CASE("24-bit integers come back as themselves")
{
  for (std::int64_t integer = -8'388'608; integer <= 8'388'607; integer += 97)
    REQUIRE(integerOf(floatOf(integer, SampleFormat::int24), SampleFormat::int24) == integer);
  for (const std::int64_t integer : {-8'388'608, -8'388'607, -1, 1, 8'388'606, 8'388'607})
    CHECK(integerOf(floatOf(integer, SampleFormat::int24), SampleFormat::int24) == integer);
}

TEST_CASE("Of 32-bit integers the upper 24 bits stay")
{
  std::mt19937_64 dice{5};
  for (int round = 0; round < 5000; ++round) {
    const auto integer = static_cast<std::int64_t>(static_cast<std::int32_t>(dice()));
    const auto back = integerOf(floatOf(integer, SampleFormat::int32), SampleFormat::int32);
    CAPTURE(integer, back);
    REQUIRE(std::abs(back - integer) <= 64);
  }
}

TEST_CASE("Conversion to integers rounds to the nearest")
{
  for (const double steps : {0.4, 0.6, 1.4, -0.4, -0.6, 1000.49, -1000.51}) {
    CAPTURE(steps);
    CHECK(integerOf(static_cast<float>(steps / 32'767), SampleFormat::int16) == std::lround(steps));
  }
}

TEST_CASE("Floats within the headroom pass to the bit")
{
  for (const float sample : {0.0F, -0.0F, 1.0F, -1.0F, 1e-38F, 1e-44F, 15.9F, 0.1F})
    for (const auto order : {ByteOrder::little, ByteOrder::big}) {
      const auto one = written({sample}, SampleFormat::float32, order);
      CHECK(std::bit_cast<std::uint32_t>(readBack(one.bytes, SampleFormat::float32, order)) ==
            std::bit_cast<std::uint32_t>(sample));
      CHECK(one.loss == ConversionLoss{});
    }
}

TEST_CASE("What is too loud stops at the limit, what is no number is silent, and both are counted")
{
  const std::vector<float> wild{1.01F, -1.01F, kInfinity, -kInfinity, kNotANumber, -kNotANumber, 0.5F, 1e30F};
  for (const auto format : {SampleFormat::int16, SampleFormat::int24, SampleFormat::int32}) {
    const auto result = written(wild, format);
    CHECK(result.loss == ConversionLoss{.clipped = 5, .notNumbers = 2});
    CHECK(integerOf(kInfinity, format) == integerOf(1.0F, format));
    CHECK(integerOf(-kInfinity, format) == integerOf(-1.0F, format) - 1);
    CHECK(integerOf(kNotANumber, format) == 0);
  }
  const auto result = written(wild, SampleFormat::float32);
  CHECK(result.loss == ConversionLoss{.clipped = 3, .notNumbers = 2});
}

TEST_CASE("Floats of strangers are made harmless while reading")
{
  const auto raw = [](float sample) {
    std::vector<std::byte> bytes(4);
    const auto bits = std::bit_cast<std::uint32_t>(sample);
    for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::byte>(bits >> (8 * i));
    return bytes;
  };
  CHECK(readBack(raw(kInfinity), SampleFormat::float32) == kLargestSample);
  CHECK(readBack(raw(-3e38F), SampleFormat::float32) == -kLargestSample);
  CHECK(readBack(raw(kNotANumber), SampleFormat::float32) == 0.0F);
  float sample = 0;
  const std::span<float> channel{&sample, 1};
  CHECK(decode(raw(kNotANumber), {&channel, 1}, SampleFormat::float32, ByteOrder::little).notNumbers == 1);
}

TEST_CASE("The bytes are where RFC 3551 and WAV files have them")
{
  CHECK(written({0.5F}, SampleFormat::int16, ByteOrder::big).bytes == bytesOf({0x40, 0x00}));
  CHECK(written({0.5F}, SampleFormat::int16).bytes == bytesOf({0x00, 0x40}));
  CHECK(written({-1.0F}, SampleFormat::int24, ByteOrder::big).bytes == bytesOf({0x80, 0x00, 0x01}));
  CHECK(written({-1.0F}, SampleFormat::int24).bytes == bytesOf({0x01, 0x00, 0x80}));
  CHECK(written({1.0F}, SampleFormat::int32, ByteOrder::big).bytes == bytesOf({0x7F, 0xFF, 0xFF, 0xFF}));
  CHECK(written({1.0F}, SampleFormat::float32, ByteOrder::big).bytes == bytesOf({0x3F, 0x80, 0, 0}));
}

TEST_CASE("Channels interleave into frames and part again")
{
  const std::array<float, 3> left{0.25F, 0.5F, -0.5F};
  const std::array<float, 3> right{-1.0F, 0.0F, 1.0F};
  const std::array<std::span<const float>, 2> channels{left, right};
  for (const auto format :
       {SampleFormat::int16, SampleFormat::int24, SampleFormat::int32, SampleFormat::float32})
    for (const auto order : {ByteOrder::little, ByteOrder::big}) {
      const auto width = bytesPerSample(format);
      std::vector<std::byte> frames(6 * width);
      encode(channels, frames, format, order);
      CHECK(readBack(std::span{frames}.subspan(1 * width, width), format, order) == -1.0F);
      CHECK(readBack(std::span{frames}.subspan(5 * width, width), format, order) == 1.0F);
      std::array<float, 3> leftBack{};
      std::array<float, 3> rightBack{};
      decode(frames, std::array<std::span<float>, 2>{leftBack, rightBack}, format, order);
      CHECK(rightBack == right);
      for (std::size_t i = 0; i < 3; ++i) CHECK(leftBack[i] == Approx(left[i]).margin(2e-5));
    }
}

TEST_CASE("Half a frame is not read, and too little room is not left")
{
  const std::array<float, 2> samples{1.0F, 1.0F};
  const std::span<const float> channel{samples};
  std::vector<std::byte> room(5, std::byte{7});
  encode({&channel, 1}, room, SampleFormat::int24, ByteOrder::big);
  CHECK(room == bytesOf({0x7F, 0xFF, 0xFF, 7, 7}));
  std::array<float, 2> back{9.0F, 9.0F};
  const std::span<float> backChannel{back};
  decode(room, {&backChannel, 1}, SampleFormat::int24, ByteOrder::big);
  CHECK(back == std::array<float, 2>{1.0F, 9.0F});
}
