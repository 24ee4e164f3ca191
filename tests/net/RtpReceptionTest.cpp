#include <Catch.hpp>
#include <tutti/net/RtpReception.hpp>

using namespace tutti;
using namespace tutti::net;

namespace {

constexpr std::uint32_t kFrames = 64;

/// A stream of packets of 64 frames, some of which arrive.
struct Stream {
  RtpReception reception;
  std::uint32_t count = 65'530; // wraps soon
  std::uint32_t late = 0;       // frames

  void send(int packets = 1)
  {
    for (; packets > 0; --packets, ++count)
      reception.received({false, 96, static_cast<std::uint16_t>(count), count * kFrames, 1},
                         count * kFrames + late);
  }
  void lose(int packets = 1) { count += static_cast<std::uint32_t>(packets); }
};

} // namespace

TEST_CASE("A machine that has been on for days counts on, modulo what a timestamp holds")
{
  constexpr double kRate = 48'000;
  constexpr Micros kDay{std::chrono::hours{24}};
  CHECK(ticksAt(hostTime(1'000'000), kRate) == 48'000);
  CHECK(ticksAt(hostTime(0) + 2 * kDay, kRate) == 2ULL * 86'400 * 48'000 % 0x1'0000'0000ULL);
  const auto before = hostTime(89'478'485'000); // the last millisecond before it passes 2^32
  CHECK(static_cast<std::uint32_t>(ticksAt(before + Micros{1000}, kRate) - ticksAt(before, kRate)) == 48);
  CHECK(ticksAt(before + Micros{1000}, kRate) < ticksAt(before, kRate));
}

TEST_CASE("Nothing is reported lost of a stream that arrives whole, also when its numbers wrap")
{
  Stream stream;
  stream.send(100);
  const auto block = stream.reception.report(1);
  CHECK(block.fractionLost == 0);
  CHECK(block.cumulativeLost == 0);
  CHECK(block.highestSequence == 65'530 + 99);
  CHECK(block.jitter == 0);
}

TEST_CASE("The share lost is that since the last report, the count that of all time")
{
  Stream stream;
  stream.send(50);
  stream.lose(50);
  stream.send(100);
  CHECK(stream.reception.report(1).fractionLost == 64); // a quarter
  stream.send(100);
  const auto block = stream.reception.report(1);
  CHECK(block.fractionLost == 0);
  CHECK(block.cumulativeLost == 50);
}

TEST_CASE("A report about nothing is a report of nothing")
{
  RtpReception reception;
  CHECK(reception.report(5) == RtcpReportBlock{.ssrc = 5});
}

TEST_CASE("A packet said twice counts against the lost")
{
  Stream stream;
  stream.send(10);
  --stream.count;
  stream.send();
  CHECK(stream.reception.lost() == -1);
}

TEST_CASE("A sender that begins anew is believed at its second packet, and the hole is no loss")
{
  Stream stream;
  stream.send(10);
  stream.lose(30'000);
  stream.send();
  CHECK(stream.reception.packets() == 10);
  stream.send(9);
  CHECK(stream.reception.packets() == 19);
  CHECK(stream.reception.lost() == 0);
}

TEST_CASE("A single packet from nowhere changes nothing")
{
  Stream stream;
  stream.send(10);
  stream.reception.received({false, 96, 40'000, 0, 1}, 0);
  stream.send(10);
  CHECK(stream.reception.lost() == 0);
  CHECK(stream.reception.packets() == 20);
}

TEST_CASE("Jitter is the mean change of the way's length, smoothed over sixteen packets")
{
  Stream stream;
  for (int i = 0; i < 500; ++i) {
    stream.late = stream.late == 0 ? 48 : 0;
    stream.send();
  }
  CHECK(stream.reception.report(1).jitter == Approx(48).margin(1));
}
