// Many members of a few rooms, as directories see them: they join, poll, and go on at another server when
// theirs does not answer. Says each second how they are, one JSON object a line.
//
//     crowd QUARTER MEMBERS SECONDS PORT...
//
// Crowds of different quarters (0 to 255) have different rooms, and homes at different addresses.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <httplib.h>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <tutti/room/Card.hpp>
#include <tutti/room/DirectoryWire.hpp>
#include <tutti/room/Invitation.hpp>
#include <tutti/room/Secret.hpp>

using namespace tutti;
using namespace tutti::room;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

namespace {

constexpr std::size_t kFewestRooms = 4;
constexpr std::size_t kMostInRoom = 60; // some places are left
constexpr std::size_t kHomes = 10;      // a server lets so many in of one household
constexpr auto kBetweenJoins = 20ms;

struct Room {
  std::string name;
  Secret secret = Secret::draw();
};

std::string homeOf(int quarter, std::size_t number)
{
  return "127.0." + std::to_string(quarter) + '.' + std::to_string(2 + number % kHomes);
}

/// What all members together have seen.
class Tally {
public:
  explicit Tally(std::size_t rooms)
    : rooms_{rooms}
  {}
  void joined(Milliseconds took, bool isAgain)
  {
    const std::lock_guard lock{mutex_};
    (isAgain ? rejoins_ : joins_).push_back(took.count());
  }
  void refused(const std::string& code)
  {
    const std::lock_guard lock{mutex_};
    ++refusals_[code];
  }
  void unanswered() { ++unanswered_; }
  void heard(std::size_t member, Clock::time_point since, std::size_t room, std::size_t roster,
             const std::vector<wire::RoomForwarder>& forwarders)
  {
    const std::lock_guard lock{mutex_};
    auto& one = members_[member];
    one = {Clock::now(), room, roster, {}};
    for (const auto& forwarder : forwarders) one.forwarders.push_back(forwarder.id);
    worstGap_ = std::max(worstGap_, Milliseconds{one.at - since});
  }
  nlohmann::ordered_json say(Clock::time_point began)
  {
    const std::lock_guard lock{mutex_};
    Milliseconds quietest{0};
    std::size_t roster = members_.empty() ? 0 : ~std::size_t{0};
    std::vector<std::set<std::uint64_t>> forwarders(rooms_);
    std::set<std::uint64_t> offered;
    for (const auto& [id, member] : members_) {
      quietest = std::max(quietest, Milliseconds{Clock::now() - member.at});
      roster = std::min(roster, member.roster);
      offered.insert(member.forwarders.begin(), member.forwarders.end());
      if (!member.forwarders.empty()) forwarders[member.room].insert(member.forwarders.front());
    }
    return {{"event", "second"},
            {"t", std::chrono::duration<double>(Clock::now() - began).count()},
            {"members", members_.size()},
            {"smallestRoster", roster},
            {"quietestMs", quietest.count()},
            {"worstGapMs", worstGap_.count()},
            {"joins", joins_.size()},
            {"rejoins", rejoins_.size()},
            {"joinP50Ms", percentile(joins_, 0.5)},
            {"joinP99Ms", percentile(joins_, 0.99)},
            {"unanswered", unanswered_.load()},
            {"refusals", refusals_},
            {"offered", offered},
            {"forwarders", forwarders}};
  }

private:
  struct Heard {
    Clock::time_point at;
    std::size_t room = 0;
    std::size_t roster = 0;
    std::vector<std::uint64_t> forwarders;
  };
  static double percentile(std::vector<double> values, double share)
  {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(values.size())))];
  }

  const std::size_t rooms_;
  std::mutex mutex_;
  std::map<std::size_t, Heard> members_;
  std::vector<double> joins_;
  std::vector<double> rejoins_;
  std::map<std::string, std::size_t> refusals_;
  std::atomic<std::size_t> unanswered_ = 0;
  Milliseconds worstGap_{0};
};

class Member {
public:
  Member(std::size_t number, int quarter, const std::vector<Room>& rooms, std::vector<int> ports,
         Tally& tally)
    : number_{number}
    , roomNumber_{number % rooms.size()}
    , room_{rooms[roomNumber_]}
    , ports_{std::move(ports)}
    , home_{homeOf(quarter, number)}
    , at_{number % ports_.size()}
    , tally_{tally}
  {}

  /// On a connection that is there already, as by a musician who has looked at the room first.
  void live(const std::atomic<bool>& isOver)
  {
    connect();
    while (!isOver) {
      if (pass_.empty() ? join() : poll()) continue;
      std::this_thread::sleep_for(250ms);
    }
    if (!pass_.empty()) post("leave", request());
  }

private:
  void connect()
  {
    http_ = std::make_unique<httplib::SSLClient>("127.0.0.1", ports_[at_]);
    http_->enable_server_certificate_verification(false);
    http_->set_interface(home_);
    http_->set_keep_alive(true);
    http_->set_tcp_nodelay(true);
    http_->set_read_timeout(8s);
    http_->set_connection_timeout(2s);
    http_->Get("/");
  }
  void goElsewhere()
  {
    tally_.unanswered();
    const auto others = std::max<std::size_t>(ports_.size() - 1, 1);
    at_ = (at_ + 1 + number_ / ports_.size() % others) % ports_.size(); // not all to the same one
    connect();
  }
  httplib::Result post(const std::string& what, const std::string& body)
  {
    return http_->Post("/v1/rooms/" + room_.name + '/' + what, body, "application/json");
  }
  std::string request() const
  {
    wire::MemberRequest request;
    request.id = keys_.id();
    request.pass = pass_;
    request.since = revision_;
    return request.encode();
  }

  bool join()
  {
    const Card card{
      keys_.id(), keys_.signPublic(), keys_.boxPublic(), 1, "Member " + std::to_string(number_), "", {}};
    wire::JoinRequest request{
      wire::kVersion, room_.secret.joinToken(), keys_.id(), card.encode(room_.secret, keys_), slot_, {}};
    request.prove(keys_);
    const auto body = request.encode();
    const auto began = Clock::now();
    const auto answer = post("members", body);
    if (!answer) return goElsewhere(), false;
    if (answer->status != 200) return note(answer->body), false;
    tally_.joined(Clock::now() - began, std::exchange(hasJoined_, true));
    const auto reply = wire::JoinReply::parse(answer->body);
    if (!reply) return false;
    pass_ = reply->pass;
    slot_ = reply->slot;
    take(reply->update, began);
    return true;
  }
  bool poll()
  {
    const auto answer = post("poll", request());
    if (!answer) return goElsewhere(), false;
    if (answer->status != 200) {
      note(answer->body);
      pass_.clear();
      return true;
    }
    const auto update = wire::Update::parse(answer->body);
    if (update) take(*update, heardAt_);
    return update.has_value();
  }
  void take(const wire::Update& update, Clock::time_point since)
  {
    revision_ = update.revision;
    heardAt_ = Clock::now();
    tally_.heard(number_, since, roomNumber_, update.roster.size(), update.forwarders);
  }
  void note(const std::string& body)
  {
    const auto refusal = wire::Refusal::parse(body);
    tally_.refused(refusal ? refusal->code : "unreadable");
  }

  const std::size_t number_;
  const std::size_t roomNumber_;
  const Room& room_;
  const std::vector<int> ports_;
  const std::string home_;
  std::size_t at_;
  Tally& tally_;
  MemberKeys keys_ = MemberKeys::draw();
  std::unique_ptr<httplib::SSLClient> http_;
  std::string pass_;
  std::uint64_t revision_ = 0;
  std::uint16_t slot_ = 0;
  bool hasJoined_ = false;
  Clock::time_point heardAt_;
};

std::vector<Room> openRooms(int quarter, std::size_t count, int port)
{
  std::vector<Room> rooms;
  for (std::size_t i = 0; i < count; ++i) {
    Room room{"Crowd" + std::to_string(quarter) + '-' + std::to_string(i)};
    wire::OpenRequest open;
    open.room.name = room.name;
    open.room.id = RoomId::draw();
    open.tokenHash = hashOfToken(room.secret.joinToken());
    httplib::SSLClient http{"127.0.0.1", port};
    http.enable_server_certificate_verification(false);
    http.set_interface(homeOf(quarter, i));
    const auto answer = http.Post("/v1/rooms", open.encode(), "application/json");
    if (!answer || answer->status != 200) {
      std::cerr << "the room cannot be opened\n";
      std::exit(EXIT_FAILURE);
    }
    rooms.push_back(std::move(room));
  }
  return rooms;
}

} // namespace

int main(int count, char** words)
{
  if (count < 5) {
    std::cerr << "usage: crowd QUARTER MEMBERS SECONDS PORT...\n";
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN); // a server that dies while we speak
  const int quarter = std::atoi(words[1]);
  const auto members = static_cast<std::size_t>(std::atoi(words[2]));
  const auto end = Clock::now() + std::chrono::seconds{std::atoi(words[3])};
  std::vector<int> ports;
  for (int i = 4; i < count; ++i) ports.push_back(std::atoi(words[i]));
  const auto enough = (members + kMostInRoom - 1) / kMostInRoom;
  const auto rooms = openRooms(quarter, std::max(kFewestRooms, enough), ports.front());
  std::this_thread::sleep_for(300ms); // until all servers know them
  Tally tally{rooms.size()};
  std::atomic<bool> isOver = false;
  std::vector<std::thread> threads;
  const auto began = Clock::now();
  std::thread telling{[&] {
    while (!isOver) {
      std::this_thread::sleep_for(1s);
      std::cout << tally.say(began).dump() << std::endl;
      if (Clock::now() >= end) isOver = true;
    }
  }};
  for (std::size_t i = 0; i < members && !isOver; ++i) {
    threads.emplace_back([&, i] { Member{i, quarter, rooms, ports, tally}.live(isOver); });
    std::this_thread::sleep_for(kBetweenJoins);
  }
  telling.join();
  for (auto& thread : threads) thread.join();
  return EXIT_SUCCESS;
}
