#include "Catch.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include <tutti/jam/Listening.hpp>
#include <tutti/jam/Speaking.hpp>

using namespace std::chrono_literals;
using namespace tutti;

namespace {

constexpr std::size_t kFrames = 64;
constexpr std::uint32_t kSsrc = 5U << 16U | 1U;
const room::Way kDirect{Endpoint{*IpAddress::parse("192.168.1.7"), 4000}};

/// The wire: keeps what was sent, as bytes.
class Wire {
public:
  jam::Speaking::Send send()
  {
    return [this](std::span<std::byte> buffer, std::size_t size) {
      const std::lock_guard lock{mutex_};
      packets_.emplace_back(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
      came_.notify_all();
    };
  }
  std::vector<std::vector<std::byte>> waitFor(std::size_t count)
  {
    std::unique_lock lock{mutex_};
    came_.wait(lock, [&] { return packets_.size() >= count; });
    return packets_;
  }

private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<std::vector<std::byte>> packets_;
};

void play(jam::ToRoom& door, std::int64_t block, float level)
{
  std::array<float, kFrames> sound{};
  sound.fill(level);
  const std::array<const float*, 2> ins{sound.data(), sound.data()};
  audio::Block played;
  played.frames = kFrames;
  played.first = SampleTime{block * static_cast<std::int64_t>(kFrames)};
  played.captured = hostTime(1'000'000 + block * 1333);
  const time::BeatGrid grid;
  door.render({ins, {}, played, grid});
}

std::unique_ptr<jam::Speaking> speaker(Wire& wire, stream::Codec codec = stream::Codec::float32)
{
  stream::StreamFormat format;
  format.codec = codec;
  auto speaking = jam::Speaking::begin(format, kSsrc, wire.send());
  REQUIRE(speaking);
  return std::move(*speaking);
}

/// What the packets say, as samples of the first channel.
std::vector<float> heard(const std::vector<std::vector<std::byte>>& packets)
{
  std::vector<float> all;
  for (const auto& packet : packets) {
    const auto rtp = net::parseRtp(packet);
    REQUIRE(rtp);
    auto decoder = stream::Decoder::open(stream::Codec::float32, {}, 2);
    std::vector<float> left(stream::Decoder::kMostFrames);
    std::vector<float> right(stream::Decoder::kMostFrames);
    const std::array<std::span<float>, 2> room{left, right};
    const auto frames = decoder->decode(rtp->payload, room);
    REQUIRE(frames);
    all.insert(all.end(), left.begin(), left.begin() + frames->frames);
  }
  return all;
}

} // namespace

TEST_CASE("Each block is a packet, in order, with its notes")
{
  Wire wire;
  const auto speaking = speaker(wire);
  speaking->setDeviceIn(Micros{2000});
  for (int block = 0; block < 3; ++block) play(*speaking->door(), block, 0.5F);
  const auto packets = wire.waitFor(3);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto rtp = net::parseRtp(packets[i]);
    REQUIRE(rtp);
    CHECK(rtp->header.sequenceNumber == i);
    CHECK(rtp->header.timestamp == i * kFrames);
    CHECK(rtp->header.ssrc == kSsrc);
    const auto said = rtp->extension(jam::PacketNotes::kExtension);
    REQUIRE(said);
    const auto notes = jam::PacketNotes::parse(*said);
    REQUIRE(notes);
    CHECK(notes->deviceIn == Micros{2000});
    CHECK(notes->channels == 2);
  }
  CHECK(heard(packets) == std::vector<float>(3 * kFrames, 0.5F));
}

TEST_CASE("How soon packets leave is counted from when the device handed out their sound")
{
  Wire wire;
  const auto speaking = speaker(wire);
  CHECK(speaking->sentWithin(1) == Micros{0});
  const auto isSent = [&] { return speaking->counts().packets > 0; };
  SECTION("long ago")
  {
    play(*speaking->door(), 0, 0.5F);
    while (!isSent()) std::this_thread::yield();
    CHECK(speaking->sentWithin(0.5) > 50ms);
  }
  SECTION("just now")
  {
    constexpr auto kAhead = 1h; // nothing is on its way so long
    speaking->setDeviceIn(time::HostClock::now() - hostTime(1'000'000) + kAhead);
    play(*speaking->door(), 0, 0.5F);
    while (!isSent()) std::this_thread::yield();
    CHECK(speaking->sentWithin(1) < 20us);
  }
}

TEST_CASE("A closed door sends silence, and opens and closes without a leap")
{
  Wire wire;
  const auto speaking = speaker(wire);
  play(*speaking->door(), 0, 0.5F);
  speaking->door()->setOpen(false);
  for (int block = 1; block < 4; ++block) play(*speaking->door(), block, 0.5F);
  speaking->door()->setOpen(true);
  for (int block = 4; block < 6; ++block) play(*speaking->door(), block, 0.5F);
  const auto sound = heard(wire.waitFor(6));
  CHECK(sound[2 * kFrames] == 0);
  CHECK(sound.back() == 0.5F);
  float leap = 0;
  for (std::size_t i = 1; i < sound.size(); ++i) leap = std::max(leap, std::abs(sound[i] - sound[i - 1]));
  CHECK(leap < 0.01F);
}

TEST_CASE("A report goes between the media")
{
  Wire wire;
  const auto speaking = speaker(wire);
  net::RtcpReport report;
  report.ssrc = kSsrc;
  report.blocks.tryAdd({});
  speaking->report(net::encodeRtcp(report));
  const auto packets = wire.waitFor(1);
  CHECK(net::isRtcp(packets[0]));
}

TEST_CASE("What one sends the other plays, and forgets when he leaves")
{
  Wire wire;
  const auto speaking = speaker(wire);
  jam::Listening listening{audio::SampleRate{}};
  for (int block = 0; block < 10; ++block) play(*speaking->door(), block, 0.5F);
  std::int64_t at = 1'000'500;
  for (const auto& packet : wire.waitFor(10)) {
    const auto rtp = net::parseRtp(packet);
    REQUIRE(rtp);
    listening.receive(*rtp, kDirect, hostTime(at += 1333));
  }
  const auto begun = listening.takeBegun();
  REQUIRE(begun.size() == 1);
  CHECK(begun[0].slot == 5);
  CHECK(begun[0].channels == 2);
  CHECK(listening.takeBegun().empty());
  listening.tick(hostTime(at));
  const auto report = listening.report(5);
  REQUIRE(report);
  CHECK(report->playout.received == 10 * kFrames);
  CHECK(report->capturedThere);
  CHECK(listening.makeReport(7U << 16U).blocks.size() == 1);
  listening.forget(5);
  CHECK_FALSE(listening.report(5));
}

TEST_CASE("What was captured more than two seconds from now is a replay, and is not played")
{
  Wire wire;
  const auto speaking = speaker(wire);
  for (int block = 0; block < 2; ++block) play(*speaking->door(), block, 0.5F);
  const auto packets = wire.waitFor(2);
  jam::Listening listening{audio::SampleRate{}};
  const auto receive = [&](std::size_t number, Micros after) {
    listening.receive(*net::parseRtp(packets[number]), kDirect, hostTime(1'000'000 + 3'000'000) + after);
  };
  room::ClockSync::Relation ahead; // their clock shows three seconds less than ours
  ahead.offsetMicros = -3e6;
  listening.setClock(5, ahead);
  receive(0, Micros{2'100'000});
  CHECK(listening.takeBegun().empty());
  receive(0, Micros{1000});
  CHECK(listening.takeBegun().size() == 1);
  receive(1, Micros{-2'100'000});
  receive(1, Micros{2'100'000});
  listening.tick(hostTime(4'010'000));
  const auto report = listening.report(5);
  REQUIRE(report);
  CHECK(report->stale == 3);
  CHECK(report->playout.received == kFrames);
}

TEST_CASE("As long as a clock is not known, everything may be played")
{
  Wire wire;
  const auto speaking = speaker(wire);
  play(*speaking->door(), 0, 0.5F);
  jam::Listening listening{audio::SampleRate{}};
  listening.setClock(5, std::nullopt);
  listening.receive(*net::parseRtp(wire.waitFor(1)[0]), kDirect, hostTime(99'000'000));
  CHECK(listening.takeBegun().size() == 1);
}

TEST_CASE("A newer stream of a member replaces the older one, not the other way")
{
  Wire first;
  Wire second;
  const auto older = speaker(first);
  play(*older->door(), 0, 0.5F);
  stream::StreamFormat format;
  format.codec = stream::Codec::pcm24;
  auto newer = jam::Speaking::begin(format, kSsrc + 1, second.send());
  REQUIRE(newer);
  play(*(*newer)->door(), 0, 0.5F);
  jam::Listening listening{audio::SampleRate{}};
  const auto give = [&](Wire& wire) {
    listening.receive(*net::parseRtp(wire.waitFor(1)[0]), kDirect, hostTime(1'000'000));
  };
  give(first);
  CHECK(listening.takeBegun().size() == 1);
  give(second);
  CHECK(listening.takeBegun().size() == 1);
  give(first); // was on its way
  CHECK(listening.takeBegun().empty());
}

TEST_CASE("Packets without notes, or in a format that nobody has, begin nothing")
{
  jam::Listening listening{audio::SampleRate{}};
  net::RtpPacket packet;
  packet.header.ssrc = kSsrc;
  packet.header.payloadType = stream::payloadTypeOf(stream::Codec::pcm16);
  listening.receive(packet, kDirect, hostTime(1'000'000));
  const auto notes = jam::PacketNotes{}.encode();
  packet.extensions.tryAdd({jam::PacketNotes::kExtension, notes});
  packet.header.payloadType = 33;
  listening.receive(packet, kDirect, hostTime(1'000'000));
  CHECK(listening.takeBegun().empty());
}

TEST_CASE("Opus carries the sound of a device at any usual rate")
{
  const auto rate = GENERATE(44'100, 48'000, 96'000);
  CAPTURE(rate);
  Wire wire;
  stream::StreamFormat format;
  format.codec = stream::Codec::opus;
  format.packet = {120};
  auto speaking = jam::Speaking::begin(format, kSsrc, wire.send(), audio::SampleRate::fromHertz(rate));
  REQUIRE(speaking);
  for (int block = 0; block < 20; ++block) play(*(*speaking)->door(), block, 0.5F);
  const auto expected =
    static_cast<std::size_t>(20 * kFrames * 48'000 / static_cast<std::size_t>(rate) / 120) - 1;
  const auto packets = wire.waitFor(expected);
  for (std::size_t i = 1; i < packets.size(); ++i)
    CHECK(net::parseRtp(packets[i])->header.timestamp ==
          net::parseRtp(packets[i - 1])->header.timestamp + 120);
  const auto said = net::parseRtp(packets[0])->extension(jam::PacketNotes::kExtension);
  REQUIRE(said);
  CHECK(jam::PacketNotes::parse(*said)->rate == audio::SampleRate{});
}

TEST_CASE("Redundancy mends holes also between players whose devices have different rates")
{
  Wire wire;
  stream::StreamFormat format;
  format.rate = audio::SampleRate::fromHertz(44'100);
  auto speaking = jam::Speaking::begin(format, kSsrc, wire.send());
  REQUIRE(speaking);
  (*speaking)->setEarlierFrames(1);
  constexpr int kBlocks = 100;
  for (int block = 0; block < kBlocks; ++block) {
    play(*(*speaking)->door(), block, 0.5F);
    wire.waitFor(static_cast<std::size_t>(block) + 1); // the ring is short
  }
  const auto packets = wire.waitFor(kBlocks);
  jam::Listening listening{audio::SampleRate::fromHertz(96'000)};
  std::int64_t at = 1'000'500;
  for (std::size_t i = 0; i < packets.size(); ++i, at += 1451)
    if (i % 5 != 3) listening.receive(*net::parseRtp(packets[i]), kDirect, hostTime(at));
  CHECK(listening.takeBegun().size() == 1);
  listening.tick(hostTime(at));
  const auto report = listening.report(5);
  REQUIRE(report);
  CHECK(report->playout.received == kBlocks * kFrames);
  CHECK(report->playout.recovered == kBlocks / 5 * kFrames);
}

TEST_CASE("A steady delay is kept when a member's newer stream replaces the older one")
{
  Wire first;
  Wire second;
  const auto older = speaker(first);
  auto newer = jam::Speaking::begin({}, kSsrc + 1, second.send());
  REQUIRE(newer);
  play(*older->door(), 0, 0.5F);
  play(*(*newer)->door(), 0, 0.5F);
  jam::Listening listening{audio::SampleRate{}};
  const auto give = [&](Wire& wire) {
    listening.receive(*net::parseRtp(wire.waitFor(1)[0]), kDirect, hostTime(1'000'000));
    const auto begun = listening.takeBegun();
    REQUIRE(begun.size() == 1);
    return begun[0].playout;
  };
  /// How long frames wait, after half a second of packets.
  const auto waitOf = [](stream::Playout& playout) {
    constexpr std::int64_t kBlock = 1333;
    std::array<float, kFrames> sound{};
    std::array<float, kFrames> left{};
    std::array<float, kFrames> right{};
    const std::array<std::span<const float>, 2> in{sound, sound};
    const std::array<std::span<float>, 2> out{left, right};
    for (std::int64_t block = 1; block < 375; ++block) {
      const SampleTime place{block * static_cast<std::int64_t>(kFrames)};
      const auto now = hostTime(1'000'000 + block * kBlock);
      playout.receive(place, in, now, now);
      playout.render(out, place, now, now);
    }
    return playout.statistics().playout;
  };
  listening.setMode(5, {stream::DelayMode::Kind::steady, Micros{40'000}}, Micros{2'000}, Micros{1'000});
  CHECK(waitOf(*give(first)) > Micros{30'000});
  CHECK(waitOf(*give(second)) > Micros{30'000});
}
