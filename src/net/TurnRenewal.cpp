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
  until_ = credentials.until;
  askAt_.reset();
  changeAt_.reset();
  next_.reset();
  askAgain_ = kLongestRepeat;
  if (!until_) return;
  const auto left = std::max<Micros>(*until_ - now, Micros{0});
  const auto lead = std::min(left / 4, kLongestLead);
  margin_ = std::min(left / 10, kLongestMargin);
  askAt_ = *until_ - lead;
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
  if (!next_ && (!askAt_ || *askAt_ > now + askAgain_)) askAt_ = now;
}

void TurnRenewal::keep(TurnCredentials next)
{
  next_ = std::move(next);
  askAt_.reset();
  changeAt_.reset();
}

void TurnRenewal::refuseNext(HostTime now)
{
  changeAt_ = until_ ? std::max(now, *until_ - margin_) : now;
}

std::optional<TurnCredentials> TurnRenewal::takeNext()
{
  changeAt_.reset();
  return std::exchange(next_, std::nullopt);
}

std::optional<HostTime> TurnRenewal::nextDeadline() const
{
  if (!askAt_ || !changeAt_) return askAt_ ? askAt_ : changeAt_;
  return std::min(*askAt_, *changeAt_);
}

} // namespace tutti::net
