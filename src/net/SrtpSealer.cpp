#include <tutti/net/RollOver.hpp>
#include <tutti/net/Srtp.hpp>

#include <algorithm>

#include "SrtpContext.hpp"

namespace tutti::net {

SrtpSealer::SrtpSealer() = default;
SrtpSealer::~SrtpSealer() = default;
SrtpSealer::SrtpSealer(SrtpSealer&&) noexcept = default;
SrtpSealer& SrtpSealer::operator=(SrtpSealer&&) noexcept = default;

void SrtpSealer::useKey(Epoch epoch, const SrtpKey& key)
{
  context_ = std::make_unique<SrtpContext>(epoch, key);
  for (auto& stream : streams_) stream.isKnownToContext = false;
}

/// The stream of this packet, moved on to its sequence number. Nothing if that is no step forward.
SrtpSealer::Stream* SrtpSealer::streamAt(const RtpPeek& peek)
{
  const auto ssrc = peek.id.ssrc();
  auto stream = std::ranges::find(streams_, ssrc, &Stream::ssrc);
  if (stream == streams_.end()) {
    streams_.push_back({ssrc, peek.sequence, false});
    return &streams_.back();
  }
  if (peek.isRtcp) return &*stream;
  const auto step =
    static_cast<std::uint16_t>(peek.sequence - static_cast<std::uint16_t>(stream->index & 0xffffU));
  constexpr std::uint16_t kHalf = 0x8000;
  if (step == 0 || step >= kHalf) return nullptr;
  stream->index += step;
  return &*stream;
}

std::optional<std::size_t> SrtpSealer::seal(std::span<std::byte> buffer, std::size_t size)
{
  const auto peek = RtpPeek::at(buffer.first(size));
  if (!peek || !context_ || size + kSealGrowth > buffer.size()) return std::nullopt;
  auto* stream = streamAt(*peek);
  if (stream == nullptr) return std::nullopt;
  const auto round = static_cast<std::uint32_t>(stream->index >> 16U);
  const bool isFirst = !stream->isKnownToContext;
  if (isFirst) context_->addStream(stream->ssrc);
  stream->isKnownToContext = true;
  if (peek->isRtcp) {
    auto length = static_cast<int>(size);
    const auto status = srtp_protect_rtcp_mki(context_->get(), buffer.data(), &length, 1, 0);
    if (status != srtp_err_status_ok) return std::nullopt;
    return static_cast<std::size_t>(length);
  }
  const auto whole = writeRollOver(buffer, size, round);
  if (!whole) return std::nullopt;
  context_->setRound(stream->ssrc, round); // also after RTCP came first
  auto length = static_cast<int>(*whole);
  const auto status = srtp_protect_mki(context_->get(), buffer.data(), &length, 1, 0);
  context_->setRound(stream->ssrc, 0);
  if (status != srtp_err_status_ok) return std::nullopt;
  return static_cast<std::size_t>(length);
}

} // namespace tutti::net
