#include "Volley.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/ip.h>
#include <netinet/udp.h>

namespace heckler {
namespace {

constexpr std::array<std::uint8_t, 8> kQuestion{0x00, 0x01, 0x00, 0x00, 0x21, 0x12, 0xa4, 0x42}; // RFC 8489 5
constexpr std::size_t kStunHead = 20;
constexpr std::size_t kLongestJunk = 300;

Bytes contentOf(const std::string& file)
{
  std::ifstream in{file, std::ios::binary};
  Bytes all{std::istreambuf_iterator<char>{in}, {}};
  if (all.size() < kStunHead) throw std::invalid_argument{"'" + file + "' holds no check"};
  return all;
}

template <class Value> void write(Bytes& into, std::size_t at, const Value& value)
{
  std::memcpy(into.data() + at, &value, sizeof value);
}

} // namespace

JunkVolley::JunkVolley(const Options& options)
  : to_{options.to}
  , dice_{static_cast<std::minstd_rand::result_type>(options.seed)}
{}

void JunkVolley::load()
{
  length_ = 1 + dice_() % kLongestJunk;
  all_.resize(kShots * length_);
  for (std::size_t i = 0; i < kShots; ++i) junkInto(std::span{all_}.subspan(i * length_, length_));
}

/// Noise, noise that begins like media, and noise that begins like a check.
void JunkVolley::junkInto(std::span<std::uint8_t> shot)
{
  std::ranges::generate(shot, [this] { return static_cast<std::uint8_t>(dice_() >> 8U); });
  const auto kind = dice_() % 3;
  if (kind == 1 && shot.size() > 12) shot[0] = 0x80, shot[1] = 96;
  if (kind == 2 && shot.size() > kStunHead) {
    std::ranges::copy(kQuestion, shot.begin());
    shot[3] = static_cast<std::uint8_t>((shot.size() - kStunHead) & 0xfcU);
  }
}

std::size_t JunkVolley::fire(int socket)
{
  const auto length = static_cast<std::uint16_t>(length_);
  iovec piece{all_.data(), all_.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof length)> beside{};
  msghdr head{};
  head.msg_name = &to_;
  head.msg_namelen = sizeof to_;
  head.msg_iov = &piece;
  head.msg_iovlen = 1;
  head.msg_control = beside.data();
  head.msg_controllen = beside.size();
  auto* const how = CMSG_FIRSTHDR(&head);
  how->cmsg_level = SOL_UDP;
  how->cmsg_type = UDP_SEGMENT;
  how->cmsg_len = CMSG_LEN(sizeof length);
  std::memcpy(CMSG_DATA(how), &length, sizeof length);
  return ::sendmsg(socket, &head, 0) < 0 ? 0 : kShots;
}

CheckVolley::CheckVolley(const Options& options)
  : options_{options}
  , dice_{static_cast<std::minstd_rand::result_type>(options.seed)}
{
  for (const auto& file : options.checks) captured_.push_back(contentOf(file));
}

void CheckVolley::load()
{
  for (auto& shot : shots_) checkInto(shot);
}

/// A captured check as it is, or with one bit bent; or one of nobody's, long enough to be answered.
void CheckVolley::checkInto(Bytes& shot)
{
  const auto kind = dice_() % 3;
  Bytes payload;
  if (kind < 2 && !captured_.empty()) {
    payload = captured_[dice_() % captured_.size()];
    if (kind == 1) payload[kStunHead + dice_() % (payload.size() - kStunHead)] ^= 1U;
  } else {
    payload.assign(kStunHead + 84, 0);
    std::ranges::copy(kQuestion, payload.begin());
    std::generate(payload.begin() + 8, payload.begin() + kStunHead,
                  [this] { return static_cast<std::uint8_t>(dice_()); });
    payload[3] = 84;
    payload[kStunHead] = 0x80; // one attribute that need not be understood, 80 bytes long
    payload[kStunHead + 1] = 0x77;
    payload[kStunHead + 3] = 80;
  }
  wrap(shot, payload);
}

void CheckVolley::wrap(Bytes& shot, const Bytes& payload)
{
  const auto size = sizeof(iphdr) + sizeof(udphdr) + payload.size();
  shot.resize(size);
  iphdr ip{};
  ip.version = 4;
  ip.ihl = 5;
  ip.ttl = 64;
  ip.protocol = IPPROTO_UDP;
  ip.daddr = options_.to.sin_addr.s_addr;
  udphdr udp{};
  udp.dest = options_.to.sin_port;
  udp.len = htons(static_cast<std::uint16_t>(sizeof udp + payload.size())); // no sum: IPv4 allows it
  if (options_.spoofed.empty()) {
    ip.saddr = options_.from.sin_addr.s_addr;
    udp.source = options_.from.sin_port;
  } else {
    const auto source = options_.spoofed + std::to_string(100 + dice_() % 150);
    ip.saddr = inet_addr(source.c_str());
    udp.source = htons(static_cast<std::uint16_t>(1024 + dice_() % 60'000));
  }
  write(shot, 0, ip);
  write(shot, sizeof ip, udp);
  std::ranges::copy(payload, shot.begin() + sizeof ip + sizeof udp);
}

std::size_t CheckVolley::fire(int socket)
{
  for (std::size_t i = 0; i < kShots; ++i) {
    pieces_[i] = {shots_[i].data(), shots_[i].size()};
    messages_[i] = {};
    messages_[i].msg_hdr.msg_name = &options_.to;
    messages_[i].msg_hdr.msg_namelen = sizeof options_.to;
    messages_[i].msg_hdr.msg_iov = &pieces_[i];
    messages_[i].msg_hdr.msg_iovlen = 1;
  }
  const int taken = ::sendmmsg(socket, messages_.data(), kShots, 0);
  return taken < 0 ? 0 : static_cast<std::size_t>(taken);
}

std::size_t CheckVolley::bytes(std::size_t shots) const
{
  std::size_t sum = 0;
  for (std::size_t i = 0; i < shots; ++i) sum += shots_[i].size();
  return sum;
}

} // namespace heckler
