#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include <Node.hpp>
#include <SimulatedNetwork.hpp>
#include <tutti/bridge/Site.hpp>

namespace tutti::bridge::test {

using tutti::test::SimulatedClock;
using tutti::test::SimulatedTime;
using tutti::test::SimulatedWire;

class World;

/// A machine on one of the LANs, with a clock of its own and a Link node.
class Station {
public:
  static constexpr std::uint16_t kDiscovery = 40'000;
  static constexpr std::uint16_t kMeasurement = 40'001;

  Station(World& world, std::size_t lan, std::size_t number, double bpm, SimulatedClock clock,
          std::uint64_t seed);
  virtual ~Station() = default;
  Station(const Station&) = delete;
  Station& operator=(const Station&) = delete;

  [[nodiscard]] HostTime now() const;
  [[nodiscard]] const IpAddress& address() const { return address_; }
  [[nodiscard]] std::size_t lan() const { return lan_; }
  link::Node& node() { return node_; }
  [[nodiscard]] const NodeId& session() const { return node_.sessions().current(); }
  [[nodiscard]] std::size_t peers() const { return node_.peerCount(); }
  [[nodiscard]] double bpm() const { return node_.sessions().client().timeline.tempo.bpm(); }
  [[nodiscard]] bool isPlaying() const { return node_.sessions().client().startStop.isPlaying; }
  [[nodiscard]] bool isOn() const { return isOn_; }
  [[nodiscard]] std::uint64_t datagrams() const { return datagrams_; }
  /// The session's time at this very moment, in µs with the clock's fraction.
  [[nodiscard]] double sessionNow() const;

  void enable();
  void disable();
  /// As after kill -9.
  virtual void crash() { isOn_ = false; }
  void setTempo(double bpm);
  void play();
  void stop();

  /// What it says to the LAN itself.
  void receive(const Datagram& datagram, const Endpoint& from, bool isMeasurement);

protected:
  virtual void perform(const link::Node::Actions& actions) = 0;
  void transmit(const link::Node::Send& send);
  void act(const link::Node::Actions& actions);
  [[nodiscard]] link::SessionState capture() const;

  World& world_;
  std::size_t lan_;
  IpAddress address_;
  SimulatedClock clock_;
  link::Node node_;
  bool isOn_ = false;
  std::uint64_t datagrams_ = 0;

private:
  friend class World;
  void arm();
  void commit(const link::SessionState& state);

  std::optional<HostTime> wakesAt_;
  std::uint64_t alarm_ = 0;
};

/// A Link program that speaks as the reference does: every Response holds back its own next Alive by up to
/// 50 ms, for ever if need be. Spec: link 2.4.
class Program : public Station {
public:
  using Station::Station;

  /// When its Alives went out, by the true clock.
  [[nodiscard]] const std::vector<double>& alives() const { return alives_; }

private:
  void perform(const link::Node::Actions& actions) override;
  void broadcast();
  [[nodiscard]] link::PeerState state() const;

  HostTime last_ = HostTime{} - std::chrono::hours{1'000'000};
  std::optional<link::PeerState> told_;
  NodeId toldAs_;
  std::uint64_t timer_ = 0;
  std::vector<double> alives_;
};

/// A Tutti that bridges: a Link node and a site, driven as their shell would.
class Bridge : public Station {
public:
  Bridge(World& world, std::size_t lan, std::size_t number, SimulatedClock clock, std::uint64_t seed,
         const room::MemberId& member);

  [[nodiscard]] const room::MemberId& member() const { return member_; }
  /// Links LAN and room from now on.
  void bridge();
  /// Switched off: says goodbye to both.
  void leave();
  void crash() override;
  [[nodiscard]] bool isBridging() const { return site_.has_value(); }
  [[nodiscard]] Site::View view() const { return site_->view(now()); }
  [[nodiscard]] const std::vector<Notice>& notices() const { return notices_; }
  [[nodiscard]] bool noticed(Notice::What what) const;
  [[nodiscard]] std::uint64_t messages() const { return messages_; }
  [[nodiscard]] std::optional<room::ClockSync::Relation> clockOf(const Bridge& other) const;
  void setRights(const Rights& rights) { rights_ = rights; }
  [[nodiscard]] const Rights& rights() const { return rights_; }

private:
  friend class World;
  void perform(const link::Node::Actions& actions) override;
  void performSite(const Site::Actions& actions);
  void showLan();
  void look();
  void armSite();
  void probe();
  void ask(Bridge& other);
  void hear(const room::MemberId& from, const ByteString& bytes);

  room::MemberId member_;
  std::optional<Site> site_;
  Rights rights_;
  std::map<room::MemberId, room::ClockSync> clocks_;
  std::map<room::MemberId, HostTime> heard_;
  std::vector<Notice> notices_;
  std::uint64_t messages_ = 0;
  bool isLanDue_ = false;
  std::uint64_t era_ = 0;
  std::uint64_t siteAlarm_ = 0;
};

/// Sites, their LANs, and what is between them, in simulated time.
class World {
public:
  explicit World(std::uint64_t seed, SimulatedWire wide = {.delay = 20'000, .uniformJitter = 1'000})
    : random_{seed}
    , wide_{wide}
  {}

  Program& addProgram(std::size_t lan, double bpm = 120, double ppm = 0);
  Bridge& addBridge(std::size_t lan, double ppm = 0);

  /// So many sites with so many programs each, of different tempi, and a bridge.
  void populate(std::size_t sites, std::size_t programs);
  void enableAll();
  void bridgeAll();
  /// All of them on and bridged: whether they have become one session within five seconds.
  bool meet();

  void run(std::chrono::duration<double> duration) { time.runUntil(time.now() + duration.count() * 1e6); }
  bool runUntil(const std::function<bool()>& isSo, std::chrono::duration<double> limit);

  /// Everybody who is on is in one session, and counts everybody else.
  [[nodiscard]] bool isWhole() const;
  [[nodiscard]] std::string story() const;
  /// How far apart the session's clock is at this moment, between any two.
  [[nodiscard]] double spread() const;

  /// Cuts the way between two members, or mends it.
  void cut(const Bridge& a, const Bridge& b) { cuts_.insert(std::minmax(a.member(), b.member())); }
  void mend() { cuts_.clear(); }
  [[nodiscard]] bool isCut(const room::MemberId& a, const room::MemberId& b) const
  {
    return cuts_.contains(std::minmax(a, b));
  }
  void setWide(const SimulatedWire& wide) { wide_ = wide; }
  /// Later by so much in the direction from the first added bridge to all others.
  double asymmetry = 0;

  [[nodiscard]] double seconds() const { return time.now() / 1e6; }
  const std::vector<std::unique_ptr<Program>>& programs() const { return programs_; }
  const std::vector<std::unique_ptr<Bridge>>& bridges() const { return bridges_; }

  /// Sees every datagram on any LAN as it leaves.
  std::function<void(const Station&, const link::Node::Send&)> onLan;

  SimulatedTime time;
  room::RoomId room{{}};

private:
  friend class Station;
  friend class Bridge;
  void carry(Station& from, const link::Node::Send& send);
  /// To one other member, over the wide network.
  void send(const Bridge& from, const Bridge& to, const std::function<void()>& arrive);
  SimulatedClock someClock(double ppm);
  [[nodiscard]] std::vector<Station*> stations() const;

  std::mt19937_64 random_;
  SimulatedWire wide_;
  SimulatedWire near_{.delay = 80, .uniformJitter = 20};
  std::set<std::pair<room::MemberId, room::MemberId>> cuts_;
  std::vector<std::unique_ptr<Program>> programs_;
  std::vector<std::unique_ptr<Bridge>> bridges_;
  std::map<std::size_t, std::size_t> numbers_;
};

} // namespace tutti::bridge::test
