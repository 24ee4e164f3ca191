#include "LanCalls.hpp"

#include <algorithm>
#include <utility>

namespace tutti::engine {
namespace {

using Kind = EndpointEvent::Kind;
using What = endpoint::Outbox::Event::Kind;
using Hope = endpoint::CallList::Hope;

bool isIn(const std::vector<endpoint::LanServer>& list, const endpoint::LanServer& server)
{
  return std::ranges::find(list, server.id, &endpoint::LanServer::id) != list.end();
}

} // namespace

EndpointEvent::Kind kindOf(What what)
{
  switch (what) {
  case What::met:
    return Kind::met;
  case What::started:
    return Kind::started;
  case What::rested:
    return Kind::rested;
  case What::left:
    return Kind::left;
  case What::refused:
    break;
  }
  return Kind::refused;
}

LanCalls::LanCalls(std::string name, std::vector<Wanted> wanted)
  : name_{std::move(name)}
  , calls_{std::move(wanted)}
{}

Result<void> LanCalls::begin(audio::SampleRate device)
{
  end();
  auto client = endpoint::EndpointClient::open(name_, device);
  if (!client) return tl::unexpected{client.error()};
  client_ = std::move(*client);
  return {};
}

void LanCalls::end()
{
  client_.reset();
  calls_.beginAnew();
  lan_.clear();
  notReached_.clear();
  refused_.clear();
}

void LanCalls::want(const Wanted& wanted)
{
  calls_.want(wanted);
}

void LanCalls::forget(const Wanted& wanted)
{
  const auto connection = calls_.forget(wanted);
  if (connection && client_) client_->hangUp(*connection);
  const auto* const name = std::get_if<std::string>(&wanted);
  if (name == nullptr) return;
  notReached_.erase(*name);
  refused_.erase(*name);
}

std::vector<EndpointEvent> LanCalls::attend(HostTime now)
{
  std::vector<EndpointEvent> events;
  if (!client_) return events;
  attendLan(now, events);
  for (const auto& call : calls_.due(lan_, now)) calls_.calling(call, client_->call(call.to));
  for (const auto& told : client_->takeEvents()) hear(told, now, events);
  return events;
}

void LanCalls::attendLan(HostTime now, std::vector<EndpointEvent>& events)
{
  const auto before = std::exchange(lan_, client_->lan());
  for (const auto& server : lan_)
    if (!isIn(before, server)) {
      events.push_back({Kind::found, now, server.name, server.at.text()});
      if (refused_.contains(server.name)) askAnew(server.name);
    }
  for (const auto& server : before)
    if (!isIn(lan_, server)) events.push_back({Kind::gone, now, server.name, server.at.text()});
}

/// It may be another one now, or at another rate.
void LanCalls::askAnew(const std::string& server)
{
  forget(server);
  want(server);
}

void LanCalls::hear(const endpoint::Told& told, HostTime now, std::vector<EndpointEvent>& events)
{
  const auto& what = told.what;
  const auto title = calls_.title(what.who).value_or(what.name);
  const bool isOver = what.kind == What::left || what.kind == What::refused;
  if (!isOver) {
    notReached_.erase(title);
    events.push_back({kindOf(what.kind), told.at, title, what.text});
    return;
  }
  if (what.kind == What::refused) refused_.insert(title);
  calls_.over(what.who, what.kind == What::refused ? Hope::never : Hope::again, now);
  if (std::exchange(notReached_[title], what.text) != what.text)
    events.push_back({kindOf(what.kind), told.at, title, what.text});
}

std::vector<endpoint::EndpointClient::Server> LanCalls::servers() const
{
  if (!client_) return {};
  return client_->servers();
}

std::string LanCalls::whyNot(const std::string& title) const
{
  const auto why = notReached_.find(title);
  return why == notReached_.end() ? std::string{} : why->second;
}

} // namespace tutti::engine
