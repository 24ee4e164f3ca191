#include "LanStreams.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace tutti::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto kAgain = 1s;    // after a failure of ours
constexpr auto kPatience = 3s; // until who was connected before the rate changed counts as gone

/// A musician may be called by anything.
std::string nameFor(const std::string& musician)
{
  return endpoint::isName(musician) ? musician : "Tutti";
}

template <class Things, class Thing> bool has(const Things& things, const Thing& thing)
{
  return std::ranges::find(things, thing) != things.end();
}

} // namespace

LanStreams::LanStreams(const std::string& name, Wish wish)
  : name_{nameFor(name)}
  , wish_{std::move(wish)}
  , calls_{name_}
{}

void LanStreams::connect(const std::string& server)
{
  const std::lock_guard lock{mutex_};
  if (!has(wish_.servers, server)) wish_.servers.push_back(server);
}

void LanStreams::disconnect(const std::string& server)
{
  const std::lock_guard lock{mutex_};
  std::erase(wish_.servers, server);
}

Result<void> LanStreams::offer(const LanOffer& offer)
{
  if (!endpoint::isName(offer.name))
    return failure(ErrorKind::unsupported, "A stream needs a name of 1 to 64 letters, on one line.");
  endpoint::AudioFormat format;
  format.channels = offer.channels;
  if (auto fits = check(format); !fits) return fits;
  const std::lock_guard lock{mutex_};
  if (std::ranges::find(wish_.offers, offer.name, &LanOffer::name) != wish_.offers.end())
    return failure(ErrorKind::refused, fmt::format("A stream “{}” is offered already.", offer.name));
  if (wish_.offers.size() == endpoint::kMostStreams)
    return failure(ErrorKind::refused,
                   fmt::format("{} streams are offered already; take one back first.", wish_.offers.size()));
  wish_.offers.push_back(offer);
  return {};
}

void LanStreams::withdraw(const std::string& name)
{
  const std::lock_guard lock{mutex_};
  std::erase_if(wish_.offers, [&](const LanOffer& offer) { return offer.name == name; });
}

std::vector<std::string> LanStreams::wanted() const
{
  const std::lock_guard lock{mutex_};
  return wish_.servers;
}

LanSnapshot LanStreams::snapshot() const
{
  const std::lock_guard lock{mutex_};
  return shown_;
}

void LanStreams::attend(const std::optional<audio::SampleRate>& device, HostTime now)
{
  Wish wish;
  {
    const std::lock_guard lock{mutex_};
    wish = wish_;
  }
  if (device && rate_ != device) {
    rate_ = device;
    beginAnew(now);
  }
  if (rate_ && now >= notBefore_) {
    problem_.clear();
    attendCalls(wish, now);
    attendOffers(wish, now);
  }
  static_cast<void>(calls_.attend(now)); // what it tells is asked for below
  servers_ = calls_.servers();
  collect(wish, now);
  show(wish);
}

void LanStreams::beginAnew(HostTime now)
{
  before_.clear();
  for (const auto& server : servers_)
    if (server.about.isRunning) before_.insert(server.about.name);
  anewUntil_ = now + kPatience;
  calls_.end();
  server_.reset();
  served_.clear();
}

void LanStreams::attendCalls(const Wish& wish, HostTime now)
{
  for (const auto& server : std::set<std::string>{called_})
    if (!has(wish.servers, server)) {
      calls_.forget(server);
      called_.erase(server);
    }
  for (const auto& server : wish.servers)
    if (called_.insert(server).second) calls_.want(server);
  const bool isNeeded = wish.looksAround || !wish.servers.empty();
  if (isNeeded == calls_.isOpen()) return;
  if (!isNeeded) return calls_.end();
  if (const auto begun = calls_.begin(*rate_); !begun) {
    problem_ = begun.error().detail;
    notBefore_ = now + kAgain;
  }
}

/// Others connect again by themselves.
void LanStreams::attendOffers(const Wish& wish, HostTime now)
{
  if (wish.offers == served_) return;
  server_.reset();
  served_.clear();
  if (wish.offers.empty()) return;
  if (const auto served = serve(wish.offers); !served) {
    problem_ = served.error().detail;
    notBefore_ = now + kAgain;
  }
}

Result<void> LanStreams::serve(const std::vector<LanOffer>& offers)
{
  endpoint::EndpointServer::Options options{name_, {}, {}, *rate_, port_};
  for (const auto& offer : offers) {
    endpoint::AudioFormat format;
    format.channels = offer.channels;
    options.fromServer.push_back({offer.name, format});
  }
  auto server = endpoint::EndpointServer::open(options);
  if (!server && port_ != 0) { // somebody else has it meanwhile
    options.port = 0;
    server = endpoint::EndpointServer::open(options);
  }
  if (!server) return tl::unexpected{server.error()};
  server_ = std::move(*server);
  port_ = server_->port();
  served_ = offers;
  return {};
}

void LanStreams::collect(const Wish& wish, HostTime now)
{
  streams_.clear();
  absences_ = {};
  std::set<std::string> running;
  for (const auto& server : servers_) {
    if (server.about.isRunning) running.insert(server.about.name);
    use(server);
  }
  for (std::size_t i = 0; i < served_.size(); ++i)
    streams_.push_back(
      {{}, served_[i].name, LanStream::Door{server_->door(i), served_[i].channels}, served_[i].hears});
  for (const auto& server : wish.servers) {
    if (running.contains(server)) {
      before_.erase(server);
      continue;
    }
    absences_.why[server] = whyNot(server);
    if (before_.contains(server) && now < anewUntil_) absences_.isSoonBack.insert(server);
  }
  if (!wish.offers.empty() && !problem_.empty()) absences_.why[""] = problem_;
}

/// Where its streams rest nothing comes from it, nor goes to it.
void LanStreams::use(const endpoint::EndpointClient::Server& server)
{
  const auto& about = server.about;
  if (!about.isRunning) return;
  for (std::size_t i = 0; i < about.fromServer.size(); ++i)
    streams_.push_back({about.name, about.name + ' ' + about.offersFrom[i].name, about.fromServer[i]});
  for (std::size_t i = 0; i < server.toServer.size(); ++i)
    streams_.push_back({about.name, about.name + ' ' + about.offersTo[i].name,
                        LanStream::Door{server.toServer[i], about.offersTo[i].format.channels}});
}

std::string LanStreams::whyNot(const std::string& server) const
{
  if (!rate_) return "no sound device runs";
  const auto isIt = [&](const auto& one) { return one.about.name == server; };
  if (std::ranges::any_of(servers_, isIt)) return server + " rests";
  if (calls_.hasRefused(server)) return calls_.whyNot(server);
  return "no sign of life from " + server;
}

void LanStreams::show(const Wish& wish)
{
  LanSnapshot shown;
  std::map<std::string, LanServerSnapshot> servers;
  for (const auto& near : calls_.lan()) servers[near.name].isNear = true;
  for (const auto& server : wish.servers) servers[server].isWanted = true;
  for (const auto& server : servers_) {
    auto& known = servers[server.about.name];
    known.isConnected = server.about.isRunning;
    known.fromServer = server.about.offersFrom;
    known.toServer = server.about.offersTo;
  }
  for (auto& [name, server] : servers) {
    server.name = name;
    if (const auto why = absences_.why.find(name); why != absences_.why.end()) server.problem = why->second;
    shown.servers.push_back(std::move(server));
  }
  shown.offers = wish.offers;
  if (server_)
    for (const auto& client : server_->clients())
      if (client.isRunning) shown.listeners.push_back(client.name);
  shown.problem = problem_;
  const std::lock_guard lock{mutex_};
  shown_ = std::move(shown);
}

std::vector<std::string> LanStreams::settle(jam::Desk& desk, Micros deviceOut)
{
  guests_.setDeviceOut(deviceOut);
  return guests_.settle(desk, streams_, absences_);
}

} // namespace tutti::engine
