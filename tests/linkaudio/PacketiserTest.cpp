#include <Catch.hpp>
#include <cmath>
#include <map>
#include <ostream>
#include <random>
#include <vector>

#include <tutti/linkaudio/Packetiser.hpp>

using namespace tutti;
using namespace tutti::linkaudio;

namespace {

struct Sent {
  std::uint64_t sequence;
  int frames;
  std::int64_t begin;
  std::int64_t upb = 500'000;

  friend bool operator==(const Sent&, const Sent&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Sent& sent)
  {
    return out << '(' << sent.sequence << ", " << sent.frames << ", " << sent.begin << ", " << sent.upb
               << ')';
  }
};
using Datagrams = std::vector<std::vector<Sent>>;

/// Writes numbered samples; collects what comes out.
struct Desk {
  explicit Desk(std::size_t most = Packetiser::kMostSamples)
    : packetiser{ChannelId{}, most}
  {}

  void write(int frames, std::int64_t begin, double bpm = 120, int rate = 48'000, int channels = 1,
             NodeId session = {})
  {
    std::vector<std::int16_t> numbered(static_cast<std::size_t>(frames * channels));
    for (auto& sample : numbered) sample = static_cast<std::int16_t>(next++);
    packetiser.push({session, time::Beats::fromMicroBeats(begin), time::Tempo::fromBpm(bpm),
                     audio::SampleRate::fromHertz(rate), static_cast<std::uint8_t>(channels), numbered},
                    now);
    take();
  }

  void pass(Micros time)
  {
    now += time;
    packetiser.advance(now);
    take();
  }

  void take()
  {
    while (auto buffer = packetiser.next()) {
      std::vector<Sent> chunks;
      for (const auto& chunk : buffer->chunks)
        chunks.push_back(
          {chunk.sequence, chunk.frames, chunk.begin.microBeats(), chunk.tempo.microsPerBeat()});
      sent.push_back(chunks);
      samples.insert(samples.end(), buffer->samples.begin(), buffer->samples.end());
      buffers.push_back(*buffer);
    }
  }

  [[nodiscard]] bool areSamplesInOrder() const
  {
    for (std::size_t i = 0; i < samples.size(); ++i)
      if (samples[i] != static_cast<std::int16_t>(i)) return false;
    return true;
  }

  Packetiser packetiser;
  HostTime now{};
  int next = 0;
  Datagrams sent;
  std::vector<std::int16_t> samples;
  std::vector<AudioBuffer> buffers;
};

constexpr std::int64_t k128 = 5333; // µ-beats of 128 frames at 48 kHz and 120 bpm, and some more

} // namespace

TEST_CASE("Contiguous blocks become datagrams of 251 frames, each with its own beat")
{
  Desk desk;
  for (int block = 0; block < 6; ++block) desk.write(128, std::llround(block * 128 / 0.024));
  // The reference adds up what it rounds, and says 20916.
  CHECK(desk.sent == Datagrams{{{1, 251, 0}}, {{2, 251, 10'458}}, {{3, 251, 20'917}}});
  desk.pass(Micros{20'000});
  CHECK(desk.sent.back() == std::vector<Sent>{{4, 15, 31'375}});
  CHECK(desk.areSamplesInOrder());
}

TEST_CASE("Two channels share the datagram")
{
  Desk desk;
  for (int block = 0; block < 4; ++block)
    desk.write(128, std::llround(block * 128 / 0.02205), 120, 44'100, 2);
  CHECK(desk.sent == Datagrams{{{1, 125, 0}}, {{2, 125, 5669}}, {{3, 125, 11'338}}, {{4, 125, 17'007}}});
  desk.pass(Micros{20'000});
  CHECK(desk.sent.back().front().frames == 12);
}

TEST_CASE("A long block is cut")
{
  Desk desk;
  desk.write(1024, 10'000'000);
  CHECK(desk.sent ==
        Datagrams{
          {{1, 251, 10'000'000}}, {{2, 251, 10'010'458}}, {{3, 251, 10'020'917}}, {{4, 251, 10'031'375}}});
  Desk exact;
  exact.write(502, 0);
  CHECK(exact.sent == Datagrams{{{1, 251, 0}}, {{2, 251, 10'458}}});
  CHECK_FALSE(exact.packetiser.nextDeadline());
}

TEST_CASE("A jump of the beats is marked where it is, not lost until the next datagram")
{
  Desk desk;
  desk.write(128, 0);
  desk.write(128, 5'000'000);
  desk.write(251, 5'000'000 + k128);
  CHECK(desk.sent == Datagrams{{{1, 128, 0}, {2, 123, 5'000'000}}, {{3, 251, 5'005'125}}});
}

TEST_CASE("A new tempo begins a new chunk, also where the beats go on")
{
  Desk contiguous;
  contiguous.write(128, 0);
  contiguous.write(128, 5333, 140); // the reference leaves it under the old tempo
  CHECK(contiguous.sent == Datagrams{{{1, 128, 0}, {2, 123, 5333, 428'571}}});
  Desk apart;
  apart.write(128, 0);
  apart.write(128, 5400, 140);
  CHECK(apart.sent == Datagrams{{{1, 128, 0}, {2, 123, 5400, 428'571}}});
}

TEST_CASE("Another format or session never shares a datagram with what was before")
{
  NodeId other{{1, 2, 3, 4, 5, 6, 7, 8}};
  Desk desk;
  desk.write(100, 0);
  desk.write(100, 1'000'000, 120, 48'000, 2);
  desk.write(10, 2'000'000, 120, 44'100, 2);
  desk.write(10, 3'000'000, 120, 44'100, 2, other);
  desk.write(1, 4'000'000);
  CHECK(desk.sent ==
        Datagrams{{{1, 100, 0}}, {{2, 100, 1'000'000}}, {{3, 10, 2'000'000}}, {{4, 10, 3'000'000}}});
  CHECK(desk.buffers[2].session == NodeId{});
  CHECK(desk.buffers[3].session == other);
  CHECK(desk.buffers[1].rate == audio::SampleRate::fromHertz(48'000));
  CHECK(desk.areSamplesInOrder());
}

TEST_CASE("Stamps that wander less than a millisecond open no chunk, and are believed at the next datagram")
{
  Desk desk;
  desk.write(128, 0);
  desk.write(128, 5333 + 1900); // 0.95 ms of beats at 120 bpm
  desk.write(246, 2 * 5333 + 1900);
  CHECK(desk.sent == Datagrams{{{1, 251, 0}}, {{2, 251, 10'458 + 1900}}});
  Desk far;
  far.write(128, 0);
  far.write(128, 5333 + 2100);
  CHECK(far.sent == Datagrams{{{1, 128, 0}, {2, 123, 7433}}});
}

TEST_CASE("Nothing adds up: an hour of extrapolated beats is exact")
{
  Desk desk;
  desk.write(251 * 100 * 20, 0, 120.7);
  const double each = 1e12 / (48'000.0 * static_cast<double>(time::Tempo::fromBpm(120.7).microsPerBeat()));
  for (std::size_t i = 0; i < desk.sent.size(); ++i)
    CHECK(desk.sent[i].front().begin == std::llround(static_cast<double>(i * 251) * each));
}

TEST_CASE("No datagram has more than eight chunks: it leaves earlier")
{
  Desk desk;
  for (int block = 0; block < 20; ++block) desk.write(4, block * 3'000'000LL);
  REQUIRE(desk.sent.size() == 2);
  CHECK(desk.sent[0].size() == 8);
  CHECK(desk.sent[1].size() == 8);
  CHECK(desk.sent[1][0] == Sent{9, 4, 24'000'000});
}

TEST_CASE("A rest that has waited for 20 ms leaves as it is")
{
  Desk desk;
  desk.write(32, 0);
  CHECK(desk.packetiser.nextDeadline() == desk.now + Micros{20'000});
  desk.pass(Micros{12'000});
  desk.write(32, 1333);
  desk.pass(Micros{7'999});
  CHECK(desk.sent.empty());
  desk.pass(Micros{1});
  CHECK(desk.sent == Datagrams{{{1, 64, 0}}});
}

TEST_CASE("Who asks again hears nothing of before, and chunks are counted on")
{
  Desk desk;
  desk.write(300, 0);
  desk.packetiser.clear();
  desk.pass(Micros{1'000'000});
  CHECK(desk.sent == Datagrams{{{1, 251, 0}}});
  desk.write(251, 8'000'000);
  CHECK(desk.sent.back() == std::vector<Sent>{{2, 251, 8'000'000}});
}

TEST_CASE("Blocks without frames, and of more than two channels, are nothing")
{
  Desk desk;
  desk.write(0, 0);
  desk.write(10, 0, 120, 48'000, 3);
  desk.pass(Micros{1'000'000});
  CHECK(desk.sent.empty());
}

TEST_CASE("Other caps than the usual one (link-audio 13)")
{
  Desk a{3000};
  for (int i = 0; i < 3; ++i) a.write(8000, i * 333'333LL);
  CHECK(a.sent.size() == 8);
  Desk b{8000};
  for (int i = 0; i < 8; ++i) b.write(3000, i * 125'000LL);
  CHECK(b.sent.size() == 3);
  Desk c{8000};
  for (int i = 0; i < 6; ++i) c.write(2000, i * 83'333LL, 120, 48'000, 2);
  CHECK(c.sent.size() == 3);
  CHECK(c.sent[0][0].frames == 4000);
  Desk d{4000};
  for (int i = 0; i < 3; ++i) d.write(4000, i * 166'667LL, 120, 48'000, 2);
  CHECK(d.sent.size() == 6);
  CHECK((a.areSamplesInOrder() && b.areSamplesInOrder() && c.areSamplesInOrder() && d.areSamplesInOrder()));
}

TEST_CASE("The samples of each of six tempi come out under it, none lost")
{
  Desk desk{(512 - 24 - 50) / 2};
  std::map<std::int64_t, std::size_t> wanted, came;
  double beat = 0;
  for (int i = 0; i < 6; ++i) {
    const double bpm = 60 + 30 * i;
    const int frames = 2000 * (i + 1);
    desk.write(frames, std::llround(beat * 1e6), bpm, 100, 2);
    wanted[time::Tempo::fromBpm(bpm).microsPerBeat()] += static_cast<std::size_t>(frames);
    beat += frames / 100.0 * bpm / 60;
  }
  desk.pass(Micros{20'000});
  for (const auto& datagram : desk.sent)
    for (const auto& chunk : datagram) came[chunk.upb] += static_cast<std::size_t>(chunk.frames);
  CHECK(came == wanted);
  CHECK(desk.areSamplesInOrder());
}

TEST_CASE("Whatever blocks come, every frame leaves once, in order, within its limits")
{
  std::mt19937_64 random{11};
  for (int story = 0; story < 200; ++story) {
    Desk desk;
    std::int64_t beat = 0;
    int channels = 1;
    for (int block = 0; block < 60; ++block) {
      if (random() % 8 == 0) beat = static_cast<std::int64_t>(random() % 100'000'000) - 50'000'000;
      if (random() % 16 == 0) channels = 1 + static_cast<int>(random() % 2);
      const int frames = 1 + static_cast<int>(random() % 2048);
      desk.write(frames, beat, random() % 4 == 0 ? 90 : 120, 48'000, channels);
      beat += frames * 1'000'000LL / 24'000;
      if (random() % 4 == 0) desk.pass(Micros{static_cast<std::int64_t>(random() % 30'000)});
    }
    desk.pass(Micros{20'000});
    CHECK(desk.areSamplesInOrder());
    CHECK(desk.samples.size() == static_cast<std::size_t>(desk.next));
    std::uint64_t sequence = 0;
    for (const auto& buffer : desk.buffers) {
      std::size_t frames = 0;
      for (const auto& chunk : buffer.chunks) {
        CHECK(chunk.sequence == ++sequence);
        CHECK(chunk.frames > 0);
        frames += chunk.frames;
      }
      CHECK(buffer.chunks.size() <= Packetiser::kMostChunks);
      CHECK(frames * buffer.channels == buffer.samples.size());
      CHECK(buffer.samples.size() <= Packetiser::kMostSamples);
    }
  }
}
