#include <Catch.hpp>
#include <string>
#include <tutti/net/Srtp.hpp>

#include "RtpPacket.hpp"

using namespace tutti;
using namespace tutti::net;
using namespace std::chrono_literals;
using Outcome = SrtpOpener::Outcome;
using test::RtpPacket;
using test::srtpKey;

namespace {

constexpr auto kStart = HostTime{} + 1h;
constexpr StreamId kStream{7, 1};
constexpr double kPacketsPerSecond = 48000.0 / 64;

using Packet = std::vector<std::byte>;

Packet sealed(SrtpSealer& sealer, std::uint16_t sequence, StreamId id = kStream)
{
  RtpPacket packet{id, sequence};
  const auto size = sealer.seal(packet.buffer, packet.size);
  REQUIRE(size);
  packet.size = *size;
  return packet.bytes();
}

Outcome openedBy(SrtpOpener& opener, Packet packet, HostTime now = kStart)
{
  return opener.open(packet, now).outcome;
}

/// A member who has been sending for a while.
struct Sender {
  SrtpSealer sealer;
  std::uint16_t sequence = 0;

  explicit Sender(std::uint16_t first = 0)
    : sequence{first}
  {
    sealer.useKey(1, srtpKey(1));
  }
  Packet next() { return sealed(sealer, sequence++); }
  void play(std::chrono::seconds length)
  {
    const auto packets = static_cast<int>(kPacketsPerSecond * static_cast<double>(length.count()));
    for (int i = 0; i < packets; ++i) next();
  }
};

SrtpOpener listener()
{
  SrtpOpener opener;
  opener.addKey(1, srtpKey(1));
  return opener;
}

} // namespace

TEST_CASE("What is sealed is opened, and nothing of it was to be read on the way")
{
  SrtpSealer sealer;
  sealer.useKey(1, srtpKey(1));
  RtpPacket packet{kStream, 100, "a sine of 440 hertz"};
  packet.size = sealer.seal(packet.buffer, packet.size).value();
  auto onTheWire = packet.bytes();
  const std::string wire{reinterpret_cast<const char*>(onTheWire.data()), onTheWire.size()};
  CHECK(wire.find("440") == std::string::npos);
  auto opener = listener();
  const auto opened = opener.open(onTheWire, kStart);
  REQUIRE(opened.outcome == Outcome::opened);
  const std::string plain{reinterpret_cast<const char*>(onTheWire.data()), opened.size};
  CHECK(plain.ends_with("a sine of 440 hertz"));
}

TEST_CASE("Who joins after five minutes at 64 frames hears at once")
{
  Sender sender;
  sender.play(5min);
  auto opener = listener();
  for (int i = 0; i < 100; ++i) CHECK(openedBy(opener, sender.next()) == Outcome::opened);
}

TEST_CASE("Who returns after sixty seconds away hears at once, from whatever place in the round")
{
  for (const int first : {0, 20000, 32767, 32768, 50000, 65535}) {
    CAPTURE(first);
    Sender sender{static_cast<std::uint16_t>(first)};
    auto opener = listener();
    CHECK(openedBy(opener, sender.next()) == Outcome::opened);
    sender.play(60s);
    for (int i = 0; i < 50; ++i) CHECK(openedBy(opener, sender.next()) == Outcome::opened);
    sender.play(60s);
    for (int i = 0; i < 50; ++i) CHECK(openedBy(opener, sender.next()) == Outcome::opened);
  }
}

TEST_CASE("All rounds are heard by who stays")
{
  Sender sender{65000};
  auto opener = listener();
  std::size_t heard = 0;
  constexpr std::size_t kPackets = 200'000; // three rounds
  for (std::size_t i = 0; i < kPackets; ++i)
    heard += openedBy(opener, sender.next()) == Outcome::opened ? 1U : 0U;
  CHECK(heard == kPackets);
}

TEST_CASE("A new key goes on where the old one was in its rounds")
{
  Sender sender;
  sender.play(3min);
  auto opener = listener();
  CHECK(openedBy(opener, sender.next()) == Outcome::opened);
  sender.sealer.useKey(2, srtpKey(2));
  opener.addKey(2, srtpKey(2));
  for (int i = 0; i < 100; ++i) CHECK(openedBy(opener, sender.next()) == Outcome::opened);
}

TEST_CASE("A packet is heard once")
{
  Sender sender;
  auto opener = listener();
  const auto packet = sender.next();
  CHECK(openedBy(opener, packet) == Outcome::opened);
  CHECK(openedBy(opener, packet) == Outcome::replayed);
}

TEST_CASE("Packets may overtake each other within the window of 1024, and not beyond")
{
  Sender sender{10};
  auto opener = listener();
  std::vector<Packet> packets;
  for (int i = 0; i < 1300; ++i) packets.push_back(sender.next());
  CHECK(openedBy(opener, packets.back()) == Outcome::opened);
  CHECK(openedBy(opener, packets[packets.size() - 1000]) == Outcome::opened);
  CHECK(openedBy(opener, packets[packets.size() - 1000]) == Outcome::replayed);
  CHECK(openedBy(opener, packets.front()) == Outcome::replayed);
}

TEST_CASE("A forged packet is dropped, whatever it claims, and changes nothing")
{
  Sender sender;
  auto opener = listener();
  CHECK(openedBy(opener, sender.next()) == Outcome::opened);
  for (std::size_t at : {8U, 11U, 13U, 17U, 20U, 24U}) {
    auto forged = sender.next();
    forged[at] ^= std::byte{0x40};
    CAPTURE(at);
    CHECK(openedBy(opener, forged) != Outcome::opened);
    CHECK(openedBy(opener, sender.next()) == Outcome::opened);
  }
}

TEST_CASE("Claims of a far future do not move a stream")
{
  Sender sender;
  auto opener = listener();
  CHECK(openedBy(opener, sender.next()) == Outcome::opened);
  for (int i = 0; i < 200; ++i) {
    auto forged = sender.next();
    forged[18] = static_cast<std::byte>(i + 1); // of the roll-over count
    CHECK(openedBy(opener, forged) == Outcome::forged);
  }
  CHECK(openedBy(opener, sender.next()) == Outcome::opened);
}

TEST_CASE("Forgers fill no memory")
{
  SrtpSealer stranger;
  stranger.useKey(1, srtpKey(66));
  auto opener = listener();
  for (std::uint16_t stream = 0; stream < 100; ++stream)
    CHECK(openedBy(opener, sealed(stranger, 1, {7, stream})) == Outcome::forged);
  Sender sender;
  CHECK(openedBy(opener, sender.next()) == Outcome::opened);
}

TEST_CASE("A member has forty-eight streams and no more")
{
  SrtpSealer sealer;
  sealer.useKey(1, srtpKey(1));
  auto opener = listener();
  for (std::uint16_t stream = 0; stream < 48; ++stream)
    CHECK(openedBy(opener, sealed(sealer, 1, {7, stream})) == Outcome::opened);
  CHECK(openedBy(opener, sealed(sealer, 1, {7, 48})) == Outcome::tooMany);
  CHECK(openedBy(opener, sealed(sealer, 2, {7, 3})) == Outcome::opened);
}

TEST_CASE("An old key is good for two more seconds once the new one is heard")
{
  Sender old;
  Sender fresh{100};
  fresh.sealer.useKey(2, srtpKey(2));
  auto opener = listener();
  opener.addKey(2, srtpKey(2));
  CHECK(openedBy(opener, old.next(), kStart + 60s) == Outcome::opened);
  CHECK(openedBy(opener, fresh.next(), kStart + 60s) == Outcome::opened);
  CHECK(openedBy(opener, old.next(), kStart + 61s) == Outcome::opened);
  CHECK(openedBy(opener, old.next(), kStart + 62s) == Outcome::unknownEpoch);
  CHECK(openedBy(opener, fresh.next(), kStart + 62s) == Outcome::opened);
}

TEST_CASE("Without the epoch's key a packet is only counted")
{
  Sender sender;
  SrtpOpener opener;
  CHECK(openedBy(opener, sender.next()) == Outcome::unknownEpoch);
}

TEST_CASE("A sequence number is never used twice, not even after a restart of the stream")
{
  Sender sender{500};
  sender.next();
  RtpPacket again{kStream, 500};
  CHECK_FALSE(sender.sealer.seal(again.buffer, again.size));
  RtpPacket earlier{kStream, 400};
  CHECK_FALSE(sender.sealer.seal(earlier.buffer, earlier.size));
  CHECK(sealed(sender.sealer, 501).size() > 12);
}

TEST_CASE("Nothing leaves unsealed: no key, no packet")
{
  SrtpSealer sealer;
  RtpPacket packet{kStream, 1};
  CHECK_FALSE(sealer.seal(packet.buffer, packet.size));
  sealer.useKey(1, srtpKey(1));
  CHECK_FALSE(sealer.seal(std::span{packet.buffer}.first(packet.size + 20), packet.size));
}

TEST_CASE("Reports are sealed as well")
{
  SrtpSealer sealer;
  sealer.useKey(1, srtpKey(1));
  auto opener = listener();
  for (int i = 0; i < 3; ++i) {
    RtpPacket report{kStream, 0, "who heard what"};
    report.buffer[1] = std::byte{201};
    report.buffer[4] = report.buffer[8];
    report.buffer[5] = report.buffer[9];
    report.buffer[6] = report.buffer[10];
    report.buffer[7] = report.buffer[11];
    report.size = sealer.seal(report.buffer, report.size).value();
    auto bytes = report.bytes();
    const auto opened = opener.open(bytes, kStart);
    CHECK(opened.outcome == Outcome::opened);
    CHECK(openedBy(opener, report.bytes()) == Outcome::replayed);
    CHECK(openedBy(opener, sealed(sealer, static_cast<std::uint16_t>(i + 1))) == Outcome::opened);
  }
}
