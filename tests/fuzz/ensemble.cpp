// A member of a room between a directory, a server and two other members who know every password and do what
// they like. The input is a list of steps.
//
// Nothing is sent to who neither was told by somebody in the room or the directory, nor has asked with a
// right password; no address gets media that has not answered; checks leave no faster than the room allows;
// what is remembered has an end, and time always goes on.
#include <algorithm>
#include <array>
#include <chrono>
#include <span>

#include "EnsembleWitness.hpp"
#include "StepMutator.hpp"

using namespace tutti;
using namespace std::chrono_literals;
using fuzz::Draw;
using fuzz::EnsembleWitness;
using fuzz::require;
using net::stun::Attribute;
using net::stun::Class;
using net::stun::Method;
using net::stun::Writer;
using room::Ensemble;
using room::MemberKeys;
using room::Way;

namespace {

constexpr std::uint8_t kKinds = 12;
constexpr room::WallTime kWall{std::chrono::seconds{1'700'000'300}};
constexpr std::uint16_t kOurSlot = 1;
constexpr std::size_t kOthers = 2;
constexpr auto kServerPassword = "server";

const room::Secret kSecret{{}};

/// Us, and the two others. Drawn once: keys are slow to make.
const MemberKeys& keysOf(std::size_t number)
{
  static const std::array all{MemberKeys::draw(), MemberKeys::draw(), MemberKeys::draw()};
  return all.at(number % all.size());
}

const std::string& passwordWith(std::size_t number)
{
  static const std::array all{std::string{}, keysOf(0).checkPassword(keysOf(1).boxPublic()),
                              keysOf(0).checkPassword(keysOf(2).boxPublic())};
  return all.at(number % all.size());
}

/// Places in our LAN, in the world, and where nothing should go.
Endpoint place(unsigned number)
{
  static const std::array all{Endpoint{IpAddress::v4({192, 168, 1, 20}), 5000},
                              Endpoint{IpAddress::v4({192, 168, 1, 21}), 5000},
                              Endpoint{IpAddress::v4({198, 51, 100, 1}), 4000},
                              Endpoint{IpAddress::v4({198, 51, 100, 2}), 4001},
                              Endpoint{IpAddress::v4({203, 0, 113, 9}), 50'000},
                              Endpoint{IpAddress::v4({203, 0, 113, 9}), 50'001},
                              Endpoint{IpAddress::v6({0x20, 0x01, 0x0d, 0xb8}), 4000},
                              Endpoint{IpAddress::v6({0xfe, 0x80}, 2), 4000},
                              Endpoint{IpAddress::v4({127, 0, 0, 1}), 22},
                              Endpoint{IpAddress::v4({224, 0, 0, 1}), 5},
                              Endpoint{IpAddress::v4({255, 255, 255, 255}), 9},
                              Endpoint{IpAddress::v4({0, 0, 0, 0}), 80},
                              Endpoint{IpAddress::v4({198, 51, 100, 3}), 0}};
  return all.at(number % all.size());
}

Endpoint relay(unsigned number)
{
  return {IpAddress::v4({203, 0, 113, 77}), static_cast<std::uint16_t>(50'000 + number % 3)};
}

Endpoint server(unsigned number)
{
  return {IpAddress::v4({192, 0, 2, static_cast<std::uint8_t>(number % 3)}), 7885};
}

class Story {
public:
  Story()
    : ensemble_{kSecret, keysOf(0), reply({}), {server(0).address, place(6).address}}
  {
    witness_.told(server(0));
    witness_.told({place(6).address, server(0).port});
    perform(ensemble_.setInterfaces({{"eth0", 2, place(0).address, 24}}, now_));
  }

  void tell(const fuzz::Step& step)
  {
    Draw draw{std::as_bytes(std::span{step.decisions})};
    switch (step.kind % kKinds) {
    case 0:
      return pass(Micros{10'000} * draw.byte());
    case 1:
      return hearSealed(draw);
    case 2:
      return hearTalk(draw);
    case 3:
      return hear(draw.rest(), way(draw));
    case 4:
      return hearCheck(draw);
    case 5:
    case 6:
      return hearAnswer(draw);
    case 7:
      return perform(ensemble_.hearDirectory(update(draw), now_));
    case 8:
      return relays(draw);
    case 9:
      return move(draw);
    case 10:
      return ensemble_.hearMedia(slot(draw), way(draw), now_);
    default:
      return draw.flag() ? perform(ensemble_.rejoined(reply(update(draw)), {server(0).address}, now_))
                         : say(draw);
    }
  }

private:
  static room::wire::JoinReply reply(room::wire::Update update)
  {
    return {.slot = kOurSlot,
            .pass = "pass",
            .udpPort = server(0).port,
            .stunUser = "us",
            .stunPassword = kServerPassword,
            .room = {},
            .update = std::move(update)};
  }
  static std::uint16_t slot(Draw& draw) { return static_cast<std::uint16_t>(draw.below(5)); }
  static Way way(Draw& draw)
  {
    const auto to = draw.below(4) == 3 ? server(draw.byte()) : place(draw.byte());
    return draw.below(3) == 2 ? Way{to, relay(draw.byte())} : Way{to};
  }

  void pass(Micros duration)
  {
    const auto end = now_ + duration;
    while (true) {
      const auto due = ensemble_.nextDeadline();
      if (due > end) break;
      now_ = std::max(now_, due);
      perform(ensemble_.advance(now_));
      require(ensemble_.nextDeadline() > now_);
    }
    now_ = std::max(now_, end);
  }

  /// Anything that a member may say: it has the key.
  void hearSealed(Draw& draw)
  {
    const auto from = slot(draw);
    const auto by = way(draw);
    ByteString payload;
    ByteStringWriter out{payload};
    out.u8(static_cast<std::uint8_t>(draw.below(7)));
    out.u16(draw.flag() ? kOurSlot : slot(draw));
    out.bytes(draw.rest());
    perform(ensemble_.hearSealed(from, payload, by, now_, now_, kWall));
  }

  void hearTalk(Draw& draw)
  {
    const auto number = 1 + draw.below(kOthers);
    const auto from = slot(draw);
    const auto line =
      room::ChatLine::say(keysOf(number), "Anna", draw.byte(), draw.number(kWall.time_since_epoch().count()),
                          std::string(1 + std::size_t{draw.byte()} * 2, 'a'));
    if (!line) return;
    for (const auto& packet : room::Talk{}.say(*line, keysOf(number).id(), now_))
      if (draw.below(8) != 7) perform(ensemble_.hearSealed(from, packet, way(draw), now_, now_, kWall));
  }

  void hearCheck(Draw& draw)
  {
    const auto number = 1 + draw.below(kOthers);
    const auto from = way(draw);
    net::stun::TransactionId id{};
    id[0] = static_cast<std::byte>(draw.byte());
    Writer question{Class::request, Method::binding, id};
    const auto asker = draw.below(8) == 7 ? keysOf(0).id() : keysOf(number).id();
    question.add(Attribute::username, keysOf(0).id().text() + ':' + asker.text());
    if (draw.flag()) question.add(Attribute::cookie, draw.rest());
    question.seal(passwordWith(number));
    question.addFingerprint();
    witness_.askedFrom(from);
    hear(question.bytes(), from);
  }

  /// To one of the last checks, by who knows the password.
  void hearAnswer(Draw& draw)
  {
    const auto& checks = witness_.checks();
    if (checks.empty()) return;
    const auto check = checks.at(draw.byte() % checks.size());
    const auto from = draw.below(8) == 7 ? way(draw) : check.to;
    const auto question = net::stun::Message::parse(check.bytes).value();
    Writer answer{Class::success, Method::binding, question.transaction()};
    if (draw.flag()) answer.addXorMappedAddress(place(draw.byte()));
    const auto user = question.text(Attribute::username).value_or("");
    std::string_view password = kServerPassword;
    for (std::size_t number = 1; number <= kOthers; ++number)
      if (user.starts_with(keysOf(number).id().text())) password = passwordWith(number);
    if (draw.below(8) != 7) {
      const auto cookie = question.find(Attribute::cookie);
      if (cookie && draw.flag())
        answer.add(Attribute::cookie, *cookie);
      else
        answer.add(Attribute::cookie, draw.rest());
    }
    answer.seal(password);
    answer.addFingerprint();
    if (from == check.to) witness_.answeredFrom(from);
    hear(answer.bytes(), from);
  }

  void hear(std::span<const std::byte> datagram, const Way& from)
  {
    perform(ensemble_.hearDatagram(datagram, from, now_));
  }

  room::wire::Update update(Draw& draw)
  {
    room::wire::Update update;
    for (std::size_t number = 1; number <= kOthers; ++number) {
      if (draw.below(4) == 3) continue;
      room::Card card;
      const auto& keys = keysOf(number);
      card.id = keys.id();
      card.sign = keys.signPublic();
      card.box = keys.boxPublic();
      card.edition = draw.byte();
      card.name = "Anna";
      const auto candidates = draw.below(10);
      for (std::size_t i = 0; i < candidates; ++i) card.candidates.push_back(place(draw.byte()));
      card.relayed = static_cast<std::uint8_t>(draw.below(4));
      for (const auto& candidate : card.candidates) witness_.told(candidate);
      auto bytes = card.encode(kSecret, keys);
      if (draw.below(16) == 15) bytes.back() ^= std::byte{1};
      update.roster.push_back({keys.id(), static_cast<std::uint16_t>(1 + number + draw.below(2)), bytes});
    }
    const auto forwarders = draw.below(4);
    for (std::size_t i = 0; i < forwarders; ++i) {
      const auto at = draw.flag() ? server(draw.byte()) : place(draw.byte());
      update.forwarders.push_back({draw.byte(), {at.address}, at.port});
      witness_.told(at);
    }
    if (draw.flag()) {
      const room::KeyLetter letter{.epoch = draw.byte(), .key = {}};
      room::Card us;
      us.id = keysOf(0).id();
      us.box = keysOf(0).boxPublic();
      update.letters.push_back({keysOf(1).id(), keysOf(0).id(), letter.seal(keysOf(1), us)});
    }
    if (draw.flag()) {
      const auto anything = draw.rest();
      update.letters.push_back({keysOf(2).id(), keysOf(0).id(), {anything.begin(), anything.end()}});
      update.orders.emplace_back(anything.begin(), anything.end());
    }
    return update;
  }

  void relays(Draw& draw)
  {
    const auto which = relay(draw.byte());
    switch (draw.below(6)) {
    case 0:
      witness_.opened(which);
      return perform(ensemble_.relayOpened(which, now_));
    case 1:
    case 2:
      return perform(ensemble_.relayReaches(which, place(draw.byte()), now_));
    case 3:
      return perform(ensemble_.relayRetires(which, now_));
    case 4:
      witness_.closed(which);
      return perform(ensemble_.relayLost(which, now_));
    default:
      return perform(ensemble_.seenByRelay(place(draw.byte()), now_));
    }
  }

  void move(Draw& draw)
  {
    std::vector<discovery::LocalAddress> local;
    if (draw.below(4) != 3) local.push_back({"eth0", 2, IpAddress::v4({192, 168, 1, 5}), 24});
    if (draw.flag()) local.push_back({"eth1", 3, IpAddress::v6({0x20, 0x01, 0x0d, 0xb8, 1}), 64});
    if (draw.flag()) local.push_back({"lo", 1, IpAddress::v4({127, 0, 0, 1}), 8});
    perform(ensemble_.setInterfaces(std::move(local), now_));
  }

  void say(Draw& draw)
  {
    const auto line =
      room::ChatLine::say(keysOf(0), "We", draw.byte(), kWall.time_since_epoch().count(), "in G");
    perform(ensemble_.say(line.value(), now_));
  }

  void perform(const Ensemble::Actions& actions)
  {
    witness_.judge(actions, now_);
    EnsembleWitness::judgeState(ensemble_, kOthers, now_);
  }

  HostTime now_ = HostTime{} + 1h;
  EnsembleWitness witness_{now_};
  Ensemble ensemble_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  Story story;
  for (const auto& step : fuzz::splitSteps({data, size})) story.tell(step);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t maxSize,
                                               unsigned int seed)
{
  auto steps = fuzz::splitSteps({data, size});
  fuzz::StepMutator{kKinds, seed}.mutate(steps);
  return fuzz::joinSteps(steps, {data, maxSize});
}
