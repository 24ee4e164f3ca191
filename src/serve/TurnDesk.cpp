#include "TurnDesk.hpp"

#include <chrono>
#include <ctime>

#include "SharedSecret.hpp"

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

constexpr auto kPatience = 8s; // a little more than a provider gets
constexpr int kNotConfigured = 503;
constexpr int kUnreachable = 502;

} // namespace

TurnDesk::TurnDesk(std::optional<TurnOptions> options, std::uint32_t seconds, AskProvider askProvider)
  : options_{std::move(options)}
  , seconds_{seconds}
  , askProvider_{std::move(askProvider)}
  , cache_{seconds}
{}

GrantReply TurnDesk::ask(std::string_view who)
{
  if (!options_) return NoGrant{kNotConfigured};
  if (const auto* provider = std::get_if<TurnOptions::Provider>(&options_->credentials))
    return askCache(*provider);
  room::TurnGrant grant{options_->servers, {}, {}, seconds_};
  if (const auto* user = std::get_if<TurnOptions::StaticUser>(&options_->credentials)) {
    grant.username = user->name;
    grant.password = user->password;
    return grant;
  }
  const auto& shared = std::get<TurnOptions::SharedSecret>(options_->credentials);
  const auto timed = TimedCredential::until(std::time(nullptr) + seconds_, who, shared.secret);
  grant.username = timed.username;
  grant.password = timed.password;
  return grant;
}

/// One asks the provider, without the lock; the others wait for what it hears.
GrantReply TurnDesk::askCache(const TurnOptions::Provider& provider)
{
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  std::unique_lock lock{mutex_};
  for (;;) {
    auto next = cache_.next(HostClock::now());
    if (auto* grant = std::get_if<room::TurnGrant>(&next)) return std::move(*grant);
    if (const auto* refused = std::get_if<NoGrant>(&next)) return *refused;
    if (std::holds_alternative<ProviderCache::WaitForIt>(next)) {
      if (heard_.wait_until(lock, deadline) == std::cv_status::timeout) return NoGrant{kUnreachable};
      continue;
    }
    lock.unlock();
    const auto reply = askProvider_(provider, seconds_);
    lock.lock();
    cache_.hear(reply, HostClock::now());
    heard_.notify_all();
  }
}

} // namespace tutti::serve
