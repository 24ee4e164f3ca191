#include <tutti/serve/Gossip.hpp>

#include <algorithm>
#include <cstddef>

#include "Leases.hpp"

namespace tutti::serve {
namespace {

constexpr std::size_t kMostGone = 65'536;

} // namespace

Stamp Gossip::stamp()
{
  if (!isShared()) return {};
  return {count(), *instance_};
}

/// What is far ahead nobody has counted to: to go on from there would leave no numbers to say anything with.
void Gossip::heard(const Stamp& said)
{
  if (said.count < Stamp::kMost / 2) clock_ = std::max(clock_, said.count);
}

void Gossip::tell(Fact fact)
{
  if (isShared()) facts_.push_back(std::move(fact));
}

void Gossip::rememberGone(const Whom& whom, const Stamp& joined, HostTime now)
{
  if (gone_.size() >= kMostGone && !gone_.contains(whom)) return; // it may come back for a lease
  auto& gone = gone_[whom];
  gone = {std::max(gone.joined, joined), now + kRememberGone};
}

bool Gossip::isGone(const Whom& whom, const Stamp& joined) const
{
  const auto gone = gone_.find(whom);
  return gone != gone_.end() && joined <= gone->second.joined;
}

void Gossip::forgetGone(HostTime now)
{
  std::erase_if(gone_, [now](const auto& entry) { return entry.second.until <= now; });
}

} // namespace tutti::serve
