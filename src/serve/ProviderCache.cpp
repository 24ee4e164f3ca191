#include "ProviderCache.hpp"

#include <algorithm>
#include <chrono>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;

constexpr auto kRest = 5s;                      // after a failure
constexpr std::chrono::seconds kSpare = 5min;   // that whoever gets it can count on
constexpr std::chrono::seconds kShortest = 10s; // a provider that gives less would be asked all the time
constexpr int kOfNoUse = 502;

} // namespace

std::optional<room::TurnGrant> ProviderCache::left(HostTime now) const
{
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(end_ - now);
  if (seconds.count() < 1) return std::nullopt;
  auto grant = grant_;
  grant.secondsToLive = static_cast<std::uint32_t>(seconds.count());
  return grant;
}

ProviderCache::Next ProviderCache::next(HostTime now)
{
  auto there = left(now);
  if (there && (now < renewAt_ || isAsking_)) return std::move(*there);
  if (isAsking_) return WaitForIt{};
  const bool isResting = failed_ && now < restUntil_;
  if (isResting && there) return std::move(*there);
  if (isResting) return *failed_;
  isAsking_ = true;
  return AskProvider{};
}

void ProviderCache::rest(NoGrant because, HostTime now)
{
  failed_ = because;
  restUntil_ = now + kRest;
}

void ProviderCache::hear(const GrantReply& reply, HostTime now)
{
  isAsking_ = false;
  const auto* refused = std::get_if<NoGrant>(&reply);
  if (refused != nullptr) return rest(*refused, now);
  const auto& grant = std::get<room::TurnGrant>(reply);
  const std::chrono::seconds life{grant.secondsToLive != 0 ? grant.secondsToLive : life_};
  if (life < kShortest) return rest({kOfNoUse}, now);
  failed_.reset();
  grant_ = grant;
  end_ = now + life;
  renewAt_ = end_ - std::min(kSpare, life / 2);
}

} // namespace tutti::serve
