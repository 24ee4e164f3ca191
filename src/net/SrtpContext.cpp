#include "SrtpContext.hpp"

#include <array>
#include <numeric>
#include <openssl/crypto.h>

#include <tutti/core/Assert.hpp>
#include <tutti/net/RollOver.hpp>

namespace tutti::net {
namespace {

constexpr unsigned long kReplayWindow = 1024; // spec room R-6

/// The header extension elements that are sealed too: all but the roll-over count, which is what opens them.
std::array<int, kRollOverElement - 1> sealedElements()
{
  std::array<int, kRollOverElement - 1> elements{};
  std::iota(elements.begin(), elements.end(), 1);
  return elements;
}

void initialiseLibrary()
{
  static const bool isReady = srtp_init() == srtp_err_status_ok;
  TUTTI_ASSERT(isReady);
}

} // namespace

SrtpContext::SrtpContext(Epoch epoch, const SrtpKey& key)
  : key_{key}
  , mki_{static_cast<std::byte>(epoch >> 8U), static_cast<std::byte>(epoch & 0xffU)}
{
  initialiseLibrary();
  TUTTI_ASSERT(srtp_create(&session_, nullptr) == srtp_err_status_ok);
}

SrtpContext::~SrtpContext()
{
  srtp_dealloc(session_);
  OPENSSL_cleanse(key_.data(), key_.size()); // nobody reads it any more, so a memset would be left out
}

void SrtpContext::addStream(std::uint32_t ssrc)
{
  srtp_master_key_t master{};
  master.key = reinterpret_cast<unsigned char*>(key_.data());
  master.mki_id = reinterpret_cast<unsigned char*>(mki_.data());
  master.mki_size = kMkiSize;
  std::array<srtp_master_key_t*, 1> masters{&master};
  srtp_policy_t policy{};
  policy.ssrc = {ssrc_specific, ssrc};
  srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
  srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
  policy.keys = masters.data();
  policy.num_master_keys = 1;
  policy.window_size = kReplayWindow;
  auto elements = sealedElements();
  policy.enc_xtn_hdr = elements.data();
  policy.enc_xtn_hdr_count = static_cast<int>(elements.size());
  TUTTI_ASSERT(srtp_add_stream(session_, &policy) == srtp_err_status_ok);
}

void SrtpContext::removeStream(std::uint32_t ssrc)
{
  srtp_remove_stream(session_, __builtin_bswap32(ssrc)); // this one call wants network order
}

void SrtpContext::setRound(std::uint32_t ssrc, std::uint32_t round)
{
  srtp_set_stream_roc(session_, ssrc, round);
}

} // namespace tutti::net
