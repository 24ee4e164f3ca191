#include <tutti/net/PortMapping.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

#include "PortMappingWire.hpp"

namespace tutti::net {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;
using Why = PortMapping::Why;

constexpr seconds kLifetime = 2h;      // RFC 6886 3.3 recommends it
constexpr seconds kLongest = 24h;      // RFC 6887 15: longer ones are believed so far
constexpr Micros kFirstWait = 250ms;   // RFC 6886 3.1, doubled each time
constexpr int kQuestions = 3;          // after 1.75 s nobody is there
constexpr int kGoodbyes = 2;           // who leaves does not wait for long
constexpr Micros kSoonestAgain = 4s;   // RFC 6887 11.2.1
constexpr Micros kRefusedAgain = 5min; // unless the router says when
constexpr Micros kSilentAgain = 2min;  // a router starts anew now and then
constexpr seconds kLeastRefusal = 30s;
constexpr seconds kMostRefusal = 30min; // RFC 6887 15: for this long it stays as it is

Why whyOfPcp(std::uint8_t result)
{
  switch (result) { // RFC 6887 7.4
  case 2:           // NOT_AUTHORIZED
  case 4:           // UNSUPP_OPCODE
    return Why::denied;
  case 7: // NETWORK_FAILURE
    return Why::noLine;
  case 8:  // NO_RESOURCES
  case 10: // USER_EX_QUOTA
    return Why::full;
  default:
    return Why::unfit;
  }
}

Why whyOfNatPmp(std::uint16_t result)
{
  switch (result) { // RFC 6886 3.5
  case 2:
    return Why::denied;
  case 3:
    return Why::noLine;
  case 4:
    return Why::full;
  default:
    return Why::unfit;
  }
}

} // namespace

void PortMapping::Inquiry::begin(HostTime now)
{
  due = now;
  interval = kFirstWait;
  said = 0;
  isOpen = true;
}

void PortMapping::Inquiry::rest(HostTime until)
{
  due = until;
  isOpen = false;
}

PortMapping::PortMapping(const Options& options, HostTime now)
  : options_{options}
{
  for (const auto& port : options.ports) entries_.push_back({port, {}, {}, port.number, {}});
  begin(now);
}

/// All questions, from the first one on.
void PortMapping::begin(HostTime now)
{
  for (auto& entry : entries_) entry.inquiry.begin(now);
  address_.rest(HostTime::max());
  if (dialect_ == Dialect::natPmp && !isReleasing_) address_.begin(now);
}

ByteString PortMapping::question(const Entry& entry) const
{
  const auto lifetime = isReleasing_ ? seconds{0} : kLifetime;
  routers::MapQuestion question{
    entry.port, entry.outsidePort, {}, static_cast<std::uint32_t>(lifetime.count())};
  if (dialect_ == Dialect::pcp) {
    if (entry.until) question.outside = entry.outside; // the same again, after the router has started anew
    return routers::pcpMap(question, options_.own);
  }
  if (isReleasing_) question.outsidePort = 0; // RFC 6886 3.4
  return routers::natPmpMap(question);
}

void PortMapping::say(Entry& entry, HostTime now, Actions& out)
{
  auto& inquiry = entry.inquiry;
  ++inquiry.said;
  inquiry.due = now + inquiry.interval;
  inquiry.interval *= 2;
  out.emplace_back(Send{question(entry)});
}

PortMapping::Actions PortMapping::advance(HostTime now)
{
  Actions out;
  for (auto& entry : entries_) {
    auto& inquiry = entry.inquiry;
    if (now < inquiry.due) continue;
    if (!inquiry.isOpen) inquiry.begin(now);
    const int most = isReleasing_ ? kGoodbyes : kQuestions;
    if (inquiry.said < most)
      say(entry, now, out);
    else
      turnSilent(entry, now, out);
  }
  advanceAddress(now, out);
  return out;
}

void PortMapping::advanceAddress(HostTime now, Actions& out)
{
  if (now < address_.due) return;
  if (address_.said == kQuestions) {
    address_.rest(HostTime::max()); // asked again when the ports are
    if (!outside_) close(Why::silent, nullptr, std::nullopt, now, out);
    return;
  }
  ++address_.said;
  address_.due = now + address_.interval;
  address_.interval *= 2;
  out.emplace_back(Send{routers::natPmpAddress()});
}

/// Nobody has answered this one. What is open stays so until its time is over.
void PortMapping::turnSilent(Entry& entry, HostTime now, Actions& out)
{
  if (isReleasing_) {
    entry.inquiry.rest(HostTime::max());
    return;
  }
  if (entry.until && now < *entry.until) {
    const auto rest = std::max(Micros{(*entry.until - now) / 2}, Micros{kSoonestAgain});
    entry.inquiry.rest(std::min(now + rest, *entry.until));
    return;
  }
  if (dialect_ == Dialect::pcp && !hasSpokenPcp_) {
    dialect_ = Dialect::natPmp; // a router that speaks only that should say so, and not all do
    begin(now);
    return;
  }
  dialect_ = Dialect::pcp; // next time there may be another router
  hasSpokenPcp_ = false;
  close(Why::silent, &entry, std::nullopt, now, out);
}

/// A router that opens one port and refuses the other is of no use; what it did open is closed when we leave.
void PortMapping::close(Why why, Entry* refused, std::optional<seconds> again, HostTime now, Actions& out)
{
  Micros pause = why == Why::silent ? kSilentAgain : kRefusedAgain;
  if (again) pause = std::clamp(*again, kLeastRefusal, kMostRefusal);
  for (auto& entry : entries_) {
    entry.inquiry.rest(now + pause);
    if (refused == nullptr || refused == &entry) entry.until.reset();
  }
  address_.rest(HostTime::max());
  outside_.reset();
  epoch_.reset();
  tell(Closed{why}, out);
}

PortMapping::Actions PortMapping::receive(std::span<const std::byte> datagram, const Endpoint& from,
                                          HostTime now)
{
  Actions out;
  if (from != Endpoint{options_.gateway, kRouterPort}) return out;
  if (dialect_ == Dialect::natPmp) {
    hearNatPmp(datagram, now, out);
  } else if (!hasSpokenPcp_ && routers::isUnknownVersion(datagram)) {
    dialect_ = Dialect::natPmp;
    begin(now);
  } else {
    hearPcp(datagram, now, out);
  }
  return out;
}

void PortMapping::hearPcp(std::span<const std::byte> datagram, HostTime now, Actions& out)
{
  const auto answer = routers::readPcpAnswer(datagram);
  if (!answer) return;
  const auto entry = std::ranges::find_if(entries_, [&](const Entry& ours) {
    return ours.inquiry.isOpen && ours.inquiry.said > 0 && ours.port.protocol == answer->port.protocol &&
           ours.port.number == answer->port.number && ours.port.nonce == answer->port.nonce;
  });
  if (entry == entries_.end()) return;
  hasSpokenPcp_ = true;
  if (isReleasing_) return entry->inquiry.rest(HostTime::max());
  if (answer->result != 0)
    return close(whyOfPcp(answer->result), &*entry, seconds{answer->lifetime}, now, out);
  const bool isUseful = answer->lifetime > 0 && answer->outsidePort != 0 && answer->outside.isV4();
  if (!isUseful) return close(Why::unfit, &*entry, std::nullopt, now, out);
  heedEpoch(answer->epoch, &*entry, now);
  entry->outside = answer->outside;
  take(*entry, answer->outsidePort, seconds{answer->lifetime}, now);
  tellIfOpen(out);
}

void PortMapping::hearNatPmp(std::span<const std::byte> datagram, HostTime now, Actions& out)
{
  const auto answer = routers::readNatPmpAnswer(datagram);
  if (!answer || routers::isUnknownVersion(datagram)) return; // that is about what we said in PCP before
  if (isReleasing_) {
    for (auto& entry : entries_)
      if (answer->mapped && answer->mapped->protocol == entry.port.protocol &&
          answer->mapped->number == entry.port.number)
        entry.inquiry.rest(HostTime::max());
    return;
  }
  const auto isAsked = [](const Inquiry& inquiry) { return inquiry.isOpen && inquiry.said > 0; };
  const auto entry = std::ranges::find_if(entries_, [&](const Entry& ours) {
    return isAsked(ours.inquiry) && answer->mapped && ours.port.protocol == answer->mapped->protocol &&
           ours.port.number == answer->mapped->number;
  });
  const bool isOfAddress = answer->outside && isAsked(address_);
  const bool isAnyRefusal = answer->result != 0 && !answer->mapped && !answer->outside &&
                            std::ranges::any_of(entries_, isAsked, &Entry::inquiry);
  auto* const asked = entry == entries_.end() ? nullptr : &*entry;
  if (asked == nullptr && !isOfAddress && !isAnyRefusal) return;
  if (answer->result != 0) return close(whyOfNatPmp(answer->result), asked, std::nullopt, now, out);
  heedEpoch(answer->epoch, asked, now);
  if (isOfAddress) {
    outside_ = answer->outside;
    address_.rest(HostTime::max());
  } else {
    const auto& mapped = *answer->mapped;
    const bool isUseful = mapped.lifetime > 0 && mapped.outsidePort != 0;
    if (!isUseful) return close(Why::unfit, asked, std::nullopt, now, out);
    take(*asked, mapped.outsidePort, seconds{mapped.lifetime}, now);
    if (!address_.isOpen) address_.begin(now); // it may have another one by now
  }
  tellIfOpen(out);
}

void PortMapping::take(Entry& entry, std::uint16_t outsidePort, seconds lifetime, HostTime now)
{
  const auto believed = std::min(lifetime, kLongest);
  entry.outsidePort = outsidePort;
  entry.until = now + believed;
  entry.inquiry.rest(now + std::max(Micros{believed} / 2, Micros{kSoonestAgain})); // RFC 6887 11.2.1
}

/// RFC 6887 8.5: a clock that does not go on as ours does has begun anew, and what was open is not any more.
void PortMapping::heedEpoch(std::uint32_t heard, const Entry* answered, HostTime now)
{
  const auto before = std::exchange(epoch_, Epoch{heard, now});
  if (!before) return;
  const auto ours = std::chrono::duration_cast<seconds>(now - before->at).count();
  const auto theirs = std::int64_t{heard} - std::int64_t{before->seconds};
  const bool isBack = theirs < -1;
  const bool isSlow = theirs + 2 < ours - ours / 16;
  const bool isFast = ours + 2 < theirs - theirs / 16;
  if (!isBack && !isSlow && !isFast) return;
  for (auto& entry : entries_)
    if (&entry != answered) entry.inquiry.begin(now);
}

void PortMapping::tellIfOpen(Actions& out)
{
  if (!std::ranges::all_of(entries_, [](const Entry& entry) { return entry.until.has_value(); })) return;
  if (dialect_ == Dialect::natPmp && !outside_) return;
  Opened opened;
  opened.outside = outside_.value_or(entries_.front().outside);
  for (const auto& entry : entries_) opened.ports.push_back(entry.outsidePort);
  tell(std::move(opened), out);
}

/// What was not told already.
void PortMapping::tell(Told news, Actions& out)
{
  if (told_ == news) return;
  told_ = std::move(news);
  std::visit([&out](const auto& what) { out.emplace_back(what); }, *told_);
}

std::optional<HostTime> PortMapping::nextDeadline() const
{
  auto next = address_.due;
  for (const auto& entry : entries_) next = std::min(next, entry.inquiry.due);
  if (next == HostTime::max()) return std::nullopt;
  return next;
}

void PortMapping::release(HostTime now)
{
  isReleasing_ = true;
  begin(now);
  for (auto& entry : entries_)
    if (!entry.until) entry.inquiry.rest(HostTime::max());
}

bool PortMapping::isOver() const
{
  return isReleasing_ &&
         std::ranges::none_of(entries_, [](const Entry& entry) { return entry.inquiry.isOpen; });
}

bool isBehindAnotherRouter(const IpAddress& outside)
{
  const auto& bytes = outside.bytes();
  if (!outside.isV4()) return true;
  return bytes[0] == 0 || outside.isLoopback() || outside.isLinkLocal() || outside.isMulticast() ||
         bytes[0] == 10 || (bytes[0] == 172 && (bytes[1] & 0xf0U) == 16) ||
         (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 100 && (bytes[1] & 0xc0U) == 64);
}

} // namespace tutti::net
