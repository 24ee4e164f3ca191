// What a carrier says to the others of the room, and when.
#include <algorithm>
#include <array>

#include <tutti/linkaudio/SiteCarrier.hpp>

#include "Label.hpp"

namespace tutti::linkaudio {
namespace {

using namespace std::chrono_literals;

constexpr auto kLeastPause = 50ms;
constexpr std::array<Micros, 2> kAgain{80ms, 200ms}; // a datagram may be lost
constexpr Micros kAskPeriod = 1s;                    // five of a lease
constexpr Micros kOfferPeriod = 2s;                  // three until one is silent

} // namespace

void SiteCarrier::Voice::changed(HostTime now)
{
  again_ = 0;
  const bool hasSpoken = last_ != HostTime::min();
  due_ = std::min(due_, hasSpoken ? std::max(now, last_ + kLeastPause) : now);
}

bool SiteCarrier::Voice::advance(HostTime now, bool hasMore, Micros period)
{
  if (now < due_) return false;
  last_ = now;
  const auto again = static_cast<std::size_t>(again_);
  if (again < kAgain.size()) {
    due_ = now + kAgain.at(again);
    ++again_;
  } else {
    due_ = hasMore ? now + period : HostTime::max();
  }
  return true;
}

void SiteCarrier::say(HostTime now, Actions& actions)
{
  if (offers_.advance(now, !own_.empty(), kOfferPeriod))
    for (auto& page : pagesOfOffers(stamp(now))) actions.emplace_back(ToRoom{std::move(page)});
  if (asks_.advance(now, !askedLast_.empty(), kAskPeriod)) actions.emplace_back(ToRoom{asks(stamp(now))});
}

/// Counts up also where the clock has not moved.
room::RemoteTime SiteCarrier::stamp(HostTime now)
{
  saidAt_ = std::max(saidAt_ + 1, microsOf(now));
  return {saidAt_};
}

/// At least one, so that it can be said that there is nothing.
std::vector<Offers> SiteCarrier::pagesOfOffers(room::RemoteTime saidAt) const
{
  std::vector<Offer> all;
  for (const auto& [id, own] : own_) {
    const auto flow = own.flow.value_or(Flow{});
    all.push_back({id, flow.stream, flow.codec, flow.channels, flow.rate,
                   labelOf(own.about.name, Offer::kMostName), labelOf(own.about.whose, Offer::kMostWhose)});
  }
  std::vector<Offers> pages;
  std::span<const Offer> rest{all};
  do {
    const auto count = fittingOffers(rest);
    const auto page = rest.first(count);
    pages.push_back({saidAt, static_cast<std::uint8_t>(pages.size()), 1, {page.begin(), page.end()}});
    rest = rest.subspan(count);
  } while (!rest.empty() && pages.size() < Offers::kMostPages);
  for (auto& page : pages) page.pages = static_cast<std::uint8_t>(pages.size());
  return pages;
}

Asks SiteCarrier::asks(room::RemoteTime saidAt) const
{
  Asks asks{saidAt, {}};
  for (const auto& [carried, foreign] : foreign_)
    if (foreign.isHeard && asks.asks.size() < Asks::kMost)
      asks.asks.push_back({foreign.member, foreign.offer.channel});
  return asks;
}

} // namespace tutti::linkaudio
