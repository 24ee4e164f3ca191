#pragma once

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <tutti/net/TurnClient.hpp>
#include <tutti/room/TurnUrl.hpp>

namespace tutti::room {

/// What a directory's leave to use TURN servers comes to, once the name service was asked where they are.
struct TurnLeave {
  struct Server {
    Endpoint at;
    std::string hostName; ///< as in the grant: what a certificate has to name
    TurnUrl::Transport transport = TurnUrl::Transport::udp;
    friend bool operator==(const Server&, const Server&) = default;
  };
  std::vector<Server> servers; ///< in the order in which they are tried
  net::TurnCredentials credentials;
};

/// Our relays: mostly one, by which the world reaches us where nothing else does.
///
/// It asks for leave, tries one server after the other (datagrams first: a stream makes packets wait for each
/// other), and keeps what it got. Where a relay ends with its credentials, a second one is opened in good
/// time, from another port or on another connection, and the first is let go once everybody had time to move.
///
/// Datagram relays live here, whole. Connections (`net::TurnConnection`) need a shell: they are asked for by
/// `Connect`, told things by `Tell`, and what they say comes back by `hearConnection`.
///
/// Threads: one at a time. Holds no socket and starts no thread.
/// Spec:    room; RFC 8656.
class OwnRelays {
public:
  using Number = std::uint32_t;

  /// Two relays at one server need two ports of ours: the second one is opened for that only.
  enum class Port : std::uint8_t { media, spare };

  struct AskForLeave {};
  struct Send {
    Port port = Port::media;
    Endpoint to;
    ByteString bytes;
  };
  struct Connect {
    Number number = 0;
    TurnLeave::Server server;
    net::TurnCredentials credentials;
  };
  struct Tell {
    enum class What : std::uint8_t { permit, bindChannel, forget, suspect, release };
    Number number = 0;
    What what = What::permit;
    Endpoint peer{};
  };
  struct Disconnect {
    Number number = 0;
  };
  /// How media gets to peers by each relay that is open. On datagrams by `routes`, on a connection by its
  /// number.
  struct Carrier {
    Endpoint relayed;
    Number number = 0;
    bool isConnection = false;
    Port port = Port::media;
    net::TurnRoutes routes;
  };
  struct UseCarriers {
    std::vector<Carrier> carriers;
  };
  /// For the ensemble, which has functions of these names.
  struct Opened {
    Endpoint relay;
  };
  struct SeenByRelay {
    Endpoint us;
  };
  struct Reaches {
    Endpoint relay;
    Endpoint peer;
  };
  struct Retires {
    Endpoint relay;
  };
  struct Lost {
    Endpoint relay;
  };
  /// Why a relay is not to be had, for whoever looks into it.
  struct Trouble {
    std::string sentence;
  };
  using Action = std::variant<AskForLeave, Send, Connect, Tell, Disconnect, UseCarriers, Opened, SeenByRelay,
                              Reaches, Retires, Lost, Trouble>;
  using Actions = std::vector<Action>;

  explicit OwnRelays(net::TurnClient::Options options = {})
    : options_{std::move(options)}
  {}

  /// The room may have TURN servers: asks whether it has. Again after the directory was away.
  Actions start(HostTime now);
  Actions leaveGiven(TurnLeave leave, HostTime now);
  enum class Refusal : std::uint8_t { forNow, forGood };
  Actions leaveRefused(Refusal refusal, HostTime now);

  /// Whom members' cards tell, and which of them get media (see `Ensemble::AskRelays`).
  Actions reach(const std::vector<Endpoint>& permitted, const std::vector<Endpoint>& inUse, HostTime now);
  Actions suspect(const Endpoint& relay, HostTime now);
  Actions networkChanged(HostTime now);

  /// Whether a datagram relay's server speaks to this port from there.
  [[nodiscard]] bool isServer(Port port, const Endpoint& from) const;
  /// What a server says on a datagram; nothing is done with what is not from one.
  Actions receive(Port port, std::span<const std::byte> datagram, const Endpoint& from, HostTime at);
  Actions hearConnection(Number number, const net::TurnClient::Action& action, HostTime now);

  Actions advance(HostTime now);
  [[nodiscard]] HostTime nextDeadline() const;

  /// Lets all go; nothing new is begun.
  Actions release(HostTime now);
  [[nodiscard]] bool areGone() const { return relays_.empty(); }

private:
  enum class Stage : std::uint8_t { trying, open, retiring, leaving };
  struct Relay {
    Number number = 0;
    std::size_t server = 0; // of the leave
    Endpoint serverAt;
    Port port = Port::media;
    std::optional<net::TurnClient> client; // nothing: a connection
    Stage stage = Stage::trying;
    std::optional<Endpoint> relayed;
    std::optional<HostTime> due; // until it has to be open, gone to the next stage, or is forgotten
    std::set<Endpoint> permitted;
    std::set<Endpoint> bound;
  };

  Relay* find(Number number);
  Relay* current();
  void open(std::size_t server, HostTime now, Actions& out);
  void succeed(Relay& relay, HostTime now, Actions& out);
  [[nodiscard]] Port freePort(const Endpoint& server) const;
  void hear(Number number, const net::TurnClient::Actions& actions, HostTime now, Actions& out);
  void hearOne(Number number, const net::TurnClient::Action& action, HostTime now, Actions& out);
  void relayed(Relay& relay, const Endpoint& at, HostTime now, Actions& out);
  void retireOthers(Number newest, HostTime now, Actions& out);
  void lost(Relay& relay, HostTime now, Actions& out);
  void giveUp(const Relay& relay, HostTime now, Actions& out);
  void drop(Number number, Actions& out);
  void letGo(Relay& relay, HostTime now, Actions& out);
  void askPeers(Relay& relay, HostTime now, Actions& out);
  void askForLeave(HostTime now, Actions& out);
  void tell(Relay& relay, Tell::What what, const Endpoint& peer, HostTime now, Actions& out);
  void suspectNow(Relay& relay, HostTime now, Actions& out);
  static void tellReached(const Relay& relay, Actions& out);
  void useCarriers(Actions& out) const;
  void passTime(Number number, HostTime now, Actions& out);

  net::TurnClient::Options options_;
  std::optional<TurnLeave> leave_;
  std::vector<Relay> relays_;
  Number lastNumber_ = 0;
  std::vector<Endpoint> permitted_;
  std::vector<Endpoint> inUse_;
  std::optional<HostTime> askAt_;   // for leave
  std::optional<HostTime> askedAt_; // and no answer yet
  Micros askPatience_{0};
  Micros tryPatience_{0};
  bool isOver_ = false;
};

} // namespace tutti::room
