#include "OwnVoice.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include <tutti/net/RtcpReport.hpp>

namespace tutti::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto kReport = 1s;

stream::StreamFormat formatFor(stream::Codec codec, const audio::DeviceStatus& device)
{
  stream::StreamFormat format;
  format.codec = codec;
  format.rate = stream::rateFor(codec, device.rate);
  const auto block = device.rate.toMicros({static_cast<std::int64_t>(device.frames)});
  const auto frames = std::llround(format.rate.toFrames(block));
  format.packet = stream::packetFor(codec, format.channels, {std::max<std::int64_t>(frames, 1)});
  return format;
}

} // namespace

void OwnVoice::begin(room::Session& session, stream::Codec codec, const audio::DeviceStatus& device)
{
  end();
  slot_ = session.slot();
  const net::StreamId id{slot_, ++streams_};
  ssrc_.store(id.ssrc());
  auto speaking = jam::Speaking::begin(
    formatFor(codec, device), id.ssrc(),
    [&session](std::span<std::byte> buffer, std::size_t size) { session.send(buffer, size); }, device.rate);
  if (!speaking) {
    problem_ = speaking.error().detail;
    return;
  }
  speaking_ = std::move(*speaking);
  speaking_->setDeviceIn(device.deviceIn);
  updateDoor();
  desk_.sendTo(speaking_->door());
}

void OwnVoice::end()
{
  problem_.clear();
  if (!speaking_) return;
  desk_.sendTo(nullptr);
  speaking_.reset();
}

void OwnVoice::setMuted(bool isMuted)
{
  isMuted_ = isMuted;
  updateDoor();
}

void OwnVoice::setTalking(bool isTalking)
{
  isTalking_ = isTalking;
  updateDoor();
}

void OwnVoice::setMutedByHost(bool isMuted)
{
  isMutedByHost_ = isMuted;
  updateDoor();
}

void OwnVoice::updateDoor()
{
  if (speaking_) speaking_->door()->setOpen((!isMuted_ || isTalking_) && !isMutedByHost_);
}

void OwnVoice::setDeviceIn(Micros deviceIn)
{
  if (speaking_) speaking_->setDeviceIn(deviceIn);
}

void OwnVoice::attend(jam::Listening& listening, HostTime now)
{
  if (!speaking_) return;
  speaking_->setEarlierFrames(listening.earlierFrames(now));
  if (now - reportAt_ < kReport) return;
  reportAt_ = now;
  const auto report = listening.makeReport(source());
  if (!report.blocks.empty()) speaking_->report(net::encodeRtcp(report));
}

void OwnVoice::show(jam::OwnSnapshot& shown) const
{
  shown.isMutedToRoom = isMuted_;
  shown.isTalking = isTalking_;
  if (!speaking_) return;
  shown.sentMedian = speaking_->sentWithin(0.5);
  shown.sentP95 = speaking_->sentWithin(0.95);
  shown.sentP99 = speaking_->sentWithin(0.99);
}

} // namespace tutti::engine
