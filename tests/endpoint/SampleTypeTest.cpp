#include <Catch.hpp>
#include <Dice.hpp>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <tutti/endpoint/AudioFormat.hpp>
#include <tutti/endpoint/SampleType.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::endpoint;

namespace {

std::vector<std::byte> written(float sample, SampleType type)
{
  std::vector<std::byte> bytes(bytesOf(type));
  const std::span<const float> channel{&sample, 1};
  encodeFrames({&channel, 1}, bytes, type);
  return bytes;
}

float readBack(std::span<const std::byte> bytes, SampleType type)
{
  float sample = -7;
  const std::span<float> channel{&sample, 1};
  decodeFrames(bytes, {&channel, 1}, type);
  return sample;
}

std::vector<std::byte> hex(std::initializer_list<unsigned> bytes)
{
  std::vector<std::byte> all;
  for (const auto byte : bytes) all.push_back(static_cast<std::byte>(byte));
  return all;
}

SampleType typeAt(std::size_t i)
{
  return sampleTypeOf(static_cast<std::uint8_t>(i)).value();
}

} // namespace

TEST_CASE("Silence of unsigned types is the middle, of all others zero")
{
  CHECK(written(0, SampleType::u8) == hex({0x80}));
  CHECK(written(0, SampleType::u16) == hex({0x00, 0x80}));
  CHECK(written(0, SampleType::u24) == hex({0x00, 0x00, 0x80}));
  CHECK(written(0, SampleType::u32) == hex({0, 0, 0, 0x80}));
  CHECK(written(0, SampleType::u64) == hex({0, 0, 0, 0, 0, 0, 0, 0x80}));
  for (std::size_t i = 5; i < kSampleTypes; ++i)
    CHECK(written(0, typeAt(i)) == std::vector<std::byte>(bytesOf(typeAt(i))));
  for (std::size_t i = 0; i < kSampleTypes; ++i) CHECK(readBack(written(0, typeAt(i)), typeAt(i)) == 0.0F);
}

TEST_CASE("Full scale is the largest number, and the lowest byte comes first")
{
  CHECK(written(1, SampleType::i16) == hex({0xff, 0x7f}));
  CHECK(written(-1, SampleType::i16) == hex({0x01, 0x80}));
  CHECK(written(-2, SampleType::i16) == hex({0x00, 0x80}));
  CHECK(written(1, SampleType::u8) == hex({0xff}));
  CHECK(written(-1, SampleType::u8) == hex({0x01}));
  CHECK(written(1, SampleType::i24) == hex({0xff, 0xff, 0x7f}));
  CHECK(written(2, SampleType::i64) == hex({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}));
  CHECK(written(-2, SampleType::i64) == hex({0, 0, 0, 0, 0, 0, 0, 0x80}));
  CHECK(written(1, SampleType::f32) == hex({0, 0, 0x80, 0x3f}));
  CHECK(written(-1, SampleType::f64) == hex({0, 0, 0, 0, 0, 0, 0xf0, 0xbf}));
  for (std::size_t i = 0; i < kSampleTypes; ++i) {
    CHECK(readBack(written(1, typeAt(i)), typeAt(i)) == 1.0F);
    CHECK(readBack(written(-1, typeAt(i)), typeAt(i)) == -1.0F);
  }
}

TEST_CASE("What was read is written as the same number, as far as a float holds it")
{
  test::Dice dice{1};
  for (std::size_t i = 0; i < kSampleTypes; ++i) {
    const auto type = typeAt(i);
    const bool isHeldWhole = bytesOf(type) <= 3;
    for (int round = 0; round < 3000; ++round) {
      std::vector<std::byte> bytes(bytesOf(type));
      for (auto& byte : bytes) byte = static_cast<std::byte>(dice.whole(0, 255));
      const float once = readBack(bytes, type);
      CAPTURE(i, once);
      REQUIRE(std::isfinite(once));
      if (isHeldWhole) REQUIRE(written(once, type) == bytes);
      if (std::abs(once) <= 1) REQUIRE(readBack(written(once, type), type) == once);
    }
  }
}

TEST_CASE("A float sample travels to the bit")
{
  test::Dice dice{2};
  for (int round = 0; round < 3000; ++round) {
    const auto sample = static_cast<float>(dice.real(-1, 1));
    for (const auto type : {SampleType::f32, SampleType::f64})
      REQUIRE(std::bit_cast<std::uint32_t>(readBack(written(sample, type), type)) ==
              std::bit_cast<std::uint32_t>(sample));
  }
}

TEST_CASE("What is no number is silence, and nothing is beyond what an ear can take")
{
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float endless = std::numeric_limits<float>::infinity();
  for (std::size_t i = 0; i < kSampleTypes; ++i) CHECK(readBack(written(nan, typeAt(i)), typeAt(i)) == 0.0F);
  CHECK(readBack(hex({0, 0, 0xc0, 0x7f}), SampleType::f32) == 0.0F);
  CHECK(readBack(hex({0, 0, 0, 0, 0, 0, 0xf0, 0x7f}), SampleType::f64) == 16.0F);
  CHECK(readBack(written(-endless, SampleType::f32), SampleType::f32) == -16.0F);
}

TEST_CASE("Frames are interleaved, and no half frame is touched")
{
  const std::array<float, 2> left{1, 0}, right{-1, 0};
  const std::array<std::span<const float>, 2> channels{left, right};
  std::vector<std::byte> bytes(5, std::byte{9});
  encodeFrames(channels, bytes, SampleType::i8);
  CHECK(bytes == hex({0x7f, 0x81, 0, 0, 9}));
}

TEST_CASE("Types have names")
{
  for (std::size_t i = 0; i < kSampleTypes; ++i) CHECK(sampleTypeNamed(nameOf(typeAt(i))) == typeAt(i));
  CHECK_FALSE(sampleTypeNamed("f16"));
  CHECK_FALSE(sampleTypeOf(12));
}

TEST_CASE("A format says why it cannot be")
{
  CHECK(check({}));
  CHECK(check({44'100.5, 8, 0, SampleType::u64}));
  CHECK_FALSE(check({.rate = std::numeric_limits<double>::quiet_NaN()}));
  CHECK_FALSE(check({.rate = -48'000}));
  CHECK_FALSE(check({.channels = 0}));
  CHECK(check({.channels = 9}).error().detail ==
        "A stream cannot have 9 channels; offer 1 to 8 in each, and more streams.");
  CHECK_FALSE(check({.buffer = 48'001}));
  CHECK(AudioFormat{.rate = 44'099.6}.nominalRate().hertz() == 44'100);
  CHECK(checkRates(44'100, audio::SampleRate::fromHertz(48'000)));
  CHECK_FALSE(checkRates(8000, audio::SampleRate::fromHertz(192'000)));
  CHECK_FALSE(checkRates(192'000, audio::SampleRate::fromHertz(8000)));
}
