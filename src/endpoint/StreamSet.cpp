#include <tutti/endpoint/StreamSet.hpp>

namespace tutti::endpoint {

StreamSet::StreamSet(SessionToken session, std::uint16_t run, const Side& side,
                     const std::vector<AudioFormat>& outgoing, const std::vector<AudioFormat>& incoming)
  : run_{run}
  , outgoing_{side.outgoing}
  , formats_{outgoing}
{
  for (std::size_t number = 0; number < outgoing.size(); ++number)
    packers_.emplace_back(session, StreamId{run, outgoing_, static_cast<std::uint8_t>(number)},
                          outgoing[number]);
  for (const auto& format : incoming) receptions_.push_back(std::make_shared<Reception>(format, side.device));
}

void StreamSet::send(std::size_t number, SampleTime first, std::span<const std::span<const float>> channels,
                     const Endpoint& to, Outbox& out)
{
  if (number >= packers_.size() || channels.size() != formats_[number].channels) return;
  auto& packer = packers_[number];
  packer.push(first, channels);
  while (auto datagram = packer.next()) {
    out.media.push_back({to, *datagram});
    ++sent_;
  }
}

void StreamSet::receive(const MediaPacket& packet, HostTime arrived, HostTime now)
{
  const auto& stream = packet.stream;
  if (stream.run != run_ || stream.direction == outgoing_ || stream.number >= receptions_.size()) {
    ++misplaced_;
    return;
  }
  receptions_[stream.number]->receive(packet, arrived, now);
}

std::vector<AudioFormat> formatsOf(const std::vector<StreamOffer>& offers, std::optional<double> rate)
{
  std::vector<AudioFormat> formats;
  for (const auto& offer : offers) {
    formats.push_back(offer.format);
    if (rate) formats.back().rate = *rate;
  }
  return formats;
}

} // namespace tutti::endpoint
