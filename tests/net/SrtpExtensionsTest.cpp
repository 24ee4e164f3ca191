#include <Catch.hpp>
#include <array>
#include <string_view>
#include <tutti/net/RollOver.hpp>
#include <tutti/net/RtpPacket.hpp>
#include <tutti/net/Srtp.hpp>
#include <vector>

#include "Bytes.hpp"

using namespace tutti;
using namespace tutti::net;
using namespace std::chrono_literals;

namespace {

constexpr StreamId kStream{7, 1};
constexpr auto kNow = HostTime{} + 1h;

SrtpKey key()
{
  SrtpKey key{};
  key.fill(std::byte{0x5a});
  return key;
}

/// As a member sends it: how loud, when captured, what of its sound.
struct Said {
  std::vector<std::byte> level = test::bytesOf("L");
  std::vector<std::byte> captured = test::bytesOf("captured");
  std::vector<std::byte> notes = test::bytesOf("the notes");
};

std::vector<std::byte> plain(const Said& said, std::uint16_t sequence)
{
  const auto sound = test::bytesOf("sound");
  RtpPacket packet;
  packet.header = {.payloadType = 96, .sequenceNumber = sequence, .ssrc = kStream.ssrc()};
  packet.extensions.tryAdd({1, said.level});
  packet.extensions.tryAdd({2, said.captured});
  packet.extensions.tryAdd({3, said.notes});
  packet.payload = sound;
  const auto datagram = encodeRtp(packet);
  return {datagram.bytes().begin(), datagram.bytes().end()};
}

std::vector<std::byte> sealed(SrtpSealer& sealer, const Said& said, std::uint16_t sequence)
{
  auto buffer = plain(said, sequence);
  const auto size = buffer.size();
  buffer.resize(size + kSealGrowth);
  buffer.resize(sealer.seal(buffer, size).value());
  return buffer;
}

bool says(const RtpPacket& packet, std::uint8_t id, const std::vector<std::byte>& what)
{
  const auto element = packet.extension(id);
  return element && std::ranges::equal(*element, what);
}

} // namespace

TEST_CASE("What a packet says beside its sound is sealed, and opened again")
{
  SrtpSealer sealer;
  sealer.useKey(1, key());
  SrtpOpener opener;
  opener.addKey(1, key());
  const Said said;
  for (std::uint16_t sequence = 0; sequence < 3; ++sequence) {
    auto packet = sealed(sealer, said, sequence);
    const auto onTheWire = parseRtp(packet).value();
    CHECK_FALSE(says(onTheWire, 1, said.level));
    CHECK_FALSE(says(onTheWire, 2, said.captured));
    CHECK_FALSE(says(onTheWire, 3, said.notes));

    const auto opened = opener.open(packet, kNow);
    REQUIRE(opened.outcome == SrtpOpener::Outcome::opened);
    const auto read = parseRtp(std::span{packet}.first(opened.size)).value();
    CHECK(says(read, 1, said.level));
    CHECK(says(read, 2, said.captured));
    CHECK(says(read, 3, said.notes));
  }
}

TEST_CASE("The roll-over count stays to be read, as it is what opens the rest")
{
  SrtpSealer sealer;
  sealer.useKey(1, key());
  CHECK(readRollOver(sealed(sealer, {}, 0xffff)) == 0U);
  CHECK(readRollOver(sealed(sealer, {}, 0)) == 1U);
}

TEST_CASE("The same words look different in each packet")
{
  SrtpSealer sealer;
  sealer.useKey(1, key());
  const auto first = sealed(sealer, {}, 1);
  const auto second = sealed(sealer, {}, 2);
  CHECK_FALSE(
    std::ranges::equal(*parseRtp(first).value().extension(2), *parseRtp(second).value().extension(2)));
}

TEST_CASE("A word that was bent on the way breaks the seal")
{
  SrtpSealer sealer;
  sealer.useKey(1, key());
  SrtpOpener opener;
  opener.addKey(1, key());
  auto packet = sealed(sealer, {}, 1);
  const auto element = *parseRtp(packet).value().extension(2);
  packet[static_cast<std::size_t>(element.data() - packet.data())] ^= std::byte{1};
  CHECK(opener.open(packet, kNow).outcome == SrtpOpener::Outcome::forged);
}
