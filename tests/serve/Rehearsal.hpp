#pragma once

#include <Dice.hpp>
#include <SimulatedNat.hpp>
#include <SimulatedNetwork.hpp>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <tutti/room/Candidates.hpp>
#include <tutti/room/Ensemble.hpp>
#include <tutti/serve/Directory.hpp>
#include <tutti/serve/Forwarder.hpp>

#include "OwnRelays.hpp"
#include "PretendRelays.hpp"

namespace tutti::test {

/// A whole room in simulated time: members as they are, the directory, the forwarder, and a network between
/// them. Keys are real; a sealed packet is its payload behind an RTP header, and is only heard by who has
/// been given the sender's key.
class Rehearsal {
public:
  static constexpr std::uint16_t kUdpPort = 7885;
  /// The wall clock, of everybody: it stands still, a little later than what tests let members say.
  static constexpr room::WallTime kWall{std::chrono::seconds{1'700'000'300}};

  struct Player {
    room::MemberKeys keys = room::MemberKeys::draw();
    std::string name;
    Endpoint at;
    std::vector<SimulatedNat*> behind; // routers, the nearest first
    std::vector<Endpoint> outside;     // as the world sees us, relays last
    std::vector<Endpoint> relaysTold;  // those of them that are relays
    std::optional<Endpoint> onlyTo;    // a wall lets nothing through but to and from this address
    std::uint32_t cardEdition = 1;
    SimulatedClock clock;
    std::unique_ptr<room::Ensemble> ensemble;
    std::string pass;
    std::string stunPassword;
    std::uint64_t revision = 0;
    std::uint16_t slot = 0;
    std::optional<net::Epoch> epoch; // sealing with
    std::map<std::uint16_t, std::set<net::Epoch>> opens;
    std::vector<room::Way> routes;
    room::OwnRelays relays;
    std::vector<room::OwnRelays::Carrier> carriers;
    std::size_t leavesAsked = 0;
    std::vector<Endpoint> relaysOpened;
    std::map<std::uint16_t, std::size_t> heard; // media packets by slot
    std::vector<room::Ensemble::News> news;
    bool isThere = true;

    [[nodiscard]] bool hasNews(room::Ensemble::News::What what) const
    {
      return std::ranges::find(news, what, &room::Ensemble::News::what) != news.end();
    }
  };

  explicit Rehearsal(std::uint64_t seed = 1)
    : dice_{seed}
  {
    openRoom();
    time.after(0, [this] { tick(); });
  }

  /// The directory has lost its memory; everybody comes back, as after a failed poll.
  void restartServer()
  {
    directory = serve::Directory{kUdpPort};
    openRoom();
    for (auto& player : players) comeBack(*player);
  }

  /// Where somebody plays.
  struct Place {
    Endpoint at;
    std::vector<SimulatedNat*> behind;
  };

  Player& join(const std::string& name, SimulatedClock clock = {3.6e9, 0})
  {
    const auto number = static_cast<std::uint8_t>(players.size() + 1);
    return join(name, Place{{IpAddress::v4({192, 168, 1, number}), 5000}, {}}, clock);
  }

  Player& join(const std::string& name, const Place& place, SimulatedClock clock = {3.6e9, 0})
  {
    auto& player = *players.emplace_back(std::make_unique<Player>());
    player.name = name;
    player.clock = clock;
    player.at = place.at;
    player.behind = place.behind;
    const auto reply = room::wire::JoinReply::parse(ask("members", requestOf(player).encode()));
    player.pass = reply->pass;
    player.stunPassword = reply->stunPassword;
    player.slot = reply->slot;
    player.ensemble =
      std::make_unique<room::Ensemble>(secret, player.keys, *reply, std::vector{forwarderAt.address});
    perform(player, player.ensemble->setInterfaces(interfacesOf(player), nowOf(player)));
    perform(player, player.ensemble->hearDirectory(reply->update, nowOf(player)));
    player.revision = reply->update.revision;
    return player;
  }

  /// To another network, as a laptop that is carried there.
  void move(Player& player, const Place& place)
  {
    player.at = place.at;
    player.behind = place.behind;
    player.outside = player.relaysTold;
    renewCard(player);
    perform(player, player.ensemble->setInterfaces(interfacesOf(player), nowOf(player)));
    performRelays(player, player.relays.networkChanged(nowOf(player)));
  }

  /// A TURN server somewhere in the world.
  PretendRelays& addRelays(std::uint8_t number)
  {
    return *relays_.emplace_back(
      std::make_unique<PretendRelays>(Endpoint{IpAddress::v4({192, 0, 2, number}), 3478}));
  }

  /// The directory lets a player use it.
  void giveLeave(Player& player, const PretendRelays& server, const std::string& name = "anna",
                 std::optional<HostTime> until = {})
  {
    const room::TurnLeave leave{{{server.at, "turn", room::TurnUrl::Transport::udp}},
                                {name, "secret", until}};
    performRelays(player, player.relays.leaveGiven(leave, nowOf(player)));
  }

  void performRelays(Player& player, const room::OwnRelays::Actions& actions)
  {
    using R = room::OwnRelays;
    for (const auto& action : actions) {
      const auto now = nowOf(player);
      if (std::holds_alternative<R::AskForLeave>(action)) ++player.leavesAsked;
      if (const auto* send = std::get_if<R::Send>(&action))
        transmit(seenFrom(player, send->to, send->port), send->to, send->bytes);
      if (const auto* use = std::get_if<R::UseCarriers>(&action)) player.carriers = use->carriers;
      if (const auto* opened = std::get_if<R::Opened>(&action)) {
        player.relaysOpened.push_back(opened->relay);
        perform(player, player.ensemble->relayOpened(opened->relay, now));
      }
      if (const auto* seen = std::get_if<R::SeenByRelay>(&action))
        perform(player, player.ensemble->seenByRelay(seen->us, now));
      if (const auto* reaches = std::get_if<R::Reaches>(&action))
        perform(player, player.ensemble->relayReaches(reaches->relay, reaches->peer, now));
      if (const auto* retires = std::get_if<R::Retires>(&action))
        perform(player, player.ensemble->relayRetires(retires->relay, now));
      if (const auto* lost = std::get_if<R::Lost>(&action))
        perform(player, player.ensemble->relayLost(lost->relay, now));
    }
  }

  static std::vector<discovery::LocalAddress> interfacesOf(const Player& player)
  {
    return {{"eth0", 2, player.at.address, std::uint8_t{24}}};
  }

  room::wire::JoinRequest requestOf(const Player& player) const
  {
    room::wire::JoinRequest request{1, secret.joinToken(), player.keys.id(), cardOf(player), player.slot, {}};
    request.prove(player.keys);
    return request;
  }

  /// Who was away comes back by the same keys, as a membership does by itself.
  void comeBack(Player& player)
  {
    player.isThere = true;
    const auto reply = room::wire::JoinReply::parse(ask("members", requestOf(player).encode()));
    player.pass = reply->pass;
    player.stunPassword = reply->stunPassword;
    player.slot = reply->slot;
    player.revision = reply->update.revision;
    perform(player, player.ensemble->rejoined(*reply, {forwarderAt.address}, nowOf(player)));
  }

  ByteString cardOf(const Player& player) const
  {
    const room::Card card{player.keys.id(),
                          player.keys.signPublic(),
                          player.keys.boxPublic(),
                          player.cardEdition,
                          player.name,
                          "",
                          room::cardCandidates(interfacesOf(player), player.at.port, player.outside)};
    auto whole = card;
    whole.relayed = room::relaysAmong(card.candidates, player.relaysTold);
    return whole.encode(secret, player.keys);
  }

  void run(double seconds) { time.runUntil(time.now() + seconds * 1e6); }
  HostTime nowOf(const Player& player) const { return player.clock.read(time.now()); }

  /// Everybody plays a packet.
  void play()
  {
    for (auto& player : players)
      if (player->isThere) sendSealed(*player, 1, {}, std::nullopt);
  }

  void perform(Player& player, const room::Ensemble::Actions& actions)
  {
    using E = room::Ensemble;
    for (const auto& action : actions) {
      if (const auto* send = std::get_if<E::SendDatagram>(&action)) sendBy(player, send->to, send->bytes);
      if (const auto* sealed = std::get_if<E::SendSealed>(&action))
        sendSealed(player, 0, sealed->payload, sealed->to);
      if (const auto* use = std::get_if<E::UseKey>(&action)) player.epoch = use->letter.epoch;
      if (const auto* add = std::get_if<E::AddKey>(&action))
        player.opens[add->slot].insert(add->letter.epoch);
      if (const auto* forget = std::get_if<E::ForgetSlot>(&action)) player.opens.erase(forget->slot);
      if (const auto* routes = std::get_if<E::SetRoutes>(&action)) player.routes = routes->to;
      if (const auto* news = std::get_if<E::News>(&action)) player.news.push_back(*news);
      if (const auto* seen = std::get_if<E::SeenAs>(&action)) {
        player.outside = seen->outside;
        player.relaysTold = seen->relays;
        renewCard(player);
      }
      if (const auto* ask = std::get_if<E::AskRelays>(&action)) wishes_[&player] = *ask;
      if (const auto* suspect = std::get_if<E::SuspectRelay>(&action))
        suspected_.emplace_back(&player, suspect->relay);
      if (const auto* post = std::get_if<E::PostLetters>(&action); post && !areLettersLost) {
        auto request = as(player);
        request.letters = post->letters;
        ask("letters", request.encode());
      }
      if (const auto* post = std::get_if<E::PostOrders>(&action))
        for (const auto& order : post->orders) {
          auto request = as(player);
          request.order = order;
          ask("orders", request.encode());
        }
    }
  }

  room::wire::MemberRequest as(const Player& player) const
  {
    room::wire::MemberRequest request;
    request.id = player.keys.id();
    request.pass = player.pass;
    request.since = player.revision;
    return request;
  }

  std::string ask(const std::string& what, const std::string& body)
  {
    const serve::Directory::Question question{"POST", "/v1/rooms/Jazz/" + what, body,
                                              IpAddress::v4({10, 0, 0, 1})};
    const auto reply = directory.ask(question, serverNow(), false);
    for (const auto& change : directory.takeChanges()) {
      if (const auto* admission = std::get_if<serve::Admission>(&change)) forwarder.admit(*admission);
      if (const auto* gone = std::get_if<serve::Directory::Dismissal>(&change)) forwarder.dismiss(gone->user);
    }
    return std::get<serve::Directory::Answer>(reply).body;
  }

  HostTime serverNow() const { return hostTime(static_cast<std::int64_t>(7.2e9 + time.now())); }

  SimulatedTime time;
  room::Secret secret = room::Secret::draw();
  room::MemberKeys host = room::MemberKeys::draw();
  room::RoomId roomId = room::RoomId::draw();
  serve::Directory directory{kUdpPort};
  serve::Forwarder forwarder{serve::Forwarder::CookieKey{std::byte{5}}};
  Endpoint forwarderAt{IpAddress::v4({203, 0, 113, 5}), kUdpPort};
  SimulatedWire wan{5000, 200};
  SimulatedWire lan{150, 30};
  bool isLanOpen = true;
  bool isForwarderThere = true;
  bool areLettersLost = false;
  std::map<Endpoint, std::size_t> sentTo; // packets that came to an address, whoever lives there
  std::vector<std::unique_ptr<Player>> players;

private:
  void openRoom()
  {
    room::wire::OpenRequest open;
    open.room.name = "Jazz";
    open.room.id = roomId;
    open.room.host = host.signPublic();
    open.room.proveHost(secret);
    open.tokenHash = room::hashOfToken(secret.joinToken());
    static_cast<void>(directory.open(open));
  }

  void tick()
  {
    directory.advance(serverNow());
    for (auto& player : players) {
      if (!player->isThere) continue;
      perform(*player, player->ensemble->advance(nowOf(*player)));
      performRelays(*player, player->relays.advance(nowOf(*player)));
      carryOutWishes();
      if (++ticks_ % 5 != 0) continue;
      if (const auto update = room::wire::Update::parse(ask("poll", as(*player).encode()))) {
        if (update->revision == player->revision && update->letters.empty()) continue;
        player->revision = update->revision;
        perform(*player, player->ensemble->hearDirectory(*update, nowOf(*player)));
      }
    }
    time.after(10'000, [this] { tick(); });
  }

  /// slot, stream, epoch, payload: what the forwarder sees looks like RTP.
  void sendSealed(Player& from, std::uint16_t stream, const ByteString& payload, std::optional<room::Way> to)
  {
    if (!from.epoch) return;
    ByteString packet;
    ByteStringWriter out{packet};
    out.u32(0x80600000);
    out.u32(0);
    out.u32(std::uint32_t{from.slot} << 16U | stream);
    out.u16(*from.epoch);
    out.bytes(payload);
    packet.resize(std::max<std::size_t>(packet.size(), 32));
    packetSizes_[packet] = payload.size();
    if (to) return sendBy(from, *to, packet);
    for (const auto& route : from.routes) sendBy(from, route, packet);
  }

  /// Straight, or packed for a relay.
  void sendBy(Player& player, const room::Way& way, const ByteString& bytes)
  {
    if (!way.via) return transmit(seenFrom(player, way.to), way.to, bytes);
    const auto carrier = std::ranges::find(player.carriers, *way.via, &room::OwnRelays::Carrier::relayed);
    if (carrier == player.carriers.end()) return;
    std::array<std::byte, 1600> room{};
    const auto wrapped = carrier->routes.wrap(way.to, bytes, room);
    if (wrapped.empty()) return;
    const auto server = carrier->routes.server();
    transmit(seenFrom(player, server, carrier->port), server, {wrapped.begin(), wrapped.end()});
  }

  /// What rooms want of relays: told when nobody is speaking.
  void carryOutWishes()
  {
    while (!wishes_.empty() || !suspected_.empty()) {
      for (const auto& [player, ask] : std::exchange(wishes_, {}))
        performRelays(*player, player->relays.reach(ask.permitted, ask.inUse, nowOf(*player)));
      for (const auto& [player, relay] : std::exchange(suspected_, {}))
        performRelays(*player, player->relays.suspect(relay, nowOf(*player)));
    }
  }

  static Endpoint portOf(const Player& player, room::OwnRelays::Port port)
  {
    const auto number = player.at.port + (port == room::OwnRelays::Port::media ? 0 : 1);
    return {player.at.address, static_cast<std::uint16_t>(number)};
  }

  /// The address from which a packet to there comes into the world.
  Endpoint seenFrom(const Player& player, const Endpoint& to,
                    room::OwnRelays::Port port = room::OwnRelays::Port::media) const
  {
    if (player.onlyTo && *player.onlyTo != to) return {};
    auto from = portOf(player, port);
    for (auto* router : player.behind) from = router->leave(from, to, time.now());
    return from;
  }

  /// By which port what the world sends there reaches this player, if at all: each router on the way has to
  /// let it in.
  std::optional<room::OwnRelays::Port> portReachedBy(const Player& player, const Endpoint& from,
                                                     Endpoint to) const
  {
    if (player.onlyTo && *player.onlyTo != from) return std::nullopt;
    for (auto router = player.behind.rbegin(); router != player.behind.rend(); ++router) {
      const auto inside = (*router)->enter(from, to, time.now());
      if (!inside) return std::nullopt;
      to = *inside;
    }
    for (const auto port : {room::OwnRelays::Port::media, room::OwnRelays::Port::spare})
      if (portOf(player, port) == to) return port;
    return std::nullopt;
  }

  PretendRelays* relaysAt(const Endpoint& there) const
  {
    for (const auto& relays : relays_)
      if (relays->livesAt(there)) return relays.get();
    return nullptr;
  }

  void renewCard(Player& player)
  {
    ++player.cardEdition;
    auto request = as(player);
    request.card = cardOf(player);
    ask("card", request.encode());
  }

  void transmit(const Endpoint& from, const Endpoint& to, const ByteString& bytes)
  {
    if (from == Endpoint{}) return; // it never came out
    const bool isForwarder = from == forwarderAt || to == forwarderAt;
    const bool isServer = isForwarder || relaysAt(from) != nullptr || relaysAt(to) != nullptr;
    if ((!isServer && !isLanOpen) || (isForwarder && !isForwarderThere)) return;
    for (const auto delay : (isServer ? wan : lan).send(dice_, false))
      time.after(delay, [this, from, to, bytes] { arrive(from, to, bytes); });
  }

  void arrive(const Endpoint& from, const Endpoint& to, const ByteString& bytes)
  {
    if (to == forwarderAt) {
      ByteString own = bytes;
      const net::Incoming packet{own, from, serverNow()};
      std::vector<net::Outgoing> out;
      forwarder.receive({&packet, 1}, serverNow(), out);
      for (const auto& sent : out) transmit(forwarderAt, sent.to, {sent.bytes.begin(), sent.bytes.end()});
      return;
    }
    if (auto* relays = relaysAt(to)) {
      for (const auto& sent : relays->receive(from, to, bytes, serverNow()))
        transmit(sent.from, sent.to, sent.bytes);
      return;
    }
    ++sentTo[to];
    for (auto& player : players) {
      if (!player->isThere) continue;
      if (const auto port = portReachedBy(*player, from, to)) unpack(*player, *port, from, bytes);
    }
  }

  /// As a session does it: what a server says is not for the room, what peers send by it is.
  void unpack(Player& player, room::OwnRelays::Port port, const Endpoint& from, const ByteString& bytes)
  {
    for (const auto& carrier : player.carriers) {
      const auto data = carrier.port == port ? carrier.routes.unwrap(bytes, from) : std::nullopt;
      if (!data) continue;
      receive(player, {data->peer, carrier.relayed}, {data->payload.begin(), data->payload.end()});
      return carryOutWishes();
    }
    if (player.relays.isServer(port, from))
      performRelays(player, player.relays.receive(port, bytes, from, nowOf(player)));
    else
      receive(player, from, bytes);
    carryOutWishes();
  }

  void receive(Player& player, const room::Way& from, const ByteString& bytes)
  {
    const auto now = nowOf(player);
    if (net::kindOf(bytes) != net::PacketKind::media)
      return perform(player, player.ensemble->hearDatagram(bytes, from, now));
    ByteReader in{bytes};
    in.u64();
    const auto id = net::StreamId::ofSsrc(*in.u32());
    const auto epoch = *in.u16();
    if (!player.ensemble->mayComeFrom(id.slot, from)) return;
    if (!player.opens[id.slot].contains(epoch)) return;
    if (id.stream != 0) {
      ++player.heard[id.slot];
      return player.ensemble->hearMedia(id.slot, from, now);
    }
    const auto payload = *in.bytes(packetSizes_.at(bytes));
    perform(player, player.ensemble->hearSealed(id.slot, payload, from, now, now, kWall));
  }

  struct Generator {
    using result_type = std::uint64_t;
    explicit Generator(std::uint64_t seed)
      : engine{seed}
    {}
    static constexpr result_type min() { return std::mt19937_64::min(); }
    static constexpr result_type max() { return std::mt19937_64::max(); }
    result_type operator()() { return engine(); }
    std::mt19937_64 engine;
  };
  std::vector<std::unique_ptr<PretendRelays>> relays_;
  std::map<Player*, room::Ensemble::AskRelays> wishes_;
  std::vector<std::pair<Player*, Endpoint>> suspected_;
  Generator dice_;
  std::uint64_t ticks_ = 0;
  std::map<ByteString, std::size_t> packetSizes_;
};

} // namespace tutti::test
