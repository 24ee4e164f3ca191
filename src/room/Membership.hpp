#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include <tutti/core/Endpoint.hpp>

#include "DirectoryClient.hpp"
#include "OwnRelays.hpp"

namespace tutti::room {

/// Our place in the directory: joins, polls (which renews the lease), posts, and joins again when the
/// directory has forgotten us or was away. A room that it has forgotten as well is opened again, as it was;
/// where somebody else was faster to open one in its place, it is asked for again and again.
///
/// Threads: *any*; three of its own, on which `heard` is called. One only asks for leave to use TURN servers,
///          and the name service where those are, which may take its time.
class Membership {
public:
  struct Joined {
    wire::JoinReply reply;
    std::vector<IpAddress> servers; ///< asked for by us: the name service may take its time
  };
  struct Away {
    std::string sentence;
  };
  struct Out {
    std::string sentence;
  };
  /// The room has no TURN servers for us.
  struct NoLeave {
    OwnRelays::Refusal refusal = OwnRelays::Refusal::forNow;
  };
  using Heard = std::variant<Joined, wire::Update, Away, Out, TurnLeave, NoLeave>;

  /// The first time, on the caller's thread.
  static Result<wire::JoinReply> join(DirectoryClient& client, const wire::JoinRequest& request);

  Membership(const Invitation& invitation, wire::JoinRequest request, const wire::JoinReply& joined,
             std::function<void(Heard)> heard);
  /// Says goodbye.
  ~Membership();
  Membership(const Membership&) = delete;
  Membership& operator=(const Membership&) = delete;

  void postLetters(std::vector<wire::Letter> letters);
  void postOrder(ByteString order);
  void postCard(ByteString card, const MemberKeys& owner);

  /// How far forwarders are: the directory hears it with the next poll.
  void tellRoundTrips(std::vector<wire::RoundTrip> roundTrips);

  /// `TurnLeave` or `NoLeave` is the answer, always.
  void askForLeave();

  /// Our network has changed: nobody waits for an answer to where we are no more.
  void networkChanged();

private:
  static constexpr Micros kBetweenTries{250'000};
  struct Post {
    std::string what;
    wire::MemberRequest request;
  };
  void poll();
  void post();
  void inquire();
  Heard askDirectoryForLeave();
  void enqueue(Post post);
  [[nodiscard]] bool isSuperseded(const Post& post) const;
  bool joinAgain();
  Heard turnedAway(const wire::Refusal& refusal);
  [[nodiscard]] wire::MemberRequest request() const;
  [[nodiscard]] wire::MemberRequest pollRequest() const;
  [[nodiscard]] bool isStopping() const;
  bool wasPollCut();
  bool pause(Micros time = kBetweenTries);

  const Invitation invitation_;
  wire::JoinRequest join_; // polling thread, but its card
  wire::OpenRequest open_;
  bool isAnotherThere_ = false;         // polling thread: a room that is not ours, in the place of ours
  Micros betweenJoins_ = kBetweenTries; // polling thread
  std::function<void(Heard)> heard_;
  DirectoryClient polling_;
  DirectoryClient posting_;
  DirectoryClient inquiring_;
  mutable std::mutex mutex_; // guards what follows
  std::condition_variable wake_;
  bool isStopping_ = false;
  bool isNewNetwork_ = false; // connections are to be made anew
  bool isLeaveWanted_ = false;
  bool isPollCut_ = false; // the poll that was under way has ended by our doing
  std::string pass_;
  std::uint64_t revision_ = 0;
  std::vector<wire::RoundTrip> roundTrips_;
  std::vector<Post> posts_;
  std::thread pollThread_;
  std::thread postThread_;
  std::thread inquiryThread_;
};

} // namespace tutti::room
