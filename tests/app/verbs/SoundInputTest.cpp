#include <Catch.hpp>

#include "verbs/terminal/SoundInput.hpp"

using namespace tutti;
using namespace tutti::app;
using Kind = SoundInput::Kind;

TEST_CASE("What others hear is the device, a tone, clicks or a file")
{
  CHECK(parseSoundInput("device")->kind == Kind::device);
  CHECK(parseSoundInput("clicks")->kind == Kind::clicks);
  CHECK(parseSoundInput("tone:440") == SoundInput{Kind::tone, 440, {}});
  CHECK(parseSoundInput("tone:20.5") == SoundInput{Kind::tone, 20.5, {}});
  CHECK(parseSoundInput("take 1.wav") == SoundInput{Kind::file, 440, "take 1.wav"});
}

TEST_CASE("A tone that nobody hears is refused, and so is nothing at all")
{
  for (const std::string text : {"tone:", "tone:a", "tone:19", "tone:20001", "tone:440Hz", "tone:nan", ""}) {
    CAPTURE(text);
    const auto input = parseSoundInput(text);
    REQUIRE_FALSE(input);
    CHECK_FALSE(input.error().detail.empty());
  }
}

TEST_CASE("A tone is an instrument, the device is none, and a file that is not there says so")
{
  const auto rate = audio::SampleRate::fromHertz(48'000);
  CHECK(*instrumentOf({Kind::tone, 440, {}}, rate) != nullptr);
  CHECK(*instrumentOf({Kind::clicks, 440, {}}, rate) != nullptr);
  CHECK(*instrumentOf({}, rate) == nullptr);
  const auto missing = instrumentOf({Kind::file, 440, "/no/such/file.wav"}, rate);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().detail.find("/no/such/file.wav") != std::string::npos);
}
