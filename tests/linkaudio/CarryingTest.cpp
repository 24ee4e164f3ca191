#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <deque>
#include <map>

#include <tutti/linkaudio/CarriedId.hpp>
#include <tutti/linkaudio/ChannelArrival.hpp>
#include <tutti/linkaudio/ChannelDispatch.hpp>

#include "Clicks.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using test::ChannelSimulation;
using test::Clicks;
using test::SessionStory;

namespace {

constexpr auto kRate = audio::SampleRate::fromHertz(48'000);
const auto kHere = carriedId(ChannelId{SessionStory::kId});

AudioBuffer bufferOf(std::uint64_t sequence, std::int64_t frame, std::uint8_t channels, test::Dice& dice)
{
  AudioBuffer buffer;
  buffer.session = SessionStory::kId;
  buffer.channels = channels;
  buffer.rate = kRate;
  const auto frames = 250 / channels;
  buffer.chunks = {{sequence, static_cast<std::uint16_t>(frames),
                    time::Beats::fromDouble(static_cast<double>(frame) / 24'000), time::Tempo::fromBpm(120)}};
  for (int i = 0; i < frames * channels; ++i)
    buffer.samples.push_back(static_cast<std::int16_t>(dice.whole(-32'768, 32'767)));
  return buffer;
}

net::RtpPacket parsed(const net::MediaDatagram& datagram)
{
  return net::parseRtp(datagram.bytes()).value();
}

} // namespace

TEST_CASE("A stamp of the beat comes back as it was said, and nonsense is none")
{
  const BeatStamp stamp{BeatStamp::nameOf(SessionStory::kId), time::Beats::fromMicroBeats(-123'456'789'012),
                        time::Tempo::fromMicrosPerBeat(491'803)};
  CHECK(BeatStamp::parse(stamp.encode()) == stamp);
  auto bytes = stamp.encode();
  CHECK_FALSE(BeatStamp::parse(std::span{bytes}.first(14)));
  bytes[12] = bytes[13] = bytes[14] = std::byte{};
  CHECK_FALSE(BeatStamp::parse(bytes));
}

TEST_CASE("Sound crosses the room to the bit, in 16 bits and in 24, with its beats")
{
  for (const auto codec : {stream::Codec::pcm16, stream::Codec::pcm24})
    for (const std::uint8_t channels : {std::uint8_t{1}, std::uint8_t{2}}) {
      CAPTURE(static_cast<int>(codec), static_cast<int>(channels));
      test::Dice dice{1};
      auto dispatch = ChannelDispatch::open(codec, kRate, channels, 0x10002).value();
      auto arrival = ChannelArrival::open(kHere, codec, kRate, channels).value();
      arrival.follow(SessionStory::kId);
      std::vector<std::int16_t> sent, came;
      std::int64_t frame = 0;
      for (std::uint64_t sequence = 1; sequence <= 400; ++sequence) {
        const auto now = hostTime(frame * 1'000'000 / 48'000);
        const auto buffer = bufferOf(sequence, frame, channels, dice);
        sent.insert(sent.end(), buffer.samples.begin(), buffer.samples.end());
        dispatch.push(buffer, now);
        while (const auto packet = dispatch.next()) {
          CHECK(packet->size() < 1300);
          arrival.receive(parsed(*packet), now);
        }
        for (const auto& out : arrival.drain(now)) {
          CHECK(out.channel == kHere);
          CHECK(out.session == SessionStory::kId);
          const auto expected = static_cast<double>(came.size() / channels) / 24'000;
          CHECK(out.chunks.front().begin.toDouble() == Approx(expected).margin(2e-6));
          came.insert(came.end(), out.samples.begin(), out.samples.end());
        }
        frame += 250 / channels;
      }
      REQUIRE(came.size() > sent.size() * 9 / 10);
      sent.resize(came.size());
      CHECK(came == sent);
      CHECK(arrival.counts().holes == 0);
    }
}

TEST_CASE("One packet in ten lost, disorder and repetitions: redundancy fills all, in order")
{
  test::Dice dice{2};
  auto dispatch = ChannelDispatch::open(stream::Codec::pcm16, kRate, 1, 0x10002).value();
  dispatch.setEarlierFrames(2);
  auto arrival = ChannelArrival::open(kHere, stream::Codec::pcm16, kRate, 1).value();
  arrival.follow(SessionStory::kId);
  std::vector<std::int16_t> sent, came;
  std::multimap<std::int64_t, net::MediaDatagram> underWay;
  std::int64_t lastLost = -10, number = 0;
  for (std::uint64_t sequence = 1; sequence <= 2000; ++sequence) {
    const auto frame = static_cast<std::int64_t>(sequence - 1) * 250;
    const auto at = frame * 1'000'000 / 48'000;
    const auto buffer = bufferOf(sequence, frame, 1, dice);
    sent.insert(sent.end(), buffer.samples.begin(), buffer.samples.end());
    dispatch.push(buffer, hostTime(at));
    while (const auto packet = dispatch.next()) {
      ++number;
      if (number > 20 && dice.real(0, 1) < 0.1 && number - lastLost > 2) {
        lastLost = number;
        continue;
      }
      for (int copy = 0; copy < (dice.real(0, 1) < 0.1 ? 2 : 1); ++copy)
        underWay.emplace(at + 30'000 + dice.whole(0, 8000), *packet);
    }
    while (!underWay.empty() && underWay.begin()->first <= at) {
      arrival.receive(parsed(underWay.begin()->second), hostTime(at));
      underWay.erase(underWay.begin());
    }
    for (const auto& out : arrival.drain(hostTime(at)))
      came.insert(came.end(), out.samples.begin(), out.samples.end());
  }
  REQUIRE(came.size() > sent.size() * 9 / 10);
  const auto begin = std::ranges::search(sent, std::span{came}.first(500)).begin() - sent.begin();
  sent.erase(sent.begin(), sent.begin() + begin); // the very first packets may have overtaken each other
  sent.resize(came.size());
  CHECK(came == sent);
  CHECK(arrival.counts().holes == 0);
}

TEST_CASE("What is lost for good is a hole in the beats")
{
  test::Dice dice{3};
  auto dispatch = ChannelDispatch::open(stream::Codec::pcm16, kRate, 1, 0x10002).value();
  auto arrival = ChannelArrival::open(kHere, stream::Codec::pcm16, kRate, 1).value();
  arrival.follow(SessionStory::kId);
  std::vector<Chunk> chunks;
  int number = 0;
  for (std::uint64_t sequence = 1; sequence <= 100; ++sequence) {
    const auto frame = static_cast<std::int64_t>(sequence - 1) * 250;
    const auto now = hostTime(frame * 1'000'000 / 48'000);
    dispatch.push(bufferOf(sequence, frame, 1, dice), now);
    while (const auto packet = dispatch.next())
      if (++number < 60 || number > 63) arrival.receive(parsed(*packet), now);
    for (const auto& out : arrival.drain(now))
      chunks.insert(chunks.end(), out.chunks.begin(), out.chunks.end());
  }
  CHECK(arrival.counts().holes == 1);
  int jumps = 0;
  for (std::size_t i = 1; i < chunks.size(); ++i) {
    const double step = (chunks[i].begin - chunks[i - 1].begin).toDouble() * 24'000 - chunks[i - 1].frames;
    if (std::abs(step) < 1) continue;
    ++jumps;
    CHECK(step == Approx(4 * 128).margin(1));
  }
  CHECK(jumps == 1);
}

TEST_CASE("Packets of another session, without a stamp or of another codec are counted, not passed on")
{
  test::Dice dice{4};
  auto dispatch = ChannelDispatch::open(stream::Codec::pcm16, kRate, 1, 0x10002).value();
  auto arrival = ChannelArrival::open(kHere, stream::Codec::pcm24, kRate, 1).value();
  dispatch.push(bufferOf(1, 0, 1, dice), hostTime(0));
  const auto datagram = dispatch.next().value();
  auto packet = parsed(datagram);
  arrival.receive(packet, hostTime(0));
  CHECK(arrival.counts().foreign == 1);
  arrival.follow(SessionStory::kId);
  arrival.receive(packet, hostTime(0));
  CHECK(arrival.counts().refused == 1);
  packet.extensions = {};
  arrival.receive(packet, hostTime(0));
  CHECK(arrival.counts().refused == 2);
  CHECK(arrival.drain(hostTime(1'000'000)).empty());
  AudioBuffer other = bufferOf(2, 250, 2, dice);
  CHECK_FALSE(dispatch.fits(other));
}

TEST_CASE("Clicks of one site are heard on the beat at another, through changes of the tempo and losses")
{
  SessionStory story{100};
  story.changeTempo(7.3, 140);
  ChannelSimulation::Setup setup;
  setup.placement = Placement::inBeats(1);
  Clicks clicks;
  ChannelSimulation simulation{setup, story, Clicks::signal(), clicks.ear()};
  auto dispatch = ChannelDispatch::open(stream::Codec::pcm24, kRate, 1, 0x10002).value();
  dispatch.setEarlierFrames(1);
  auto arrival = ChannelArrival::open(kHere, stream::Codec::pcm24, kRate, 1).value();
  arrival.follow(SessionStory::kId);
  test::Dice dice{5};
  std::deque<std::pair<HostTime, net::MediaDatagram>> underWay;
  std::int64_t frames = 0;
  std::deque<AudioBuffer> out;
  simulation.onWire = [&](AudioBuffer& buffer) { // through the room, 40 ms
    const auto now = hostTime(frames * 1'000'000 / 48'000);
    frames += static_cast<std::int64_t>(buffer.samples.size());
    dispatch.push(buffer, now);
    while (const auto packet = dispatch.next())
      if (dice.real(0, 1) >= 0.01) underWay.emplace_back(now + Micros{40'000}, *packet);
    for (; !underWay.empty() && underWay.front().first <= now; underWay.pop_front())
      arrival.receive(parsed(underWay.front().second), now);
    for (auto& carried : arrival.drain(now)) out.push_back(std::move(carried));
    buffer.chunks.clear(); // nothing goes the short way
    if (out.empty()) return;
    buffer = out.front();
    out.pop_front();
  };
  simulation.runUntil(20);
  std::size_t count = 0;
  for (const auto& click : clicks.heard) {
    CAPTURE(click.at, click.offBeat);
    CHECK(std::abs(click.offBeat) < 1);
    ++count;
  }
  CHECK(count >= 34);
}
