#pragma once

#include <map>
#include <vector>

#include "Rehearsal.hpp"

namespace tutti::test {

/// A member of the room that means no good: it has all that a member has, and says what it likes.
struct Villain {
  Villain(Rehearsal& rehearsal, Rehearsal::Player& listener)
    : stage{rehearsal}
    , victim{listener}
    , now{stage.nowOf(victim)}
  {}

  void claim(const std::vector<Endpoint>& candidates, std::uint8_t relayed = 0)
  {
    const room::Card card{keys.id(), keys.signPublic(), keys.boxPublic(), ++edition, "Villain",
                          "",        candidates,        relayed};
    room::wire::Update update;
    update.roster = {{keys.id(), 7, card.encode(stage.secret, keys)}};
    count(victim.ensemble->hearDirectory(update, now));
  }

  void askFrom(const room::Way& spoofed)
  {
    net::stun::TransactionId id{};
    id[0] = static_cast<std::byte>(++asked & 0xff);
    net::stun::Writer question{net::stun::Class::request, net::stun::Method::binding, id};
    question.add(net::stun::Attribute::username, victim.keys.id().text() + ':' + keys.id().text());
    question.padTo(108);
    question.seal(keys.checkPassword(victim.keys.boxPublic()));
    question.addFingerprint();
    count(victim.ensemble->hearDatagram(question.bytes(), spoofed, now));
  }

  void pass(Micros time)
  {
    for (const auto end = now + time; now < end; now += Micros{10'000}) count(victim.ensemble->advance(now));
  }

  void count(const room::Ensemble::Actions& actions)
  {
    for (const auto& action : actions) {
      if (const auto* ask = std::get_if<room::Ensemble::AskRelays>(&action)) permitted = ask->permitted;
      if (const auto* send = std::get_if<room::Ensemble::SendDatagram>(&action))
        if (send->to != stage.forwarderAt) {
          ++sent[send->to.to];
          ++all;
        }
    }
  }

  Rehearsal& stage;
  Rehearsal::Player& victim;
  room::MemberKeys keys = room::MemberKeys::draw();
  std::uint32_t edition = 0;
  std::uint32_t asked = 0;
  HostTime now;
  std::vector<Endpoint> permitted; ///< at the victim's relays
  std::map<Endpoint, std::size_t> sent;
  std::size_t all = 0;
};

} // namespace tutti::test
