#include "RedisStore.hpp"

#include <algorithm>
#include <utility>

#include <tutti/core/Assert.hpp>
#include <tutti/core/Log.hpp>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using time::HostClock;
using Line = StoreTalk::Line;

constexpr auto kFirstPause = 100ms;
constexpr auto kLongestPause = 3s; // a fifth of a lease
constexpr auto kLongestWait = 1s;

} // namespace

RedisStore::RedisStore(StoreOptions options, Neighbours neighbours)
  : options_{std::move(options)}
  , neighbours_{std::move(neighbours)}
{}

void RedisStore::start()
{
  thread_ = std::thread{[this] { run(); }};
}

void RedisStore::stop()
{
  if (!thread_.joinable()) return;
  isStopping_ = true;
  bell_.ring();
  thread_.join();
}

/// What nobody listens to is not kept: all is told anew when the store is back.
void RedisStore::tell(std::vector<Fact> facts)
{
  if (facts.empty()) return;
  {
    const std::lock_guard lock{mutex_};
    if (!isListened_) return;
    told_.insert(told_.end(), std::make_move_iterator(facts.begin()), std::make_move_iterator(facts.end()));
  }
  bell_.ring();
}

std::vector<Fact> RedisStore::takeTold()
{
  const std::lock_guard lock{mutex_};
  statistics_.told += told_.size();
  return std::exchange(told_, {});
}

void RedisStore::waitForFirstTry(std::chrono::milliseconds most)
{
  std::unique_lock lock{mutex_};
  tried_.wait_for(lock, most, [this] { return hasTried_; });
}

StoreStatistics RedisStore::statistics() const
{
  const std::lock_guard lock{mutex_};
  return statistics_;
}

void RedisStore::run()
{
  std::chrono::milliseconds between = kFirstPause;
  while (!isStopping_) {
    const auto began = HostClock::now();
    const auto served = serve();
    if (isStopping_) return;
    noteLoss(served.error().detail);
    if (HostClock::now() - began > kLongestPause) between = kFirstPause;
    pause(between);
    between = std::min<std::chrono::milliseconds>(2 * between, kLongestPause);
  }
}

/// Comes back with an error only: the store has gone away, or it is over.
Result<void> RedisStore::serve()
{
  Connections connections;
  for (auto& connection : connections) {
    auto opened = StoreConnection::open(options_, bell_.descriptor());
    if (!opened) return tl::unexpected{opened.error()};
    connection = std::move(*opened);
  }
  return converse(connections);
}

Result<void> RedisStore::converse(Connections& connections)
{
  StoreTalk talk{options_.url, HostClock::now()};
  auto done = perform(talk.begin(), talk, connections);
  while (done && !isStopping_) {
    wait(connections, talk.nextDeadline());
    done = listen(talk, connections)
             .and_then([&] { return perform(talk.tell(takeTold()), talk, connections); })
             .and_then([&] { return perform(talk.advance(HostClock::now()), talk, connections); });
    for (auto& connection : connections) done = done.and_then([&] { return connection->flush(); });
  }
  return done;
}

void RedisStore::wait(const Connections& connections, HostTime deadline) const
{
  std::array<net::Watch, 2> both{connections[0]->watch(), connections[1]->watch()};
  bell_.waitUntil(std::min(deadline, HostClock::now() + kLongestWait), both);
}

Result<void> RedisStore::listen(StoreTalk& talk, Connections& connections)
{
  for (const auto line : {Line::commands, Line::news}) {
    auto& connection = *connections.at(static_cast<std::size_t>(line));
    for (;;) {
      const auto bytes = connection.read();
      if (!bytes) return tl::unexpected{bytes.error()};
      if (bytes->empty()) break;
      const auto done = perform(talk.receive(line, *bytes, HostClock::now()), talk, connections);
      if (!done) return done;
    }
  }
  return {};
}

Result<void> RedisStore::perform(std::vector<StoreTalk::Action> actions, StoreTalk& talk,
                                 Connections& connections)
{
  std::vector<Fact> heard;
  const auto hand = [&] {
    if (heard.empty()) return;
    {
      const std::lock_guard lock{mutex_};
      statistics_.heard += heard.size();
    }
    neighbours_.heard(std::exchange(heard, {}));
  };
  for (auto& action : actions) {
    if (auto* send = std::get_if<StoreTalk::Send>(&action))
      connections.at(static_cast<std::size_t>(send->line))->send(send->bytes);
    if (auto* one = std::get_if<StoreTalk::Heard>(&action)) heard.push_back(std::move(one->fact));
    if (std::holds_alternative<StoreTalk::TellAll>(action)) {
      {
        const std::lock_guard lock{mutex_};
        isListened_ = true; // first: what is new while we ask is told after all the rest
      }
      const auto done = perform(talk.tellAll(neighbours_.everything()), talk, connections);
      if (!done) return done;
    }
    if (std::holds_alternative<StoreTalk::Ready>(action)) {
      hand();
      notePresence();
    }
    if (auto* broken = std::get_if<StoreTalk::Broken>(&action))
      return failure(ErrorKind::unavailable, std::move(broken->sentence));
  }
  hand();
  return {};
}

void RedisStore::notePresence()
{
  neighbours_.regained();
  const std::lock_guard lock{mutex_};
  statistics_.isThere = true;
  hasTried_ = true;
  if (complaint_.empty())
    log::serve().info("rooms are shared by {}", options_.url.text());
  else
    log::serve().warn("the store {} is back: rooms are shared again", options_.url.text());
  complaint_.clear();
  tried_.notify_all();
}

void RedisStore::noteLoss(const std::string& sentence)
{
  neighbours_.lost();
  const std::lock_guard lock{mutex_};
  if (std::exchange(statistics_.isThere, false)) ++statistics_.losses;
  isListened_ = false;
  told_.clear();
  hasTried_ = true;
  if (std::exchange(complaint_, sentence) != sentence)
    log::serve().warn("the store {} is away: {}. Rooms go on; members who ask other servers are not seen "
                      "coming and going until it is back",
                      options_.url.text(), sentence);
  tried_.notify_all();
}

void RedisStore::pause(std::chrono::milliseconds time) const
{
  const auto end = HostClock::now() + time;
  while (!isStopping_ && HostClock::now() < end) bell_.waitUntil(end);
}

} // namespace tutti::serve
