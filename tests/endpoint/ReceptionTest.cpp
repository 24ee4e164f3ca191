#include <Catch.hpp>
#include <cmath>
#include <complex>
#include <vector>

#include <Dice.hpp>
#include <SineFit.hpp>
#include <tutti/endpoint/Reception.hpp>
#include <tutti/endpoint/StreamPacker.hpp>

using namespace tutti;
using namespace tutti::endpoint;
using test::radians;

namespace {

constexpr StreamId kStream{1, Direction::fromServer, 0};

struct Setup {
  double ppm = 0;
  double seconds = 60;
  std::int32_t senderRate = 44'100;
  std::int32_t deviceRate = 48'000;
  AudioFormat format{.rate = 44'100, .channels = 1, .type = SampleType::f32};
  std::int64_t judged = 1; ///< one window in so many is listened to
};

/// What a device hears of a sine of 1 kHz; windows of a tenth of a second.
struct Heard {
  double worstResidual = -1e9; ///< dB, after the clocks are found
  double shortest = 1e9, longest = -1e9;
  Reception::Statistics statistics;
};

constexpr double kHertz = 1000;
constexpr double kSettled = 20; // s
constexpr std::size_t kBlock = 64;
constexpr std::int64_t kWindow = 4800; // frames

class Trial {
public:
  explicit Trial(const Setup& setup)
    : setup_{setup}
    , packer_{{}, kStream, setup.format}
    , reception_{setup.format, audio::SampleRate::fromHertz(setup.deviceRate)}
    , senderRate_{setup.senderRate * (1 + setup.ppm * 1e-6)}
    , output_(setup.format.channels, std::vector<float>(kBlock))
  {}

  Heard run()
  {
    for (std::int64_t played = 0; static_cast<double>(played) < setup_.seconds * setup_.deviceRate;
         played += std::int64_t{kBlock}) {
      const double now = static_cast<double>(played) / setup_.deviceRate * 1e6;
      send(now);
      const std::vector<std::span<float>> views{output_.begin(), output_.end()};
      reception_.render(views, SampleTime{played}, host(now), host(now));
      for (std::size_t i = 0; i < kBlock; ++i) hear(played + static_cast<std::int64_t>(i), output_.back()[i]);
    }
    heard_.statistics = reception_.statistics();
    return heard_;
  }

private:
  static HostTime host(double micros) { return hostTime(1'000'000'000 + static_cast<std::int64_t>(micros)); }

  void send(double until)
  {
    const auto at = [this] { return static_cast<double>(sent_ + std::int64_t{kBlock}) / senderRate_ * 1e6; };
    for (; at() + kTravel <= until; sent_ += std::int64_t{kBlock}) {
      const auto block = sineFrom(sent_);
      const std::vector<std::span<const float>> channels(setup_.format.channels, block);
      packer_.push(SampleTime{sent_}, channels);
      const double arrived = at() + kTravel + dice_.real(-20, 20);
      while (const auto datagram = packer_.next())
        reception_.receive(parseMedia(datagram->bytes()).value(), host(arrived), host(until));
    }
  }

  /// By turning a pointer, which is much faster than asking for each sine.
  [[nodiscard]] std::vector<float> sineFrom(std::int64_t first) const
  {
    const double cycles = kHertz / setup_.senderRate;
    auto pointer = std::polar(0.5, radians(std::fmod(cycles * static_cast<double>(first), 1.0)));
    const auto turn = std::polar(1.0, radians(cycles));
    std::vector<float> block(kBlock);
    for (auto& sample : block) {
      sample = static_cast<float>(pointer.imag());
      pointer *= turn;
    }
    return block;
  }

  void hear(std::int64_t frame, float sample)
  {
    if (frame / kWindow % setup_.judged != 0) return;
    const double cycles = kHertz * senderRate_ / setup_.senderRate / setup_.deviceRate;
    signal_.push_back(sample);
    phases_.push_back(radians(std::fmod(cycles * static_cast<double>(frame), 1.0)));
    if (frame % kWindow != kWindow - 1) return;
    if (static_cast<double>(frame) > kSettled * setup_.deviceRate) judge();
    signal_.clear();
    phases_.clear();
  }

  void judge()
  {
    const auto fit = test::fitSine(signal_, phases_);
    const double delay = -fit.phase / radians(1) * 1e6 / kHertz; // µs, within a cycle
    unwrapped_ += hasLast_ ? std::remainder(delay - last_, 1e6 / kHertz) : delay;
    hasLast_ = true;
    last_ = delay;
    heard_.worstResidual = std::max(heard_.worstResidual, fit.residualDb);
    heard_.shortest = std::min(heard_.shortest, unwrapped_);
    heard_.longest = std::max(heard_.longest, unwrapped_);
  }

  static constexpr double kTravel = 500; // µs

  Setup setup_;
  StreamPacker packer_;
  Reception reception_;
  double senderRate_;
  std::vector<std::vector<float>> output_;
  test::Dice dice_{1};
  std::int64_t sent_ = 0;
  std::vector<float> signal_;
  std::vector<double> phases_;
  bool hasLast_ = false;
  double last_ = 0, unwrapped_ = 0;
  Heard heard_;
};

void staysClean(const Setup& setup)
{
  CAPTURE(setup.ppm, setup.senderRate, nameOf(setup.format.type), setup.format.channels);
  const auto heard = Trial{setup}.run();
  CHECK(heard.worstResidual < -70);
  CHECK(heard.longest - heard.shortest < 200); // µs
  CHECK(heard.statistics.lost == 0);
  CHECK(heard.statistics.playout.gaps == 0);
  CHECK(heard.statistics.playout.leaps == 0);
  CHECK(heard.statistics.playout.driftPpm == Approx(setup.ppm).margin(2));
}

} // namespace

TEST_CASE("A server at 44.1 kHz is heard by a device at 48 kHz, clean and without slip, 300 ppm apart")
{
  staysClean({.ppm = 300, .seconds = 120});
  staysClean({.ppm = -300, .seconds = 120});
}

TEST_CASE("The other way round, and with eight channels of any type")
{
  staysClean({.ppm = 100,
              .senderRate = 48'000,
              .deviceRate = 44'100,
              .format = {.rate = 48'000, .channels = 8, .type = SampleType::i16}});
  staysClean(
    {.ppm = 0, .senderRate = 96'000, .format = {.rate = 96'000, .channels = 3, .type = SampleType::f64}});
}

TEST_CASE("An hour of 44.1 kHz at 48 kHz, 300 ppm faster", "[.hour]")
{
  staysClean({.ppm = 300, .seconds = 3600, .judged = 20});
}

TEST_CASE("An hour of 44.1 kHz at 48 kHz, 300 ppm slower", "[.hour]")
{
  staysClean({.ppm = -300, .seconds = 3600, .judged = 20});
}

TEST_CASE("Samples of a type that was not agreed on are counted, not heard")
{
  Reception reception{{.channels = 1}, audio::SampleRate::fromHertz(48'000)};
  const std::vector<std::byte> samples(64, std::byte{0x7f});
  reception.receive({{}, SampleType::i16, kStream, 1, 0, 0, samples}, hostTime(0), hostTime(0));
  CHECK(reception.statistics().refused == 1);
  CHECK(reception.statistics().bytes.frames == 0);
}
