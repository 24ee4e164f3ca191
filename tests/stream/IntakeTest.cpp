#include <Catch.hpp>
#include <Dice.hpp>
#include <cmath>
#include <map>
#include <tutti/net/RedPayload.hpp>
#include <tutti/stream/CaptureTime.hpp>
#include <tutti/stream/Encoder.hpp>
#include <tutti/stream/Intake.hpp>
#include <tutti/stream/Redundancy.hpp>

using namespace tutti;
using namespace tutti::stream;
using audio::FrameCount;

namespace {

const auto kRate = audio::SampleRate::fromHertz(48'000);

/// A sender and a receiver of one channel, and what happens to packets in between.
struct Wire {
  explicit Wire(StreamFormat wanted)
    : format{wanted}
    , encoder{std::move(*Encoder::open(wanted))}
    , intake{playout, std::move(*Decoder::open(wanted.codec, kRate, 1)), 1}
  {}

  enum class Fate { arrives, lost, twice };

  void send(Fate fate = Fate::arrives, std::size_t earlier = 0)
  {
    const std::vector<float> frames(static_cast<std::size_t>(format.packet.frames), 0.25F);
    const std::span<const float> channel{frames};
    const auto payload = redundancy.pack(format.codec, timestamp, encoder.encode({&channel, 1}), earlier);
    for (int times = fate == Fate::lost ? 0 : fate == Fate::twice ? 2 : 1; times > 0; --times)
      receive(payload.payloadType, timestamp, payload.bytes.bytes());
    timestamp += static_cast<std::uint32_t>(format.packet.frames);
  }
  void receive(std::uint8_t type, std::uint32_t at, std::span<const std::byte> payload)
  {
    net::RtpPacket packet{{false, type, sequence++, at, 1}, {}, payload};
    intake.receive(packet, now, now);
    now += Micros{1333};
  }
  [[nodiscard]] std::uint64_t received() { return playout.statistics().received; }

  StreamFormat format;
  Playout playout{{kRate, kRate}, 1};
  Encoder encoder;
  Redundancy redundancy;
  Intake intake;
  std::uint32_t timestamp = 0xffff'ff00; // wraps soon
  std::uint16_t sequence = 0xfff0;       // wraps soon
  HostTime now = hostTime(1'000'000);
};

const StreamFormat kPcm{.channels = 1};
const StreamFormat kOpus{.codec = Codec::opus, .channels = 1, .packet = FrameCount{120}};

/// A packet that says the same in each of its four blocks, all of one place.
net::MediaDatagram fourTimes(std::span<const std::byte> said)
{
  net::RedBlocks blocks;
  for (int i = 0; i < 4; ++i) blocks.tryAdd({payloadTypeOf(Codec::opus), 0, said});
  return net::encodeRed(blocks);
}

} // namespace

TEST_CASE("Each frame is taken once, also when the count wraps or a packet comes twice")
{
  Wire wire{kPcm};
  for (int i = 0; i < 10; ++i) wire.send(Wire::Fate::twice);
  CHECK(wire.received() == 640);
  CHECK(wire.intake.counts().packets == 20);
  CHECK(wire.intake.counts().repeated == 10);
  CHECK(wire.intake.counts().refused == 0);
}

TEST_CASE("With one earlier frame said again, a single lost packet costs nothing; with two, two in a row")
{
  for (const std::size_t earlier : {1U, 2U}) {
    Wire wire{kPcm};
    for (int i = 0; i < 5; ++i) wire.send(Wire::Fate::arrives, earlier);
    for (std::size_t i = 0; i < earlier; ++i) wire.send(Wire::Fate::lost, earlier);
    wire.send(Wire::Fate::arrives, earlier);
    CAPTURE(earlier);
    CHECK(wire.received() == (6 + earlier) * 64);
    CHECK(wire.playout.statistics().recovered == earlier * 64);
    CHECK(wire.intake.counts().repeated == 0);
  }
}

TEST_CASE("How much is said again does not change what is known of the path")
{
  // 10 ± 5 ms: more than a third of the packets are overtaken by the next one, which says their frames, too.
  for (const std::size_t earlier : {0U, 1U, 2U}) {
    Wire wire{kPcm};
    test::Dice dice{11};
    const auto start = wire.now;
    std::multimap<HostTime, std::pair<Redundancy::Payload, net::RtpHeader>> under;
    const std::vector<float> frames(64, 0.25F);
    const std::span<const float> channel{frames};
    std::int64_t sent = 0;
    for (; sent < 20'000; ++sent) {
      const auto at = start + Micros{sent * 64 * 1'000'000 / 48'000};
      const auto payload =
        wire.redundancy.pack(kPcm.codec, wire.timestamp, wire.encoder.encode({&channel, 1}), earlier);
      const auto way = Micros{std::llround(dice.real(5'000, 15'000))};
      under.emplace(at + way, std::pair{payload, net::RtpHeader{false, payload.payloadType, wire.sequence++,
                                                                wire.timestamp, 1}});
      wire.timestamp += 64;
    }
    for (const auto& [at, packet] : under)
      wire.intake.receive({packet.second, {}, packet.first.bytes.bytes()}, at, at);
    const auto last = wire.intake.placeOf(wire.timestamp - 64);
    const auto usual =
      wire.playout.usualArrival(last) - (start + Micros{(sent - 1) * 64 * 1'000'000 / 48'000});
    CAPTURE(earlier, usual.count());
    CHECK(std::abs(static_cast<double>(usual.count()) - 10'000) < 300);
    CHECK(wire.playout.statistics().target < Micros{5'300});
    CHECK(wire.intake.counts().repeated == 0);
  }
}

TEST_CASE("Redundancy rescues Opus as well, in order")
{
  Wire wire{kOpus};
  for (int i = 0; i < 20; ++i) wire.send(i % 4 == 2 ? Wire::Fate::lost : Wire::Fate::arrives, 1);
  CHECK(wire.received() == 20 * 120);
  CHECK(wire.intake.counts().refused == 0);
}

TEST_CASE("An Opus packet that was overtaken is left alone, and PCM is taken")
{
  for (const auto& format : {kPcm, kOpus}) {
    Wire wire{format};
    wire.send();
    Wire late{format}; // the same sender, whose first packet comes last
    net::MediaDatagram first;
    const std::vector<float> frames(static_cast<std::size_t>(format.packet.frames), 0.5F);
    const std::span<const float> channel{frames};
    first.append(late.encoder.encode({&channel, 1}));
    const auto at = wire.timestamp;
    wire.timestamp += static_cast<std::uint32_t>(format.packet.frames);
    wire.send();
    const auto before = wire.received();
    wire.receive(payloadTypeOf(format.codec), at, first.bytes());
    CHECK((wire.received() > before) == (format.codec != Codec::opus));
  }
}

TEST_CASE("Over a hole of up to 20 ms Opus is led; after a longer one it begins anew")
{
  for (const std::uint32_t hole : {0U, 120U, 480U, 960U, 1080U, 4800U, 9600U}) {
    Wire wire{kOpus};
    wire.send();
    wire.timestamp += hole;
    wire.send();
    CAPTURE(hole);
    CHECK(wire.intake.counts().skipped == (hole <= 960 ? hole : 0U));
    CHECK(wire.received() == 2 * 120);
  }
}

TEST_CASE("To what is no packet of Opus nobody is led, however far ahead it claims to be")
{
  const std::vector endsEarly{std::byte{0xff}};            // the number of frames would be next
  const std::vector uneven{std::byte{0xe1}, std::byte{0}}; // two frames of one length, in a single byte
  for (const auto& bytes : {endsEarly, uneven}) {
    Wire wire{kOpus};
    wire.send();
    const auto packet = fourTimes(bytes);
    for (const std::uint32_t ahead : {240U, 4800U})
      for (int i = 0; i < 100; ++i) wire.receive(kRedPayloadType, wire.timestamp + ahead, packet.bytes());
    CHECK(wire.intake.counts().refused == 2 * 100 * 4);
    CHECK(wire.intake.counts().skipped == 0);
    wire.send();
    CHECK(wire.received() == 2 * 120); // in step, as if nothing had been said
  }
}

TEST_CASE("However fast packets come, with holes or without, Opus takes no more than its share of time")
{
  for (const std::uint32_t hole : {0U, 960U}) {
    Wire wire{kOpus};
    const std::array tiny{std::byte{0xe0}}; // 2.5 ms that Opus makes up
    auto now = wire.now;
    const auto rush = [&] {
      for (int i = 0; i < 2000; ++i) {
        wire.now = now; // all at once
        wire.timestamp += hole;
        wire.receive(payloadTypeOf(Codec::opus), wire.timestamp, tiny);
        wire.timestamp += 120;
      }
      return wire.received() + wire.intake.counts().skipped;
    };
    CAPTURE(hole);
    CHECK(rush() == 2 * 48'000); // as much as may come at once after a stall
    now += Micros{500'000};
    CHECK(rush() == 3 * 48'000);
  }
}

TEST_CASE("A payload that nobody announced, or that is torn, is counted and does nothing")
{
  Wire wire{kPcm};
  const std::vector<std::byte> odd(63, std::byte{0xff});
  wire.receive(payloadTypeOf(Codec::opus), 0, odd);
  wire.receive(payloadTypeOf(Codec::pcm16), 0, odd);
  wire.receive(kRedPayloadType, 0, odd);
  wire.receive(0, 0, odd);
  CHECK(wire.intake.counts().refused == 4);
  CHECK(wire.received() == 0);
}

TEST_CASE("Any bytes at all are survived, and what comes after them is heard")
{
  test::Dice dice{9};
  for (const auto& format : {kPcm, kOpus}) {
    Wire wire{format};
    for (int i = 0; i < 5000; ++i) {
      std::vector<std::byte> odd(static_cast<std::size_t>(dice.whole(0, 300)));
      for (auto& byte : odd) byte = static_cast<std::byte>(dice.whole(0, 255));
      const auto types = std::array{payloadTypeOf(format.codec), kRedPayloadType};
      wire.receive(types[static_cast<std::size_t>(dice.whole(0, 1))],
                   static_cast<std::uint32_t>(dice.anyWhole()), odd);
    }
    const auto before = wire.received();
    for (int i = 0; i < 10; ++i) wire.send();
    CHECK(wire.received() >= before + 9 * static_cast<std::uint64_t>(format.packet.frames));
  }
}

TEST_CASE("Earlier frames are added only as far as a packet has room for them")
{
  Redundancy redundancy;
  const std::vector<std::byte> small(512), large(1100);
  redundancy.pack(Codec::pcm16, 0, small, 2);
  CHECK(redundancy.pack(Codec::pcm16, 64, small, 2).bytes.size() == 512 * 2 + 5);
  const auto third = redundancy.pack(Codec::pcm16, 128, small, 2);
  CHECK(third.payloadType == kRedPayloadType);
  CHECK(third.bytes.size() == 512 * 2 + 5); // the third would not fit
  CHECK(redundancy.pack(Codec::pcm16, 192, large, 2).payloadType == payloadTypeOf(Codec::pcm16));
  CHECK(redundancy.pack(Codec::pcm16, 256, small, 2).payloadType ==
        payloadTypeOf(Codec::pcm16)); // 1100 is too long
}

TEST_CASE("Nothing earlier is said on a clean path: the packet is plain")
{
  Redundancy redundancy;
  const std::vector<std::byte> frames(256, std::byte{7});
  redundancy.pack(Codec::pcm16, 0, frames, 0);
  const auto payload = redundancy.pack(Codec::pcm16, 64, frames, 0);
  CHECK(payload.payloadType == payloadTypeOf(Codec::pcm16));
  CHECK(std::ranges::equal(payload.bytes.bytes(), frames));
}

TEST_CASE("The moment at the instrument survives the way")
{
  const auto moment = hostTime(0x0102'0304'0506'0708);
  const auto bytes = encodeCaptureTime(moment);
  CHECK(bytes[0] == std::byte{1});
  CHECK(bytes[7] == std::byte{8});
  CHECK(parseCaptureTime(bytes) == moment);
  CHECK_FALSE(parseCaptureTime(std::span{bytes}.first(7)));
}
