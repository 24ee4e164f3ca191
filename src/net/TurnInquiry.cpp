#include "TurnInquiry.hpp"

#include <algorithm>

namespace tutti::net {
namespace {

using namespace std::chrono_literals;
using stun::Attribute;

constexpr int kRequests = 7;                // RFC 8489 6.2.1, Rc
constexpr int kFinalWait = 16;              // RFC 8489 6.2.1, Rm
constexpr Micros kFirstGuess = 500ms;       // RFC 8489 6.2.1, RTO
constexpr Micros kStreamPatience = 39500ms; // RFC 8489 6.2.2, Ti
constexpr Micros kShortest = 100ms;         // a server may think for a moment
constexpr Micros kLongest = 3s;
constexpr int kMostChallenges = 4; // in a row for one question: a server that never stops is of no use

constexpr std::uint32_t kUdp = 17U << 24U; // RFC 8656 18.7: protocol, three bytes reserved
constexpr std::uint32_t kFamilyV6 = 2U << 24U;

void describe(const TurnQuestion& question, const TurnServer& server, stun::Writer& out)
{
  if (question.method == stun::Method::allocate) {
    out.add(Attribute::requestedTransport, kUdp);
    if (server.family == IpAddress::Family::v6) out.add(Attribute::requestedAddressFamily, kFamilyV6);
  }
  if (question.method == stun::Method::refresh && server.family == IpAddress::Family::v6)
    out.add(Attribute::requestedAddressFamily, kFamilyV6);
  if (question.lifetime) out.add(Attribute::lifetime, static_cast<std::uint32_t>(question.lifetime->count()));
  if (question.channel != 0) out.add(Attribute::channelNumber, std::uint32_t{question.channel} << 16U);
  if (question.peer) out.addXorAddress(Attribute::xorPeerAddress, *question.peer);
}

} // namespace

Micros TurnPatience::beforeAgain() const
{
  if (!smoothed_) return kFirstGuess;
  return std::clamp(*smoothed_ + 4 * variation_, kShortest, kLongest);
}

void TurnPatience::measure(Micros roundTrip)
{
  if (!smoothed_) {
    smoothed_ = roundTrip;
    variation_ = roundTrip / 2;
    return;
  }
  const auto off = std::max(*smoothed_ - roundTrip, roundTrip - *smoothed_);
  variation_ = (3 * variation_ + off) / 4;
  smoothed_ = (7 * *smoothed_ + roundTrip) / 8;
}

void TurnInquiry::ask(const TurnQuestion& question, TurnServer& server, HostTime now,
                      TurnClient::Actions& out)
{
  question_ = question;
  challenges_ = 0;
  say(server, now, out);
}

void TurnInquiry::say(TurnServer& server, HostTime now, TurnClient::Actions& out)
{
  id_ = server.draw();
  stun::Writer writer{stun::Class::request, question_.method, id_};
  describe(question_, server, writer);
  server.access.seal(writer);
  writer.addFingerprint();
  bytes_.assign(writer.bytes().begin(), writer.bytes().end());
  key_ = server.access.key();
  said_ = 1;
  saidAt_ = now;
  firstInterval_ = server.patience.beforeAgain();
  interval_ = server.transport == TurnTransport::stream ? kStreamPatience : firstInterval_;
  due_ = now + interval_;
  repeat(server, out);
}

void TurnInquiry::repeat(const TurnServer& server, TurnClient::Actions& out) const
{
  out.emplace_back(TurnClient::Send{server.at, bytes_});
}

std::optional<TurnInquiry::Answer> TurnInquiry::close(Outcome outcome, int code)
{
  due_.reset();
  return Answer{outcome, code};
}

std::optional<TurnInquiry::Answer> TurnInquiry::advance(HostTime now, TurnServer& server,
                                                        TurnClient::Actions& out)
{
  if (!due_ || now < *due_) return std::nullopt;
  const int most = server.transport == TurnTransport::stream ? 1 : kRequests;
  if (said_ == most) return close(Outcome::silent);
  ++said_;
  interval_ *= 2;
  due_ = now + (said_ == kRequests ? kFinalWait * firstInterval_ : interval_);
  repeat(server, out);
  return std::nullopt;
}

std::optional<TurnInquiry::Answer> TurnInquiry::hear(const stun::Message& message, HostTime now,
                                                     TurnServer& server, TurnClient::Actions& out)
{
  const bool isOurs =
    due_ && message.transaction() == id_ && message.method() == static_cast<std::uint16_t>(question_.method);
  if (!isOurs) return std::nullopt;
  if (message.messageClass() == stun::Class::error) return hearRefusal(message, now, server, out);
  if (message.messageClass() != stun::Class::success || !isBelievable(message, 0)) return std::nullopt;
  if (said_ == 1) server.patience.measure(now - saidAt_);
  if (message.hasUnknownRequired()) return close(Outcome::refused, 420); // RFC 8489 6.3.3
  return close(Outcome::granted);
}

/// RFC 8489 9.2.5: what has no right seal never came, but for what a server says before it knows us. It may
/// not know our name any more for that matter (441). Who can see our questions could make these up; they
/// could drop our packets just as well.
bool TurnInquiry::isBelievable(const stun::Message& message, int code) const
{
  if (key_.empty() || code == 300 || code == 400 || code == 401 || code == 438 || code == 441) return true;
  return message.isSealedWith(key_);
}

std::optional<TurnInquiry::Answer> TurnInquiry::hearRefusal(const stun::Message& message, HostTime now,
                                                            TurnServer& server, TurnClient::Actions& out)
{
  const auto code = message.errorCode();
  if (!code || !isBelievable(message, *code)) return std::nullopt;
  if (said_ == 1) server.patience.measure(now - saidAt_);
  // A 401 to what was sealed means a wrong name or password, unless the server has a new nonce for us.
  const bool isChallenge = *code == 438 || (*code == 401 && (key_.empty() || server.access.isNews(message)));
  const bool isLastWord = *code == 401 && !key_.empty() && challenges_ > 0;
  if (!isChallenge || isLastWord || ++challenges_ > kMostChallenges || !server.access.take(message))
    return close(Outcome::refused, *code);
  say(server, now, out);
  return std::nullopt;
}

} // namespace tutti::net
