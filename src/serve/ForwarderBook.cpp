#include <tutti/serve/ForwarderBook.hpp>

#include <algorithm>

#include "Leases.hpp"

namespace tutti::serve {
namespace {

constexpr auto kTellForwarder = kForwarderLease / 3;
constexpr std::size_t kMostDirectories = 64;

} // namespace

bool ForwarderBook::isOwnDue(HostTime now) const
{
  const auto own = living_.find(own_.id);
  return own == living_.end() || own->second.leaseUntil - now <= kForwarderLease - kTellForwarder;
}

ForwarderFact ForwarderBook::renewOwn(const Stamp& said, HostTime now)
{
  const Living own{said, own_, now + kForwarderLease};
  living_[own_.id] = own;
  return own.fact();
}

std::optional<ForwarderFact> ForwarderBook::own() const
{
  const auto own = living_.find(own_.id);
  if (own == living_.end()) return std::nullopt;
  return own->second.fact();
}

bool ForwarderBook::hear(const ForwarderFact& fact, HostTime now)
{
  const auto known = living_.find(fact.id);
  const bool isNew = known == living_.end();
  if (fact.id == own_.id || (isNew ? size() >= kMostDirectories : fact.said <= known->second.said))
    return false;
  const room::wire::RoomForwarder place{fact.id, fact.addresses, fact.port};
  const bool isNews = isNew || known->second.place != place;
  living_[fact.id] = {fact.said, place, now + kForwarderLease};
  return isNews;
}

bool ForwarderBook::expire(HostTime now)
{
  return std::erase_if(living_, [&](const auto& entry) {
           return entry.first != own_.id && entry.second.leaseUntil <= now;
         }) != 0;
}

void ForwarderBook::extend(HostTime now)
{
  for (auto& [id, living] : living_) living.leaseUntil = std::max(living.leaseUntil, now + kForwarderLease);
}

std::vector<std::uint64_t> ForwarderBook::ids() const
{
  std::vector<std::uint64_t> all;
  for (const auto& [id, living] : living_) all.push_back(id);
  return all;
}

/// The carrier first. Of others, only as many as a member looks at.
std::vector<room::wire::RoomForwarder> ForwarderBook::around(std::uint64_t carrier) const
{
  std::vector<room::wire::RoomForwarder> all;
  if (living_.empty()) return all;
  const auto carries = living_.find(carrier);
  all.push_back(
    (carries != living_.end() ? carries : living_.begin())->second.place); // until another is chosen
  for (const auto& [id, living] : living_)
    if (id != all.front().id && all.size() < room::wire::kMostForwarders) all.push_back(living.place);
  return all;
}

} // namespace tutti::serve
