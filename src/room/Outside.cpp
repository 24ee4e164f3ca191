#include <tutti/room/Outside.hpp>

#include <chrono>

namespace tutti::room {
namespace {

constexpr std::chrono::milliseconds kLookAgain{500}; // whether they may be told by now

} // namespace

void Outside::seen(const Endpoint& at)
{
  (at.address.isV4() ? v4_ : v6_) = at;
}

void Outside::forget()
{
  v4_.reset();
  v6_.reset();
  relaySaw_.reset();
  told_.clear();
}

std::vector<Endpoint> Outside::addresses() const
{
  std::vector<Endpoint> all;
  for (const auto& one : {v4_, v6_})
    if (one) all.push_back(*one);
  const bool isNew = relaySaw_ && !(relaySaw_->address.isV4() ? v4_ : v6_);
  if (isNew) all.push_back(*relaySaw_);
  all.insert(all.end(), relays_.begin(), relays_.end());
  return all;
}

std::optional<std::vector<Endpoint>> Outside::takeNews(HostTime now)
{
  auto all = addresses();
  if (all == told_ || !pace_.tryTake(now)) return std::nullopt;
  told_ = all;
  return all;
}

HostTime Outside::nextDeadline() const
{
  return addresses() == told_ ? HostTime::max() : pace_.countedAt() + kLookAgain;
}

} // namespace tutti::room
