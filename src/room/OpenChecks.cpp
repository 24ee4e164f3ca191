#include <tutti/room/OpenChecks.hpp>

#include <algorithm>
#include <chrono>

namespace tutti::room {
namespace {

constexpr std::chrono::seconds kPatience{2};

} // namespace

void OpenChecks::add(const Asked& asked)
{
  constexpr std::size_t kMost = 512;
  if (all_.size() == kMost) all_.erase(all_.begin());
  all_.push_back(asked);
}

std::optional<OpenChecks::Asked> OpenChecks::find(const net::stun::TransactionId& id, const Way& from) const
{
  const auto found = std::ranges::find(all_, id, &Asked::id);
  if (found == all_.end() || from != found->path.way()) return std::nullopt;
  return *found;
}

void OpenChecks::close(const net::stun::TransactionId& id)
{
  std::erase_if(all_, [&id](const Asked& asked) { return asked.id == id; });
}

void OpenChecks::advance(HostTime now)
{
  std::erase_if(all_, [now](const Asked& asked) { return now - asked.sentAt >= kPatience; });
}

} // namespace tutti::room
