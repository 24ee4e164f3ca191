#include <Catch.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <tutti/audio/Meter.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::audio;
using namespace tutti::audio::literals;

namespace {

constexpr auto kRate = SampleRate::fromHertz(48'000);

/// Plays a signal to the meter in blocks that fit no period.
void play(Meter& meter, double seconds, const std::function<float(std::int64_t)>& signal)
{
  std::vector<float> block(96);
  const auto frames = static_cast<std::int64_t>(seconds * kRate.hertz());
  for (std::int64_t at = 0; at < frames;) {
    for (auto& sample : block) sample = signal(at++);
    meter.process(block);
  }
}

float sine(std::int64_t frame)
{
  return static_cast<float>(std::sin(2 * std::numbers::pi * 997.0 * static_cast<double>(frame) / 48'000));
}

float silence(std::int64_t)
{
  return 0.0F;
}

} // namespace

TEST_CASE("A meter that heard nothing shows silence")
{
  const Meter meter{kRate};
  CHECK(meter.read().peak == Decibels::silence());
  CHECK(meter.read().rms == Decibels::silence());
  CHECK_FALSE(meter.read().hasClipped);
}

TEST_CASE("A full-scale sine peaks at 0 dBFS with an RMS of -3.01")
{
  Meter meter{kRate};
  play(meter, 3, sine);
  CHECK(meter.read().peak.value() == Approx(0).margin(0.01));
  CHECK(meter.read().rms.value() == Approx(-3.01).margin(0.05));
}

TEST_CASE("A full-scale square has both at 0 dBFS")
{
  Meter meter{kRate};
  play(meter, 3, [](std::int64_t frame) { return frame / 24 % 2 == 0 ? 1.0F : -1.0F; });
  CHECK(meter.read().peak == 0_dB);
  CHECK(meter.read().rms.value() == Approx(0).margin(0.01));
}

TEST_CASE("A peak is held for a second and a half, then falls 20 dB a second")
{
  Meter meter{kRate};
  play(meter, 0.01, [](std::int64_t frame) { return frame == 7 ? -0.5F : 0.0F; });
  play(meter, 1.4, silence);
  CHECK(meter.read().peak.value() == Approx(-6.02).margin(0.01));
  play(meter, 1.1, silence);
  CHECK(meter.read().peak.value() == Approx(-26.02).margin(0.3));
  play(meter, 20, silence);
  CHECK(meter.read().peak == Decibels::silence());
  CHECK(meter.read().rms == Decibels::silence());
}

TEST_CASE("A louder peak takes over at once, a softer one waits")
{
  Meter meter{kRate};
  play(meter, 0.1, [](std::int64_t) { return 0.25F; });
  play(meter, 0.1, [](std::int64_t) { return 0.5F; });
  CHECK(meter.read().peak.value() == Approx(-6.02).margin(0.01));
  play(meter, 0.1, [](std::int64_t) { return 0.125F; });
  CHECK(meter.read().peak.value() == Approx(-6.02).margin(0.01));
}

TEST_CASE("A clip stays shown until it is cleared")
{
  Meter meter{kRate};
  play(meter, 0.1, [](std::int64_t frame) { return frame == 100 ? 1.0F : 0.1F; });
  play(meter, 10, silence);
  CHECK(meter.read().hasClipped);
  meter.clearClip();
  CHECK_FALSE(meter.read().hasClipped);
  play(meter, 0.1, [](std::int64_t frame) { return frame == 100 ? -2.0F : 0.1F; });
  CHECK(meter.read().hasClipped);
}

TEST_CASE("Just below full scale is no clip")
{
  Meter meter{kRate};
  play(meter, 0.1, [](std::int64_t) { return std::nextafter(1.0F, 0.0F); });
  CHECK_FALSE(meter.read().hasClipped);
}

TEST_CASE("What is no number clips, and does not stay in the average")
{
  for (const float wild : {std::nanf(""), std::numeric_limits<float>::infinity()}) {
    Meter meter{kRate};
    play(meter, 0.01, [=](std::int64_t frame) { return frame == 3 ? wild : 0.0F; });
    CHECK(meter.read().hasClipped);
    CHECK(meter.read().peak <= Decibels::of(24.1));
    play(meter, 30, sine);
    CHECK(meter.read().rms.value() == Approx(-3.01).margin(0.05));
  }
}
