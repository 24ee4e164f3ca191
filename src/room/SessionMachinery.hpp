#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include <tutti/net/Doorbell.hpp>
#include <tutti/rt/Mutex.hpp>

#include "MediaPort.hpp"
#include "Membership.hpp"
#include "SessionRelays.hpp"

namespace tutti::room {

/// The threads of a session and what ties them together.
class Session::Machinery {
public:
  struct Entry {
    Secret secret;
    MemberKeys keys;
    Card card;
    wire::JoinRequest request;
    wire::JoinReply joined;
    std::vector<IpAddress> servers;
    net::BatchSocket socket;
  };
  Machinery(const Options& options, Entry entry, Sink& sink);
  ~Machinery();
  Machinery(const Machinery&) = delete;
  Machinery& operator=(const Machinery&) = delete;

  [[nodiscard]] std::uint16_t slot() const { return slot_; }
  MediaPort& media() { return media_; }
  [[nodiscard]] Status status() const;
  Result<void> say(const std::string& text);
  Result<void> order(Order::What what, const MemberId& target);
  void sayToBridges(std::span<const std::byte> word);
  void onBridgeWord(Ensemble::BridgeWord::About about, std::function<void(Ensemble::BridgeWord)> listener);
  [[nodiscard]] const MemberKeys& keys() const { return keys_; }

private:
  void run();
  void takeNews(HostTime now);
  void listen(OwnRelays::Port port, HostTime now);
  void hear(const MediaPort::Arrival& packet, HostTime now);
  void leaveRelays();
  void tick(HostTime now);
  void lookAtInterfaces(HostTime now);
  void renewCard();
  void perform(const Ensemble::Actions& actions);
  void hand(const Ensemble::BridgeWord& word);
  void apply(const Membership::Heard& heard, HostTime now);
  void publish(HostTime now);

  const Options options_;
  Sink& sink_;
  const Secret secret_;
  MemberKeys keys_;
  const std::optional<MemberKeys> hostKeys_; // sign our orders, if we are the host
  Card card_;                                // media thread
  net::Doorbell bell_;
  RelayConnections connections_{bell_};
  MediaPort media_;
  Ensemble ensemble_;     // media thread
  SessionRelays relays_;  // media thread
  wire::RoomRecord room_; // media thread, but its host, which stays
  std::atomic<std::uint16_t> slot_;
  std::atomic<bool> isStopping_ = false;

  rt::Mutex newsMutex_; // guards what follows
  std::vector<Membership::Heard> news_;
  std::vector<ChatLine> lines_;        // that we said, on their way
  std::vector<ByteString> ordersOurs_; // that we gave, on their way

  std::vector<discovery::LocalAddress> local_; // media thread
  std::vector<Endpoint> outside_;              // media thread; how the world sees us, relays last
  std::vector<Endpoint> relaysTold_;           // media thread; those of them that are relays
  HostTime lookedAt_{};                        // media thread
  HostTime tickAt_{};                          // media thread
  bool isNews_ = true;                         // media thread

  mutable rt::Mutex statusMutex_; // guards what follows
  Status status_;
  std::uint32_t linesSaid_ = 0;
  std::uint64_t ordersGiven_ = 0;

  rt::Mutex bridgeMutex_; // guards what follows, also while it is called
  std::map<Ensemble::BridgeWord::About, std::function<void(Ensemble::BridgeWord)>> bridges_;

  std::optional<Membership> membership_; // after all that it calls
  std::thread thread_;
};

} // namespace tutti::room
