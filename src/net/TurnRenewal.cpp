#include "TurnRenewal.hpp"

#include <algorithm>
#include <utility>

namespace tutti::net {
namespace {

using namespace std::chrono_literals;

constexpr Micros kLongestLead = 10min; // who hands out credentials may be away for a moment
constexpr Micros kShortestRepeat = 1s;
constexpr Micros kLongestRepeat = 30s;
constexpr Micros kLongestMargin = 30s; // for the change, with a lost packet or two

} // namespace

void TurnRenewal::begin(const TurnCredentials& credentials, HostTime now)
{
  takeNext();
  until_ = credentials.until;
  if (until_) margin_ = std::min(std::max<Micros>(*until_ - now, Micros{0}) / 10, kLongestMargin);
  schedule(credentials, now);
}

void TurnRenewal::schedule(const TurnCredentials& credentials, HostTime now)
{
  askAt_.reset();
  askAgain_ = kLongestRepeat;
  if (!credentials.until) return;
  const auto left = std::max<Micros>(*credentials.until - now, Micros{0});
  const auto lead = std::min(left / 4, kLongestLead);
  askAt_ = *credentials.until - lead;
  askAgain_ = std::clamp(lead / 4, kShortestRepeat, kLongestRepeat);
}

bool TurnRenewal::isAsking(HostTime now)
{
  if (!askAt_ || now < *askAt_) return false;
  askAt_ = now + askAgain_;
  return true;
}

void TurnRenewal::hurry(HostTime now)
{
  if (!askAt_ || *askAt_ > now + askAgain_) askAt_ = now;
}

void TurnRenewal::keep(TurnCredentials next, HostTime now)
{
  takeNext();
  schedule(next, now);
  next_ = std::move(next);
}

void TurnRenewal::planChange(HostTime now)
{
  changeAt_ = until_ ? std::max(now, *until_ - margin_) : now;
}

std::optional<TurnCredentials> TurnRenewal::takeNext()
{
  changeAt_.reset();
  isNextRefused_ = false;
  return std::exchange(next_, std::nullopt);
}

} // namespace tutti::net
