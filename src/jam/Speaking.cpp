#include <tutti/jam/Speaking.hpp>

#include <algorithm>

#include <tutti/jam/PacketNotes.hpp>
#include <tutti/rt/Priority.hpp>
#include <tutti/stream/CaptureTime.hpp>

namespace tutti::jam {
namespace {

using Millis = std::chrono::duration<double, std::milli>;

} // namespace

Result<std::unique_ptr<Speaking>> Speaking::begin(const stream::StreamFormat& format, std::uint32_t ssrc,
                                                  Send send, std::optional<audio::SampleRate> device)
{
  const auto heard = device.value_or(format.rate);
  std::optional<stream::RateChange> rateChange;
  if (heard != format.rate) {
    auto change = stream::RateChange::between(heard, format.rate, format.channels);
    if (!change) return tl::unexpected{change.error()};
    rateChange = std::move(*change);
  }
  return stream::Encoder::open(format).map([&](stream::Encoder&& encoder) {
    return std::unique_ptr<Speaking>{
      new Speaking{std::move(encoder), ssrc, std::move(send), heard, std::move(rateChange)}};
  });
}

Speaking::Speaking(stream::Encoder encoder, std::uint32_t ssrc, Send send, audio::SampleRate device,
                   std::optional<stream::RateChange> rateChange)
  : ssrc_{ssrc}
  , send_{std::move(send)}
  , outlet_{std::make_shared<stream::Outlet>(device, encoder.format().channels)}
  , door_{std::make_shared<ToRoom>(outlet_, wake_)}
  , encoder_{std::move(encoder)}
  , rateChange_{std::move(rateChange)}
  , packetiser_{encoder_.format().rate, encoder_.format().channels, encoder_.format().packet}
  , sequence_{0} // the roll-over count says where we are; a stream's first packets need no secret
  , thread_{[this] { run(); }}
{}

Speaking::~Speaking()
{
  isOver_.store(true);
  wake_->raise();
  thread_.join();
}

void Speaking::report(const net::MediaDatagram& packet)
{
  if (reports_.tryPush(packet)) wake_->raise();
}

void Speaking::run()
{
  // Where it is not permitted we go on as we are; the doctor says what that costs and how it is cured.
  static_cast<void>(rt::becomeUrgent(rt::Urgency::media));
  while (!isOver_.load()) {
    wake_->wait();
    sendSound();
    while (const auto report = reports_.tryPop()) transmit(*report);
  }
}

void Speaking::sendSound()
{
  while (const auto chunk = outlet_->tryTake()) {
    if (!rateChange_) {
      send(*chunk);
      continue;
    }
    rateChange_->push(*chunk);
    while (const auto changed = rateChange_->next()) send(*changed);
  }
  dropped_.store(packetiser_.dropped());
}

void Speaking::send(const stream::Chunk& chunk)
{
  packetiser_.push(chunk);
  while (const auto packet = packetiser_.next()) sendPacket(*packet);
}

void Speaking::sendPacket(const stream::Packetiser::Packet& packet)
{
  const auto& format = encoder_.format();
  const auto timestamp = static_cast<std::uint32_t>(packet.first.frames);
  const auto coded = encoder_.encode(packet.channels);
  const auto payload = redundancy_.pack(format.codec, timestamp, coded, earlier_.load());
  const auto captured = stream::encodeCaptureTime(packet.captured);
  const Micros deviceIn{deviceIn_.load()};
  const PacketNotes notes{format.rate, static_cast<std::uint8_t>(format.channels), deviceIn,
                          time::HostClock::now() - packet.captured};
  const auto said = notes.encode();

  net::RtpPacket out;
  out.header = {.marker = false,
                .payloadType = payload.payloadType,
                .sequenceNumber = sequence_++,
                .timestamp = timestamp,
                .ssrc = ssrc_};
  out.extensions.tryAdd({stream::kCaptureTimeExtension, captured});
  out.extensions.tryAdd({PacketNotes::kExtension, said});
  out.payload = payload.bytes.bytes();
  transmit(net::encodeRtp(out));
  sentAfter_.record(Millis{time::HostClock::now() - packet.captured - deviceIn}.count());
  packets_.fetch_add(1);
}

Micros Speaking::sentWithin(double quantile) const
{
  return std::chrono::round<Micros>(Millis{sentAfter_.quantile(quantile)});
}

void Speaking::transmit(const net::MediaDatagram& packet)
{
  std::ranges::copy(packet.bytes(), room_.begin());
  send_(room_, packet.size());
}

} // namespace tutti::jam
