#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <set>

#include <tutti/net/TurnRoutes.hpp>
#include <tutti/room/Ensemble.hpp>

#include "Require.hpp"

namespace tutti::fuzz {

/// Watches everything that a member of a room says and remembers, and stops the run at the first thing that
/// must not be.
class EnsembleWitness {
public:
  using Ensemble = room::Ensemble;
  using Way = room::Way;

  explicit EnsembleWitness(HostTime start)
    : start_{start}
  {}

  /// By the directory, or by who is in the room.
  void told(const Endpoint& endpoint) { told_.insert(endpoint); }
  void askedFrom(const Way& way)
  {
    asked_.insert(way);
    ++mayAnswer_;
  }
  void answeredFrom(const Way& way) { answered_.insert(way); }
  void opened(const Endpoint& relay) { open_.insert(relay); }
  void closed(const Endpoint& relay) { open_.erase(relay); }

  /// The last ones, to be answered.
  [[nodiscard]] const std::deque<Ensemble::SendDatagram>& checks() const { return checks_; }

  /// All that came of one call.
  void judge(const Ensemble::Actions& actions, HostTime now)
  {
    require(actions.size() <= 2000);
    for (const auto& action : actions) {
      if (const auto* send = std::get_if<Ensemble::SendDatagram>(&action)) judgeDatagram(*send, now);
      if (const auto* routes = std::get_if<Ensemble::SetRoutes>(&action)) {
        require(routes->to.size() <= 3);
        for (const auto& route : routes->to) require(answered_.contains(route));
      }
      if (const auto* ask = std::get_if<Ensemble::AskRelays>(&action)) {
        require(ask->permitted.size() + ask->inUse.size() <= net::TurnRoutes::kMostPeers);
        for (const auto& peer : ask->permitted) require(told_.contains(peer));
      }
      if (const auto* sealed = std::get_if<Ensemble::SendSealed>(&action))
        require(sealed->payload.size() <= 1200 && (!sealed->to || answered_.contains(*sealed->to)));
      if (const auto* word = std::get_if<Ensemble::BridgeWord>(&action))
        require(!word->bytes.empty() && word->bytes.size() <= Ensemble::BridgeWord::kLargest);
    }
  }

  static void judgeState(const Ensemble& ensemble, std::size_t others, HostTime now)
  {
    require(ensemble.members(now).size() <= others);
    require(ensemble.chat().lines().size() <= room::ChatHistory::kMostLines);
  }

private:
  void judgeDatagram(const Ensemble::SendDatagram& send, HostTime now)
  {
    const auto& to = send.to.to;
    require(to.port != 0 && !to.address.isMulticast() && !to.address.isUnspecified());
    require(told_.contains(to) || asked_.contains(send.to));
    require(!send.to.via || open_.contains(*send.to.via));
    require(send.bytes.size() <= 400);
    const auto message = net::stun::Message::parse(send.bytes);
    require(message.has_value());
    if (message->messageClass() == net::stun::Class::success) {
      require(mayAnswer_ > 0);
      --mayAnswer_;
    } else {
      judgePace(now);
      remember(send);
    }
  }

  void judgePace(HostTime now)
  {
    const auto seconds = std::chrono::duration<double>(now - start_).count();
    require(static_cast<double>(++sent_) <= 11 + 50 * seconds);
  }

  void remember(const Ensemble::SendDatagram& check)
  {
    checks_.push_back(check);
    if (checks_.size() > 32) checks_.pop_front();
  }

  HostTime start_;
  std::set<Endpoint> told_;
  std::set<Way> asked_;    // with a right password
  std::set<Way> answered_; // the same
  std::set<Endpoint> open_;
  std::deque<Ensemble::SendDatagram> checks_;
  std::size_t mayAnswer_ = 0;
  std::size_t sent_ = 0;
};

} // namespace tutti::fuzz
