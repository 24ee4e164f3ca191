// How many streams of one member are begun. What comes of them: SpeakingTest.cpp.
#include "Catch.hpp"

#include <cstdint>
#include <vector>

#include <tutti/jam/Listening.hpp>

using namespace std::chrono_literals;
using namespace tutti;

namespace {

constexpr jam::Slot kMember = 5;
constexpr jam::Slot kOther = 6;
constexpr auto kStart = HostTime{} + 1h;

/// A packet of the member's stream of this number.
void give(jam::Listening& listening, std::uint32_t number, HostTime at, std::uint8_t channels = 2,
          jam::Slot member = kMember)
{
  jam::PacketNotes said;
  said.channels = channels;
  const auto notes = said.encode();
  const std::vector<std::byte> silence(64 * 2 * std::size_t{channels});
  net::RtpPacket packet;
  packet.header.ssrc = std::uint32_t{member} << 16U | number;
  packet.header.payloadType = stream::payloadTypeOf(stream::Codec::pcm16);
  packet.extensions.tryAdd({jam::PacketNotes::kExtension, notes});
  packet.payload = silence;
  listening.receive(packet, Endpoint{*IpAddress::parse("192.168.1.7"), 4000}, at);
}

} // namespace

TEST_CASE("Whoever begins stream after stream is followed four times at once, and once a second")
{
  jam::Listening listening{audio::SampleRate{}};
  std::uint32_t number = 0;
  const auto beginMany = [&](HostTime at) {
    std::size_t begun = 0;
    for (int i = 0; i < 50; ++i) {
      give(listening, ++number, at);
      begun += listening.takeBegun().size();
    }
    return begun;
  };
  CHECK(beginMany(kStart) == 4);
  CHECK(beginMany(kStart + 1s) == 1);
  give(listening, 1, kStart + 1s, 2, kOther); // another member has nothing to do with it
  CHECK(listening.takeBegun().size() == 1);
  give(listening, number, kStart + 2s); // the last one is heard in the end
  CHECK(listening.takeBegun().size() == 1);
}

TEST_CASE("Of streams that nobody has fetched yet only the newest of each member waits")
{
  jam::Listening listening{audio::SampleRate{}};
  give(listening, 1, kStart);
  give(listening, 1, kStart, 2, kOther);
  give(listening, 2, kStart);
  give(listening, 3, kStart, 1);
  const auto begun = listening.takeBegun();
  REQUIRE(begun.size() == 2);
  CHECK(begun.front().slot == kOther);
  CHECK(begun.back().slot == kMember);
  CHECK(begun.back().channels == 1);
}

TEST_CASE("However often our own device changes, everybody is heard at once")
{
  jam::Listening listening{audio::SampleRate{}};
  for (const auto hertz : {44'100, 48'000, 88'200, 96'000, 176'400, 192'000}) {
    listening.setDeviceRate(audio::SampleRate::fromHertz(hertz));
    give(listening, 1, kStart);
    CHECK(listening.takeBegun().size() == 1);
  }
}
