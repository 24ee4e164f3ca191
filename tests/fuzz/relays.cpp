// A member's relays, between TURN servers that do what they like, a directory that gives leave whenever it
// likes, and a room that always wants something else. The input is a list of steps: what, and two bytes that
// say how.
//
// It never sends to anybody but servers that it was given; what is lost was there before, and each relay is
// there once; time always goes on; there are never more than a handful of relays.
#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include <tutti/net/StunCredentials.hpp>

#include "OwnRelays.hpp"
#include "Require.hpp"
#include "TurnSteps.hpp"

using namespace tutti;
using namespace std::chrono_literals;
using fuzz::require;
using net::TurnClient;
using net::stun::Attribute;
using net::stun::Class;
using net::stun::Method;
using room::OwnRelays;
using room::TurnLeave;
using room::TurnUrl;

namespace {

Endpoint server(unsigned number)
{
  return {IpAddress::v4({192, 0, 2, static_cast<std::uint8_t>(number % 4)}), 3478};
}

Endpoint peer(unsigned number)
{
  return {IpAddress::v4({198, 51, 100, static_cast<std::uint8_t>(number / 2)}),
          static_cast<std::uint16_t>(number % 2 + 7000)};
}

class Story {
public:
  void step(unsigned what, unsigned how, unsigned more, std::span<const std::byte> raw)
  {
    switch (what % 12) {
    case 0:
      return pass(Micros{1000} * (how * 256 + more));
    case 1:
      return giveLeave(how, more);
    case 2:
      return perform(
        relays_.leaveRefused(how % 4 == 0 ? OwnRelays::Refusal::forGood : OwnRelays::Refusal::forNow, now_));
    case 3:
      return perform(relays_.start(now_));
    case 4:
      return reach(how, more);
    case 5:
      return perform(relays_.suspect(relay(how), now_));
    case 6:
      return perform(relays_.networkChanged(now_));
    case 7:
      return perform(relays_.receive(port(how), raw, server(more), now_));
    case 8:
    case 9:
      return answer(how, more);
    case 10:
      return speakOnConnection(how, more);
    default:
      return how == 0 ? perform(relays_.release(now_)) : pass(Micros{1000} * more);
    }
  }

private:
  static OwnRelays::Port port(unsigned how)
  {
    return how % 2 == 0 ? OwnRelays::Port::media : OwnRelays::Port::spare;
  }
  static Endpoint relay(unsigned number)
  {
    return {IpAddress::v4({203, 0, 113, 9}), static_cast<std::uint16_t>(50'000 + number % 8)};
  }

  void pass(Micros duration)
  {
    const auto end = now_ + duration;
    for (int i = 0; i < 1000; ++i) {
      const auto due = relays_.nextDeadline();
      if (due > end) break;
      now_ = std::max(now_, due);
      perform(relays_.advance(now_));
      require(relays_.nextDeadline() > now_);
    }
    now_ = std::max(now_, end);
  }

  void giveLeave(unsigned how, unsigned more)
  {
    TurnLeave leave;
    for (unsigned i = 0; i < how % 5; ++i)
      leave.servers.push_back({server(more + i), "turn", static_cast<TurnUrl::Transport>((how / 5 + i) % 3)});
    leave.credentials = {"anna", "secret", std::nullopt};
    if (more % 2 == 0) leave.credentials.until = now_ + std::chrono::seconds{more};
    perform(relays_.leaveGiven(std::move(leave), now_));
  }

  void reach(unsigned how, unsigned more)
  {
    std::vector<Endpoint> permitted;
    for (unsigned i = 0; i < how % 70; ++i) permitted.push_back(peer(more + i));
    const std::vector<Endpoint> inUse(permitted.begin(),
                                      permitted.begin() + std::min<unsigned>(how % 70, more % 4));
    perform(relays_.reach(permitted, inUse, now_));
  }

  /// To one of the last questions, by a server that knows the password.
  void answer(unsigned how, unsigned more)
  {
    if (questions_.empty()) return;
    const auto question = questions_[questions_.size() - 1 - more % questions_.size()];
    const auto asked = net::stun::Message::parse(question.bytes);
    require(asked.has_value());
    constexpr std::array kCodes{0, 0, 0, 401, 438, 437, 441, 486, 403, 500};
    const auto code = kCodes[how % kCodes.size()];
    net::stun::Writer out{code == 0 ? Class::success : Class::error, static_cast<Method>(asked->method()),
                          asked->transaction()};
    if (code == 0) {
      out.addXorAddress(Attribute::xorRelayedAddress, relay(more));
      out.add(Attribute::lifetime, std::uint32_t{more} * how);
    } else {
      const std::array<std::byte, 4> value{std::byte{0}, std::byte{0}, static_cast<std::byte>(code / 100),
                                           static_cast<std::byte>(code % 100)};
      out.add(Attribute::errorCode, value);
      out.add(Attribute::realm, std::string_view{"r"});
      out.add(Attribute::nonce, std::string_view{"nonce"}.substr(0, 1 + more % 5));
    }
    if (const auto name = asked->text(Attribute::username))
      out.seal(net::stun::longTermKey(net::stun::PasswordAlgorithm::md5, *name, "r", "secret"));
    perform(relays_.receive(question.port, out.bytes(), question.to, now_));
  }

  void speakOnConnection(unsigned how, unsigned more)
  {
    const auto number = lastConnection_ - std::min<OwnRelays::Number>(more % 4, lastConnection_);
    const Error why{ErrorKind::unavailable, "No."};
    const std::array<TurnClient::Action, 6> all{TurnClient::Relayed{relay(more), std::nullopt},
                                                TurnClient::Reachable{peer(more)},
                                                TurnClient::NeedsCredentials{},
                                                TurnClient::Ending{now_ + 1min},
                                                TurnClient::Lost{why},
                                                TurnClient::Released{}};
    perform(relays_.hearConnection(number, all[how % all.size()], now_));
  }

  void perform(const OwnRelays::Actions& actions)
  {
    require(actions.size() <= 2000); // each of a handful of relays has 64 peers
    for (const auto& action : actions) {
      if (const auto* send = std::get_if<OwnRelays::Send>(&action)) {
        require(send->to.port == 3478 && send->to.address == server(send->to.address.bytes()[3]).address);
        questions_.push_back(*send);
        if (questions_.size() > 8) questions_.erase(questions_.begin());
      }
      if (const auto* connect = std::get_if<OwnRelays::Connect>(&action)) {
        lastConnection_ = connect->number;
        connections_.insert(connect->number);
      }
      if (const auto* end = std::get_if<OwnRelays::Disconnect>(&action))
        require(connections_.erase(end->number) == 1);
      if (const auto* opened = std::get_if<OwnRelays::Opened>(&action)) open_.insert(opened->relay);
      if (const auto* lost = std::get_if<OwnRelays::Lost>(&action)) {
        const auto found = open_.find(lost->relay); // servers may give out the same address twice
        require(found != open_.end());
        open_.erase(found);
      }
      if (const auto* use = std::get_if<OwnRelays::UseCarriers>(&action)) require(use->carriers.size() <= 8);
    }
    require(connections_.size() <= 12);
  }

  OwnRelays relays_{fuzz::numberedTransactions()};
  HostTime now_ = HostTime{} + 1h;
  std::vector<OwnRelays::Send> questions_;
  std::set<OwnRelays::Number> connections_;
  std::multiset<Endpoint> open_;
  OwnRelays::Number lastConnection_ = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  Story story;
  fuzz::playSteps(story, data, size, [](unsigned what) { return what % 12 == 7; });
  return 0;
}
