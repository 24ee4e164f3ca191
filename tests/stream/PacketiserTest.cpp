#include <Catch.hpp>
#include <Dice.hpp>
#include <tutti/stream/Outlet.hpp>
#include <tutti/stream/Packetiser.hpp>
#include <vector>

using namespace tutti;
using namespace tutti::stream;
using audio::FrameCount;

namespace {

const auto kRate = audio::SampleRate::fromHertz(48'000);

/// A device whose samples are their own frame numbers, and the packets that come of it.
struct Line {
  explicit Line(std::int64_t packet)
    : packetiser{kRate, 1, FrameCount{packet}}
  {}

  void block(std::size_t frames)
  {
    std::vector<float> samples(frames);
    for (std::size_t i = 0; i < frames; ++i)
      samples[i] = static_cast<float>(device + static_cast<std::int64_t>(i));
    const std::span<const float> channel{samples};
    CHECK(outlet.send({&channel, 1}, SampleTime{device}, momentOf(device)));
    device += static_cast<std::int64_t>(frames);
    while (const auto chunk = outlet.tryTake()) {
      packetiser.push(*chunk);
      while (const auto packet = packetiser.next()) note(*packet);
    }
  }
  void note(const Packetiser::Packet& packet)
  {
    CHECK(packet.channels[0].front() == static_cast<float>(packet.first.frames));
    CHECK(packet.channels[0].back() ==
          packet.channels[0].front() + static_cast<float>(packet.channels[0].size()) - 1);
    CHECK(std::abs((packet.captured - momentOf(packet.first.frames)).count()) <= 2);
    firsts.push_back(packet.first.frames);
  }
  [[nodiscard]] static HostTime momentOf(std::int64_t frame)
  {
    return hostTime(1'000'000) + kRate.toMicros(FrameCount{frame});
  }

  Outlet outlet{kRate, 1};
  Packetiser packetiser;
  std::int64_t device = 0;
  std::vector<std::int64_t> firsts;
};

} // namespace

TEST_CASE(
  "Blocks of any length become packets of one, without a hole, each with its moment at the instrument")
{
  test::Dice dice{3};
  for (const std::int64_t length : {16, 64, 120, 128, 480}) {
    Line line{length};
    while (line.device < 50'000) line.block(static_cast<std::size_t>(dice.whole(1, 2048)));
    CAPTURE(length);
    REQUIRE(static_cast<std::int64_t>(line.firsts.size()) == line.device / length);
    for (std::size_t i = 0; i < line.firsts.size(); ++i)
      REQUIRE(line.firsts[i] == static_cast<std::int64_t>(i) * length);
    CHECK(line.packetiser.dropped() == 0);
  }
}

TEST_CASE("A block of the packet's length is on the wire at once")
{
  Line line{64};
  for (int i = 0; i < 5; ++i) {
    line.block(64);
    CHECK(line.firsts.size() == static_cast<std::size_t>(i + 1));
  }
}

TEST_CASE("Where the device lost frames, what was begun is dropped, and goes on after the hole")
{
  Line line{120};
  line.block(64);
  line.device += 1000;
  line.block(128);
  CHECK(line.firsts == std::vector<std::int64_t>{1064});
  CHECK(line.packetiser.dropped() == 64);
}

TEST_CASE("A media thread that is far behind loses the newest, and the callback hears of it")
{
  Outlet outlet{kRate, 1};
  const std::vector<float> samples(2048);
  const std::span<const float> channel{samples};
  std::int64_t first = 0;
  for (int i = 0; i < 4; ++i, first += 2048) CHECK(outlet.send({&channel, 1}, SampleTime{first}, HostTime{}));
  CHECK_FALSE(outlet.send({&channel, 1}, SampleTime{first}, HostTime{}));
  CHECK(outlet.tryTake()->first == SampleTime{0});
}

TEST_CASE("A channel that does not exist now is sent as silence")
{
  Outlet outlet{kRate, 2};
  const std::vector<float> samples(64, 0.5F);
  const std::array<std::span<const float>, 2> channels{samples, std::span<const float>{}};
  CHECK(outlet.send(channels, SampleTime{0}, HostTime{}));
  const auto chunk = outlet.tryTake();
  REQUIRE(chunk);
  CHECK(chunk->samples[0][63] == 0.5F);
  CHECK(chunk->samples[1][63] == 0.0F);
}
