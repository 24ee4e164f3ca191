#include "SessionMachinery.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>

#include <tutti/core/Log.hpp>
#include <tutti/room/Candidates.hpp>
#include <tutti/rt/Priority.hpp>

#include "ControlMessage.hpp"
#include "Resolve.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

constexpr auto kTick = 100ms;
constexpr auto kLook = 1s; // at the interfaces

std::optional<MemberKeys> hostKeysIn(const Invitation& invitation)
{
  if (!invitation.hostSeed) return std::nullopt;
  return MemberKeys::ofHost(*invitation.hostSeed);
}

} // namespace

Session::Machinery::Machinery(const Options& options, Entry entry, Sink& sink)
  : options_{options}
  , sink_{sink}
  , secret_{entry.secret}
  , keys_{std::move(entry.keys)}
  , hostKeys_{hostKeysIn(options.invitation)}
  , card_{std::move(entry.card)}
  , media_{std::move(entry.socket), connections_}
  , ensemble_{secret_, keys_, entry.joined, entry.servers}
  , relays_{media_, connections_, ensemble_, [this](const Ensemble::Actions& actions) { perform(actions); },
            [this] { membership_->askForLeave(); }}
  , room_{entry.joined.room}
  , slot_{entry.joined.slot}
{
  status_.id = keys_.id();
  status_.invitation = options.invitation.forOthers();
  status_.areWeHost = hostKeys_ && room_.host && *room_.host == hostKeys_->signPublic();
  local_ = localAddresses(options_.interfaces);
  lookedAt_ = HostClock::now();
  perform(ensemble_.setInterfaces(local_, lookedAt_));
  news_.emplace_back(entry.joined.update);
  publish(lookedAt_);
  membership_.emplace(options.invitation, std::move(entry.request), entry.joined,
                      [this](Membership::Heard heard) {
                        {
                          const std::lock_guard lock{newsMutex_};
                          news_.push_back(std::move(heard));
                        }
                        bell_.ring();
                      });
  thread_ = std::thread{[this] { run(); }};
}

Session::Machinery::~Machinery()
{
  isStopping_ = true;
  bell_.ring();
  thread_.join(); // it posts, so it ends first
  membership_.reset();
}

void Session::Machinery::run()
{
  if (const auto urgent = rt::becomeUrgent(rt::Urgency::media); !urgent)
    log::room().debug("media without realtime priority: {}", urgent.error().detail);
  tickAt_ = HostClock::now();
  relays_.start(tickAt_);
  while (!isStopping_) {
    const auto deadline = std::min({ensemble_.nextDeadline(), relays_.nextDeadline(), tickAt_});
    bell_.waitUntil(deadline, media_.descriptor(), media_.spareDescriptor());
    const auto now = HostClock::now();
    takeNews(now);
    listen(OwnRelays::Port::media, now);
    listen(OwnRelays::Port::spare, now);
    relays_.takeFromConnections(now, [&](const MediaPort::Arrival& packet) { hear(packet, now); });
    perform(ensemble_.advance(HostClock::now()));
    relays_.advance(HostClock::now());
    if (now >= tickAt_) tick(now);
    if (isNews_) publish(now);
  }
  leaveRelays();
}

void Session::Machinery::takeNews(HostTime now)
{
  std::vector<Membership::Heard> news;
  std::vector<ChatLine> lines;
  std::vector<ByteString> orders;
  {
    const std::lock_guard lock{newsMutex_};
    news.swap(news_);
    lines.swap(lines_);
    orders.swap(ordersOurs_);
  }
  for (const auto& heard : news) apply(heard, now);
  for (const auto& line : lines) perform(ensemble_.say(line, now));
  if (!orders.empty()) perform(ensemble_.repeatOrders());
  for (auto& order : orders) membership_->postOrder(std::move(order));
}

void Session::Machinery::apply(const Membership::Heard& heard, HostTime now)
{
  auto state = State::joined;
  std::string problem;
  if (const auto* update = std::get_if<wire::Update>(&heard)) {
    perform(ensemble_.hearDirectory(*update, now));
  } else if (const auto* joined = std::get_if<Membership::Joined>(&heard)) {
    slot_ = joined->reply.slot;
    room_.isLocked = joined->reply.room.isLocked; // who hosts it, and which one it is, stays
    perform(ensemble_.rejoined(joined->reply, joined->servers, now));
    relays_.start(now);
  } else if (const auto* leave = std::get_if<TurnLeave>(&heard)) {
    return relays_.leaveGiven(*leave, now);
  } else if (const auto* none = std::get_if<Membership::NoLeave>(&heard)) {
    return relays_.leaveRefused(none->refusal, now);
  } else if (const auto* away = std::get_if<Membership::Away>(&heard)) {
    state = State::away;
    problem = away->sentence;
  } else {
    state = State::out;
    problem = std::get<Membership::Out>(heard).sentence;
  }
  const std::lock_guard lock{statusMutex_};
  if (status_.state != state || status_.problem != problem) isNews_ = true;
  status_.state = state;
  status_.problem = problem;
}

void Session::Machinery::tick(HostTime now)
{
  tickAt_ = now + kTick;
  membership_->tellRoundTrips(ensemble_.roundTrips());
  if (now - lookedAt_ >= kLook) lookAtInterfaces(now);
  publish(now);
  sink_.tick(now);
}

void Session::Machinery::lookAtInterfaces(HostTime now)
{
  lookedAt_ = now;
  auto local = localAddresses(options_.interfaces);
  if (local == local_) return;
  local_ = std::move(local);
  outside_ = relaysTold_;
  membership_->networkChanged();
  renewCard();
  perform(ensemble_.setInterfaces(local_, now));
  relays_.networkChanged(now);
}

void Session::Machinery::renewCard()
{
  auto candidates = cardCandidates(local_, media_.port(), outside_);
  const auto relayed = relaysAmong(candidates, relaysTold_);
  if (candidates == card_.candidates && relayed == card_.relayed) return;
  ++card_.edition;
  card_.relayed = relayed;
  card_.candidates = std::move(candidates);
  membership_->postCard(card_.encode(secret_, keys_), keys_);
}

void Session::Machinery::perform(const Ensemble::Actions& actions)
{
  using E = Ensemble;
  for (const auto& action : actions) {
    if (const auto* send = std::get_if<E::SendDatagram>(&action)) media_.sendPlain(send->bytes, send->to);
    if (const auto* sealed = std::get_if<E::SendSealed>(&action))
      media_.sendControl(slot_, sealed->payload, sealed->to);
    if (const auto* post = std::get_if<E::PostLetters>(&action)) membership_->postLetters(post->letters);
    if (const auto* post = std::get_if<E::PostOrders>(&action))
      for (const auto& order : post->orders) membership_->postOrder(order);
    if (const auto* use = std::get_if<E::UseKey>(&action)) media_.useKey(use->letter);
    if (const auto* add = std::get_if<E::AddKey>(&action)) media_.addKey(add->slot, add->letter);
    if (const auto* forget = std::get_if<E::ForgetSlot>(&action)) media_.forget(forget->slot);
    if (const auto* routes = std::get_if<E::SetRoutes>(&action)) media_.setRoutes(routes->to);
    if (const auto* seen = std::get_if<E::SeenAs>(&action)) {
      outside_ = seen->outside;
      relaysTold_ = seen->relays;
      renewCard();
    }
    if (const auto* ask = std::get_if<E::AskRelays>(&action)) relays_.want(*ask);
    if (const auto* suspect = std::get_if<E::SuspectRelay>(&action)) relays_.suspect(suspect->relay);
    if (const auto* word = std::get_if<E::BridgeWord>(&action)) hand(*word);
    isNews_ = isNews_ || std::holds_alternative<E::News>(action);
  }
}

void Session::Machinery::hand(const Ensemble::BridgeWord& word)
{
  const std::lock_guard lock{bridgeMutex_};
  const auto listener = bridges_.find(static_cast<Ensemble::BridgeWord::About>(word.bytes.front()));
  if (listener != bridges_.end() && listener->second) listener->second(word);
}

void Session::Machinery::onBridgeWord(Ensemble::BridgeWord::About about,
                                      std::function<void(Ensemble::BridgeWord)> listener)
{
  const std::lock_guard lock{bridgeMutex_};
  bridges_[about] = std::move(listener);
}

void Session::Machinery::sayToBridges(std::span<const std::byte> word)
{
  if (word.size() > Ensemble::BridgeWord::kLargest) return;
  auto payload = beginControl(ControlType::bridge, 0);
  payload.insert(payload.end(), word.begin(), word.end());
  media_.sendControl(slot_, payload, std::nullopt);
}

void Session::Machinery::publish(HostTime now)
{
  auto members = ensemble_.members(now);
  std::set<std::uint16_t> muted;
  for (const auto& member : members)
    if (member.isMutedByHost) muted.insert(member.slot);
  media_.mute(std::move(muted));
  {
    const std::lock_guard lock{statusMutex_};
    status_.room = room_;
    status_.room.members = members.size() + 1;
    status_.slot = slot_;
    status_.members = std::move(members);
    if (isNews_) status_.chat = ensemble_.chat().lines();
    status_.isLocked = ensemble_.authority().isLocked();
    status_.areWeMuted = ensemble_.authority().isMuted(keys_.id());
    status_.isRosterDisputed = ensemble_.isRosterDisputed(now);
    status_.refused = media_.refused();
    ordersGiven_ = std::max(ordersGiven_, ensemble_.authority().newest());
  }
  isNews_ = false;
  sink_.changed();
}

Session::Status Session::Machinery::status() const
{
  const std::lock_guard lock{statusMutex_};
  return status_;
}

Result<void> Session::Machinery::say(const std::string& text)
{
  std::uint32_t number = 0;
  {
    const std::lock_guard lock{statusMutex_};
    number = ++linesSaid_;
  }
  auto line = ChatLine::say(keys_, options_.name, number, std::time(nullptr), text);
  if (!line) return tl::unexpected{line.error()};
  {
    const std::lock_guard lock{newsMutex_};
    lines_.push_back(std::move(*line));
  }
  bell_.ring();
  return {};
}

Result<void> Session::Machinery::order(Order::What what, const MemberId& target)
{
  Order order;
  {
    const std::lock_guard lock{statusMutex_};
    if (!status_.areWeHost) return failure(ErrorKind::refused, "Only the host of this room can do that.");
    order = {status_.room.id, ++ordersGiven_, what, target};
  }
  {
    const std::lock_guard lock{newsMutex_};
    ordersOurs_.push_back(order.sign(*hostKeys_));
  }
  bell_.ring();
  return {};
}

} // namespace tutti::room
