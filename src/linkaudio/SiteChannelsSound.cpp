// How the sound of channels leaves for the room, and comes from it.
#include <algorithm>
#include <array>
#include <chrono>

#include <asio/post.hpp>

#include "SiteChannelsMachinery.hpp"

namespace tutti::linkaudio {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

constexpr auto kReport = 1s;
constexpr auto kLeastBetween = 4s;  // two formats of a channel
constexpr auto kRest = 2s;          // of a stream between two channels: what is under way has come
constexpr int kMostUnderWay = 1000; // packets: two channels' half a second

} // namespace

void SiteChannels::Machinery::perform(const SiteCarrier::Send& action)
{
  const auto flowing =
    std::ranges::count_if(sent_, [](const auto& one) { return one.second.tap != nullptr; });
  if (static_cast<std::size_t>(flowing) >= kMostSent) {
    problem_ = "The other sites listen to as many channels of this one as can travel at once.";
    return;
  }
  auto tap = audio_.tap(action.channel, [weak = weak_from_this(),
                                         id = action.channel](const AudioBuffer& buffer, HostTime arrived) {
    if (const auto self = weak.lock()) self->dispatch(id, buffer, arrived);
  });
  if (!tap) {
    problem_ = tap.error().detail;
    return;
  }
  auto& sent = sent_[action.channel];
  sent.tap = std::move(*tap);
  if (!sent.dispatch) return; // its format is known with the first sound
  const auto& format = sent.dispatch->format();
  tellFlow(action.channel, SiteCarrier::Flow{sent.id.stream, format.codec,
                                             static_cast<std::uint8_t>(format.channels), format.rate});
}

void SiteChannels::Machinery::perform(const SiteCarrier::StopSending& action)
{
  if (const auto sent = sent_.find(action.channel); sent != sent_.end()) sent->second.tap.reset();
}

void SiteChannels::Machinery::dispatch(const ChannelId& channel, const AudioBuffer& buffer, HostTime arrived)
{
  const auto found = sent_.find(channel);
  if (isOver_ || found == sent_.end()) return;
  auto& sent = found->second;
  if (!sent.dispatch || !sent.dispatch->fits(buffer)) {
    if (!open(sent, buffer, arrived)) return;
    tellFlow(channel,
             SiteCarrier::Flow{sent.id.stream, sent.dispatch->format().codec, buffer.channels, buffer.rate});
  }
  sent.dispatch->setEarlierFrames(sent.redundancy.earlierFrames(arrived));
  sent.dispatch->push(buffer, arrived);
  send(sent);
}

/// Seldom: a program that changes its format with each datagram is not followed.
bool SiteChannels::Machinery::open(Sent& sent, const AudioBuffer& buffer, HostTime now)
{
  if (sent.dispatch && now - sent.openedAt < kLeastBetween) return false;
  close(sent);
  const auto stream = freshStream(now);
  if (!stream) {
    problem_ = "Channels have begun anew so often that no more can travel. Join the room again.";
    return false;
  }
  auto dispatch =
    ChannelDispatch::open(wish_.codec, buffer.rate, buffer.channels, stream->id.ssrc(), stream->nextSequence);
  if (!dispatch) {
    problem_ = dispatch.error().detail;
    freed_.push_back(*stream);
    return false;
  }
  sent.id = stream->id;
  sent.openedAt = now;
  sent.dispatch = std::move(*dispatch);
  return true;
}

/// No number is used from its beginning twice: what is sealed under it must not meet what was before.
std::optional<SiteChannels::Machinery::Freed> SiteChannels::Machinery::freshStream(HostTime now)
{
  const auto rested = std::ranges::find_if(freed_, [now](const Freed& one) { return now - one.at >= kRest; });
  if (rested != freed_.end()) {
    const auto stream = *rested;
    freed_.erase(rested);
    return stream;
  }
  if (streams_ == UINT16_MAX) return std::nullopt;
  return Freed{{room_.slot, ++streams_}, 0, now};
}

void SiteChannels::Machinery::close(Sent& sent)
{
  if (sent.dispatch && sent.id.slot == room_.slot)
    freed_.push_back({sent.id, sent.dispatch->nextSequence(), HostClock::now()});
  sent.dispatch.reset();
}

/// Later: who calls may be about to hand the same sound to others.
void SiteChannels::Machinery::tellFlow(const ChannelId& channel, std::optional<SiteCarrier::Flow> flow)
{
  asio::post(audio_.network(), [weak = weak_from_this(), channel, flow] {
    const auto self = weak.lock();
    if (!self || self->isOver_) return;
    self->perform(self->carrier_.flows(channel, flow, HostClock::now()));
    self->arm();
  });
}

void SiteChannels::Machinery::send(Sent& sent)
{
  while (const auto packet = sent.dispatch->next())
    if (sendToRoom(*packet)) ++sent.packets;
}

bool SiteChannels::Machinery::sendToRoom(const net::MediaDatagram& packet)
{
  std::array<std::byte, net::MediaDatagram::capacity() + net::kSealGrowth> buffer{};
  std::ranges::copy(packet.bytes(), buffer.begin());
  return session_.send(buffer, packet.size());
}

void SiteChannels::Machinery::perform(const SiteCarrier::Hear& action)
{
  auto arrival =
    ChannelArrival::open(action.carried, action.flow.codec, action.flow.rate, action.flow.channels);
  if (!arrival) {
    problem_ = arrival.error().detail;
    return;
  }
  arrival->follow(company_.session);
  come_.emplace(action.carried, Come{action, std::move(*arrival), {}, 0});
}

void SiteChannels::Machinery::perform(const SiteCarrier::StopHearing& action)
{
  come_.erase(action.carried);
}

bool SiteChannels::Machinery::mayCome()
{
  if (!isHearing_) return false;
  if (++underWay_ <= kMostUnderWay) return true;
  --underWay_;
  return false;
}

SiteChannels::Machinery::Come* SiteChannels::Machinery::comeBy(net::StreamId from)
{
  const auto member = std::ranges::find(room_.members, from.slot, &room::Ensemble::MemberView::slot);
  if (member == room_.members.end()) return nullptr;
  const auto come = std::ranges::find_if(come_, [&](const auto& one) {
    return one.second.what.member == member->id && one.second.what.flow.stream == from.stream;
  });
  return come == come_.end() ? nullptr : &come->second;
}

void SiteChannels::Machinery::receive(net::StreamId from, std::span<const std::byte> packet, HostTime arrived)
{
  --underWay_;
  if (isOver_) return;
  if (net::isRtcp(packet)) return receiveReport(packet, arrived);
  auto* const come = comeBy(from);
  const auto rtp = net::parseRtp(packet);
  if (come == nullptr || !rtp) return;
  come->ssrc = rtp->header.ssrc;
  come->reception.received(rtp->header, net::ticksAt(arrived, come->what.flow.rate.hertz()));
  come->arrival.receive(*rtp, arrived);
  passOn(come->what.carried, *come, HostClock::now());
}

void SiteChannels::Machinery::passOn(const ChannelId& carried, Come& come, HostTime now)
{
  const auto feed = feeds_.find(carried);
  if (feed == feeds_.end()) return;
  for (const auto& buffer : come.arrival.drain(now)) feed->second->send(buffer);
}

void SiteChannels::Machinery::receiveReport(std::span<const std::byte> packet, HostTime arrived)
{
  const auto report = net::parseRtcp(packet);
  if (!report) return;
  for (std::size_t i = 0; i < report->blocks.size(); ++i)
    for (auto& [id, sent] : sent_)
      if (sent.dispatch && sent.id.ssrc() == report->blocks[i].ssrc)
        sent.redundancy.reported(report->ssrc, report->blocks[i], arrived);
}

/// So that whoever sends says again as much as is lost.
void SiteChannels::Machinery::sendReport(HostTime now)
{
  if (come_.empty() || now - reportAt_ < kReport) return;
  reportAt_ = now;
  net::RtcpReport report;
  report.ssrc = net::StreamId{room_.slot, kFirstStream}.ssrc();
  for (auto& [carried, come] : come_)
    if (come.ssrc != 0 && !report.blocks.tryAdd(come.reception.report(come.ssrc))) break;
  if (!report.blocks.empty()) sendToRoom(net::encodeRtcp(report));
}

} // namespace tutti::linkaudio
