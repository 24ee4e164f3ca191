#pragma once

#include <atomic>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <tutti/jam/Desk.hpp>
#include <tutti/jam/FromPlayer.hpp>
#include <tutti/jam/Listening.hpp>
#include <tutti/jam/Recording.hpp>
#include <tutti/jam/Speaking.hpp>
#include <tutti/net/RtpPeek.hpp>
#include <tutti/stream/CaptureTime.hpp>

#include "InputMeters.hpp"

namespace tutti::test {

/// All that the callback of a jam runs, put together as the engine does: input meters, our strip and its way
/// to the room, many players who are far away, a metronome, a recording of the mix and of everybody. The
/// network is this: packets as they would be opened.
///
/// Threads: `processor` *audio*; `hear` *media*; everything else one at a time.
class FullHouse {
public:
  static constexpr std::size_t kFrames = 64;

  FullHouse(std::size_t players, stream::Codec codec, const std::filesystem::path& folder)
    : codec_{codec}
    , payload_{sound(codec)}
    , speaking_{speaker(codec)}
    , recording_{recording(folder)}
  {
    for (std::size_t i = 1; i <= players; ++i) slots_.push_back(static_cast<jam::Slot>(i));
    for (const auto slot : slots_) {
      desk_.add(idOf(slot), nameOf(slot), std::make_shared<jam::FromPlayer>(nullptr, 2));
      desk_.tapPlayer(idOf(slot), recording_->player(nameOf(slot)));
    }
    desk_.setBeatGrid({{}, time::Beats::fromDouble(4), true});
    desk_.setMetronomeOn(true);
    desk_.setMonitoring(true);
    desk_.sendTo(speaking_->door());
    desk_.tapMaster(recording_->mix());
    desk_.tapInstrument(recording_->own());
  }
  ~FullHouse() { desk_.sendTo(nullptr); }
  FullHouse(const FullHouse&) = delete;
  FullHouse& operator=(const FullHouse&) = delete;

  [[nodiscard]] audio::Processor& processor() { return inputs_; }

  /// What everybody has sent when this block has been played comes.
  void hear(std::int64_t block, HostTime at)
  {
    const auto length = formatOf(codec_).packet.frames;
    for (; (packets_ + 1) * length <= (block + 1) * std::int64_t{kFrames}; ++packets_)
      for (const auto slot : slots_) {
        const auto packet = packetOf(slot, packets_, packets_ * length, at);
        const auto rtp = net::parseRtp(packet.bytes());
        if (rtp) listening_.receive(*rtp, room::Way{}, at);
      }
    constexpr std::int64_t kTick = 75; // a tenth of a second
    if (block % kTick == 0) listening_.tick(at);
  }

  /// What the engine does twenty times a second.
  void attend()
  {
    for (const auto& begun : listening_.takeBegun()) {
      desk_.replace(idOf(begun.slot), std::make_shared<jam::FromPlayer>(begun.playout, begun.channels));
      ++begun_;
    }
    speaking_->setEarlierFrames(listening_.earlierFrames(time::HostClock::now()));
    desk_.tend();
  }

  [[nodiscard]] jam::Desk& desk() { return desk_; }
  [[nodiscard]] const std::vector<jam::Slot>& slots() const { return slots_; }
  [[nodiscard]] std::size_t begun() const { return begun_; }
  [[nodiscard]] std::uint64_t packetsSent() const { return sent_.load(); }
  [[nodiscard]] Micros recorded() const { return recording_->status().length; }
  static jam::PlayerId idOf(jam::Slot slot) { return {nameOf(slot)}; }

private:
  static std::string nameOf(jam::Slot slot) { return "player " + std::to_string(slot); }

  static stream::StreamFormat formatOf(stream::Codec codec)
  {
    stream::StreamFormat format;
    format.codec = codec;
    format.packet = stream::packetFor(codec, format.channels, {kFrames});
    return format;
  }

  /// A packet full of a quiet tone.
  static std::vector<std::byte> sound(stream::Codec codec)
  {
    auto encoder = stream::Encoder::open(formatOf(codec));
    if (!encoder) throw std::runtime_error{encoder.error().detail};
    std::vector<float> tone(static_cast<std::size_t>(formatOf(codec).packet.frames));
    for (std::size_t i = 0; i < tone.size(); ++i) tone[i] = 0.05F * (i % 16 < 8 ? 1.0F : -1.0F);
    const std::array<std::span<const float>, 2> channels{tone, tone};
    const auto bytes = encoder->encode(channels);
    return {bytes.begin(), bytes.end()};
  }

  std::unique_ptr<jam::Speaking> speaker(stream::Codec codec)
  {
    auto speaking = jam::Speaking::begin(formatOf(codec), net::StreamId{kOurSlot, 1}.ssrc(),
                                         [this](std::span<std::byte>, std::size_t) { ++sent_; });
    if (!speaking) throw std::runtime_error{speaking.error().detail};
    return std::move(*speaking);
  }

  static std::shared_ptr<jam::Recording> recording(const std::filesystem::path& folder)
  {
    auto recording = jam::Recording::begin({.folder = folder, .mix = {}}, {});
    if (!recording) throw std::runtime_error{recording.error().detail};
    return std::move(*recording);
  }

  net::MediaDatagram packetOf(jam::Slot slot, std::int64_t number, std::int64_t frame, HostTime at) const
  {
    const auto captured = stream::encodeCaptureTime(at);
    const auto notes = jam::PacketNotes{}.encode();
    net::RtpPacket packet;
    packet.header = {.marker = false,
                     .payloadType = stream::payloadTypeOf(codec_),
                     .sequenceNumber = static_cast<std::uint16_t>(number),
                     .timestamp = static_cast<std::uint32_t>(frame),
                     .ssrc = net::StreamId{slot, 1}.ssrc()};
    packet.extensions.tryAdd({stream::kCaptureTimeExtension, captured});
    packet.extensions.tryAdd({jam::PacketNotes::kExtension, notes});
    packet.payload = payload_;
    return net::encodeRtp(packet);
  }

  static constexpr jam::Slot kOurSlot = 999;

  const stream::Codec codec_;
  const std::vector<std::byte> payload_;
  std::int64_t packets_ = 0; // media: that each has sent
  std::vector<jam::Slot> slots_;
  std::atomic<std::uint64_t> sent_{0};
  jam::Desk desk_;
  engine::InputMeters inputs_{desk_.processor()};
  jam::Listening listening_{audio::SampleRate{}}; // any
  std::unique_ptr<jam::Speaking> speaking_;
  std::shared_ptr<jam::Recording> recording_;
  std::size_t begun_ = 0;
};

} // namespace tutti::test
