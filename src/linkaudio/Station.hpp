#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tutti/discovery/Announcer.hpp>
#include <tutti/link/AnswerBudget.hpp>
#include <tutti/link/AudioView.hpp>
#include <tutti/linkaudio/Channel.hpp>
#include <tutti/linkaudio/Refusals.hpp>

#include "Directory.hpp"
#include "Message.hpp"
#include "Paths.hpp"
#include "Publications.hpp"
#include "Targets.hpp"
#include "Wishes.hpp"

namespace tutti::linkaudio {

/// A whole Link Audio peer without sockets, clock or threads: what Link knows, datagrams, the time and local
/// wishes go in; datagrams to send and things that happened come out.
///
/// It routes. What is decided, smaller machines decide: whom to talk to (`Targets`), by which way (`Paths`),
/// what there is to hear (`Directory`), what we want of it (`Wishes`), what we have and for whom
/// (`Publications`), how often to say so (`discovery::Announcer`, one a gateway).
///
/// Threads: one at a time.
/// Errors:  none. What makes no sense is counted in `refusals()` and ignored.
/// Spec:    link-audio 2 to 5, 10, 11.
class Station {
public:
  struct Send {
    IpAddress gateway; ///< By whose socket.
    Endpoint to;
    Packet packet;
  };
  struct ChannelsChanged {};
  /// Sound of a channel that is subscribed to.
  struct Heard {
    AudioBuffer buffer;
  };
  /// From now on somebody wants one of our channels, or nobody does any more.
  struct Turned {
    ChannelId channel;
    bool isWanted = false;
  };
  using Action = std::variant<Send, ChannelsChanged, Heard, Turned>;
  using Actions = std::vector<Action>;

  explicit Station(std::string_view peerName);

  /// What Link knows by now. Gateways are opened and closed with their sockets, not by this.
  Actions follow(const link::AudioView& view, HostTime now);
  Actions openGateway(const discovery::LocalAddress& local, HostTime now);
  /// Says goodbye on it, while its socket is still there.
  Actions closeGateway(const IpAddress& address, HostTime now);

  Actions receive(const IpAddress& gateway, std::span<const std::byte> datagram, const Endpoint& from,
                  HostTime now);
  Actions advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  Actions rename(std::string_view peerName, HostTime now);

  /// Nothing: there is no room for it.
  std::optional<Actions> publish(const ChannelId& id, std::string_view name, HostTime now);
  Actions rename(const ChannelId& id, std::string_view name, HostTime now);
  Actions withdraw(const ChannelId& id, HostTime now);
  [[nodiscard]] bool isWanted(const ChannelId& id) const { return publications_.isWanted(id); }
  /// To everybody who wants it.
  Actions send(const AudioBuffer& buffer);

  /// Nothing: there is no room for it.
  std::optional<Actions> subscribe(const ChannelId& id, HostTime now);
  /// Once for each `subscribe`.
  Actions unsubscribe(const ChannelId& id, HostTime now);

  [[nodiscard]] const std::vector<Channel>& channels() const { return listed_; }
  [[nodiscard]] std::vector<Channel> ours() const;
  [[nodiscard]] const Refusals& refusals() const { return refusals_; }

  /// What others have made us remember: bounded, whatever they say.
  struct Burden {
    std::size_t targets = 0;
    std::size_t records = 0;
  };
  [[nodiscard]] Burden burden() const { return {targets_.size(), directory_.size()}; }

private:
  struct Gateway {
    discovery::LocalAddress local;
    discovery::Announcer announcer;
    std::vector<ChannelId> gone; // whose goodbye is said once more
  };

  void count(MessageFault fault);
  void hear(const Way& by, const Message& message, const Endpoint& from, HostTime now);
  void hearAnnouncement(const Way& by, const Message& message, const Endpoint& from, HostTime now);
  void answer(const Way& by, std::int64_t ping, const Endpoint& from, HostTime now);
  void hearByes(const Way& by, const Message& message, const Endpoint& from);
  void hearPong(const Way& by, const Message& message, const Endpoint& from, HostTime now);
  void hearRequest(const Way& by, const Message& message, const Endpoint& from, HostTime now);
  void hearStop(const Way& by, const Message& message, const Endpoint& from);
  void hearAudio(const Way& by, const Message& message, const Endpoint& from);

  void announce(Gateway& gateway, HostTime now);
  void announceAll(HostTime now);
  void say(const IpAddress& gateway, const Endpoint& to, const Packet& packet);
  void sayToAll(const IpAddress& gateway, const std::vector<Packet>& packets);
  void dropWhoLeft();
  void ask(HostTime now);
  void relist(HostTime now);
  Actions finish(HostTime now);

  std::string peerName_;
  NodeId self_;
  NodeId session_;
  std::map<IpAddress, Gateway> gateways_;
  Targets targets_;
  Paths paths_;
  Directory directory_;
  Wishes wishes_;
  Publications publications_;
  link::AnswerBudget budget_;
  Refusals refusals_;
  std::vector<Channel> listed_;
  HostTime listedAt_{};
  bool isListStale_ = false;
  Actions outbox_;
};

} // namespace tutti::linkaudio
