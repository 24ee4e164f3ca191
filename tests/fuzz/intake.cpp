// Whatever a member puts into its packets, playout goes on, and what it plays are numbers within bounds.
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include <tutti/stream/Intake.hpp>

#include "ByteScript.hpp"
#include "Require.hpp"

using namespace tutti;
using namespace tutti::stream;
using fuzz::Draw;
using fuzz::require;

namespace {

const auto kRate = audio::SampleRate::fromHertz(48'000);

class Session {
public:
  explicit Session(Codec codec)
    : intake_{playout_, std::move(*Decoder::open(codec, kRate, 2)), 2}
  {}

  void tell(const fuzz::Step& step)
  {
    Draw draw{std::as_bytes(std::span{step.decisions})};
    const std::array<std::uint8_t, 4> types{payloadTypeOf(Codec::pcm16), payloadTypeOf(Codec::opus),
                                            kRedPayloadType, draw.byte()};
    const auto type = static_cast<std::uint8_t>(types[step.kind % types.size()] & 0x7fU);
    timestamp_ += draw.flag() ? 64 : static_cast<std::uint32_t>(draw.raw());
    now_ += Micros{draw.byte() * 50};
    const net::RtpPacket packet{{false, type, 0, timestamp_, 1}, {}, draw.rest()};
    intake_.receive(packet, now_, now_);
    play();
  }

private:
  void play()
  {
    std::vector<float> left(64), right(64);
    const std::array<std::span<float>, 2> out{left, right};
    playout_.render(out, SampleTime{played_}, now_, now_);
    played_ += 64;
    for (const float sample : left) require(std::abs(sample) < 100.0F);
    const auto statistics = playout_.statistics();
    require(std::isfinite(statistics.driftPpm) && statistics.target >= Micros{0});
  }

  Playout playout_{{kRate, kRate}, 2};
  Intake intake_;
  std::uint32_t timestamp_ = 0;
  HostTime now_ = hostTime(1'000'000'000);
  std::int64_t played_ = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size == 0) return 0;
  Session session{data[0] % 2 == 0 ? Codec::pcm16 : Codec::opus};
  for (const auto& step : fuzz::splitSteps(std::span{data, size}.subspan(1))) session.tell(step);
  return 0;
}
