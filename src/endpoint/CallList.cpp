#include <tutti/endpoint/CallList.hpp>

#include <algorithm>
#include <utility>

namespace tutti::endpoint {

CallList::CallList(std::vector<Wanted> wanted)
{
  for (auto& one : wanted) entries_.push_back({std::move(one), std::nullopt, {}, {}, false});
}

void CallList::want(const Wanted& wanted)
{
  entries_.push_back({wanted, std::nullopt, {}, {}, false});
}

std::optional<ConnectionId> CallList::forget(const Wanted& wanted)
{
  const auto found = std::ranges::find(entries_, wanted, &Entry::wanted);
  if (found == entries_.end()) return std::nullopt;
  const auto connection = found->connection;
  entries_.erase(found);
  return connection;
}

std::vector<CallList::Call> CallList::due(const std::vector<LanServer>& lan, HostTime now) const
{
  std::vector<Call> calls;
  for (std::size_t number = 0; number < entries_.size(); ++number) {
    const auto& entry = entries_[number];
    if (entry.connection || entry.isRefused || now < entry.notBefore) continue;
    if (const auto to = place(entry.wanted, lan, calls)) calls.push_back({number, *to});
  }
  return calls;
}

std::optional<Endpoint> CallList::place(const Wanted& wanted, const std::vector<LanServer>& lan,
                                        const std::vector<Call>& calls) const
{
  if (const auto* const at = std::get_if<Endpoint>(&wanted)) return *at;
  for (const auto& server : lan)
    if (server.name == std::get<std::string>(wanted) && !isInUse(server.at, calls)) return server.at;
  return std::nullopt;
}

bool CallList::isInUse(const Endpoint& server, const std::vector<Call>& calls) const
{
  const auto isConnected = [&](const Entry& entry) { return entry.connection && entry.at == server; };
  return std::ranges::any_of(entries_, isConnected) ||
         std::ranges::find(calls, server, &Call::to) != calls.end();
}

void CallList::calling(const Call& call, ConnectionId id)
{
  auto& entry = entries_.at(call.number);
  entry.connection = id;
  entry.at = call.to;
}

void CallList::over(ConnectionId id, Hope hope, HostTime now)
{
  auto* const entry = find(id);
  if (entry == nullptr) return;
  entry->connection.reset();
  entry->notBefore = now + kAgain;
  entry->isRefused = hope == Hope::never;
}

void CallList::beginAnew()
{
  for (auto& entry : entries_) {
    entry.connection.reset();
    entry.notBefore = {};
    entry.isRefused = false;
  }
}

std::string CallList::title(std::size_t number) const
{
  const auto& wanted = entries_.at(number).wanted;
  const auto* const at = std::get_if<Endpoint>(&wanted);
  return at != nullptr ? at->text() : std::get<std::string>(wanted);
}

std::optional<std::string> CallList::title(ConnectionId id) const
{
  for (std::size_t number = 0; number < entries_.size(); ++number)
    if (entries_[number].connection == id) return title(number);
  return std::nullopt;
}

bool CallList::isHopeless() const
{
  return !entries_.empty() && std::ranges::all_of(entries_, &Entry::isRefused);
}

CallList::Entry* CallList::find(ConnectionId id)
{
  const auto found = std::ranges::find(entries_, std::optional{id}, &Entry::connection);
  return found == entries_.end() ? nullptr : &*found;
}

} // namespace tutti::endpoint
