#include "DirectoryServer.hpp"

#include <chrono>
#include <utility>

#include <asio/experimental/as_tuple.hpp>
#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

#include "HttpsServer.hpp"

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using asio::experimental::as_tuple;
using time::HostClock;
using Timer = asio::steady_timer;

constexpr auto kLongestPoll = 5s;
constexpr auto kTick = 250ms; // so exact are leases
static_assert(Directory::kMostInAll + 1024 <
              Connections::kMost); // all poll, and many want to join or say something

/// A poll among those that wait, as long as it does.
class Place {
public:
  using Waiting = std::multimap<room::RoomId, Timer*>;

  Place(Waiting& waiting, const room::RoomId& room, Timer& timer)
    : waiting_{waiting}
    , place_{waiting.emplace(room, &timer)}
  {}
  ~Place() { waiting_.erase(place_); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

private:
  Waiting& waiting_;
  Waiting::iterator place_;
};

} // namespace

Result<std::unique_ptr<DirectoryServer>>
DirectoryServer::open(const std::optional<IpAddress>& listen, std::uint16_t port, const TlsIdentity& identity)
{
  auto http = HttpsServer::open(listen, port, identity);
  if (!http) return tl::unexpected{http.error()};
  return std::unique_ptr<DirectoryServer>{new DirectoryServer{std::move(*http)}};
}

DirectoryServer::DirectoryServer(std::unique_ptr<HttpsServer> http)
  : http_{std::move(http)}
{}

DirectoryServer::~DirectoryServer()
{
  {
    const std::lock_guard lock{mutex_};
    isStopping_ = true;
  }
  end_.notify_all();
  if (ticking_.joinable()) ticking_.join();
  asio::post(http_->context(), [this] {
    for (const auto& [room, timer] : waiting_) timer->cancel();
  });
  http_->stop();
}

std::uint16_t DirectoryServer::port() const
{
  return http_->port();
}

void DirectoryServer::furnish(std::uint16_t udpPort, Neighbours neighbours,
                              std::optional<Directory::Sharing> sharing)
{
  directory_.emplace(udpPort);
  neighbours_ = std::move(neighbours);
  if (sharing) directory_->share(std::move(*sharing), HostClock::now());
}

void DirectoryServer::start()
{
  http_->start([this](Directory::Question question) { return answer(std::move(question)); });
  ticking_ = std::thread{[this] { tick(); }};
}

/// On the thread that bears all connections: what asks others, or looks at everything, goes apart.
asio::awaitable<Directory::Answer> DirectoryServer::answer(Directory::Question question)
{
  if (!Directory::isOfRooms(question)) {
    auto beside = [this, question = std::move(question)] { return answerBeside(question); };
    co_return co_await http_->apart(std::move(beside));
  }
  auto asked = Directory::read(question); // before the lock: anybody may say anything
  if (auto* refused = std::get_if<Directory::Answer>(&asked)) co_return std::move(*refused);
  co_return co_await ask(std::move(std::get<Directory::Asked>(asked)));
}

Directory::Answer DirectoryServer::answerBeside(const Directory::Question& question)
{
  if (auto beside = neighbours_.beside(question)) return std::move(*beside);
  auto asked = Directory::read(question);
  return std::get<Directory::Answer>(std::move(asked)); // it is of no room
}

std::map<int, std::uint64_t> DirectoryServer::answers() const
{
  return http_->answers();
}

asio::awaitable<Directory::Answer> DirectoryServer::ask(Directory::Asked asked)
{
  Timer patience{http_->context(), kLongestPoll};
  auto reply = askDirectory(asked, !isStopping_);
  while (const auto* wait = std::get_if<Directory::Wait>(&reply)) {
    const Place place{waiting_, wait->room, patience};
    co_await patience.async_wait(as_tuple(asio::use_awaitable)); // ends early where somebody wakes us
    const bool mayWait = !isStopping_ && Timer::clock_type::now() < patience.expiry();
    reply = askAgain(asked, *wait, mayWait);
  }
  if (auto* wish = std::get_if<Directory::TurnWish>(&reply)) {
    auto turn = [this, who = std::move(wish->who)] { return neighbours_.turn(who); };
    co_return co_await http_->apart(std::move(turn));
  }
  co_return std::get<Directory::Answer>(std::move(reply));
}

Directory::Reply DirectoryServer::askDirectory(const Directory::Asked& asked, bool mayWait)
{
  const std::lock_guard lock{mutex_};
  auto reply = directory_->ask(asked, HostClock::now(), mayWait);
  tellNews();
  return reply;
}

Directory::Reply DirectoryServer::askAgain(const Directory::Asked& asked, const Directory::Wait& wait,
                                           bool mayWait)
{
  const std::lock_guard lock{mutex_};
  return directory_->askAgain(asked, wait, mayWait);
}

void DirectoryServer::hear(const std::vector<Fact>& facts)
{
  const std::lock_guard lock{mutex_};
  const auto now = HostClock::now();
  for (const auto& fact : facts) directory_->apply(fact, now);
  tellNews();
}

void DirectoryServer::tick()
{
  std::unique_lock lock{mutex_};
  while (!isStopping_) {
    directory_->advance(HostClock::now());
    tellNews();
    end_.wait_for(lock, kTick, [this] { return isStopping_.load(); });
  }
}

void DirectoryServer::tellNews()
{
  for (const auto& change : directory_->takeChanges()) neighbours_.changed(change);
  if (neighbours_.told) neighbours_.told(directory_->takeFacts());
  auto news = directory_->takeNews();
  if (!news.empty()) asio::post(http_->context(), [this, rooms = std::move(news)] { wake(rooms); });
}

/// Only polls of the rooms that it is about. Whoever has been told to wait is among them already: it has not
/// left the server's thread in between.
void DirectoryServer::wake(const std::set<room::RoomId>& rooms)
{
  for (const auto& room : rooms) {
    const auto [first, last] = waiting_.equal_range(room);
    for (auto waiting = first; waiting != last; ++waiting) waiting->second->cancel();
  }
}

} // namespace tutti::serve
