#include <tutti/module/Host.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <fmt/format.h>
#include <future>
#include <mutex>
#include <openssl/rand.h>
#include <system_error>
#include <thread>
#include <utility>

#include <tutti/core/Base64.hpp>
#include <tutti/net/Doorbell.hpp>
#include <tutti/rt/Priority.hpp>

#include "Children.hpp"
#include "LocalDoor.hpp"
#include "NetworkDoor.hpp"

namespace tutti::module {
namespace {

using time::HostClock;

/// 192 bits by lot, as text.
std::string lot()
{
  std::array<unsigned char, 24> bytes{};
  ::RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  return toBase64(std::as_bytes(std::span{bytes}));
}

} // namespace

class Host::Inner {
public:
  Inner(const Options& options, Listener listener)
    : listener_{std::move(listener)}
    , desk_{{options.pace, options.admitsStrangers, lot}}
  {}
  ~Inner()
  {
    if (!thread_.joinable()) return;
    ask([this] { isOver_ = true; });
    thread_.join();
  }
  Inner(const Inner&) = delete;
  Inner& operator=(const Inner&) = delete;

  Result<void> open(const Options& options)
  {
    auto door = LocalDoor::open(options.folder, count_);
    if (!door) return tl::unexpected{door.error()};
    path_ = (*door)->path();
    doors_.push_back(std::move(*door));
    if (options.network) {
      auto wide =
        NetworkDoor::open({options.network->at, options.network->tokens, options.network->allowance}, count_);
      if (!wide) return tl::unexpected{wide.error()};
      network_ = (*wide)->local();
      doors_.push_back(std::move(*wide));
    }
    thread_ = std::thread{[this] { run(); }};
    return {};
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::optional<Endpoint> network() const { return network_; }

  void change(const std::function<void(GuestDesk&, HostTime, GuestOutbox&)>& what)
  {
    ask([&] {
      GuestOutbox out;
      what(desk_, HostClock::now(), out);
      flush(out);
    });
  }

  /// On our thread, and waits for it.
  template <class Question> auto ask(Question question) -> decltype(question())
  {
    if (std::this_thread::get_id() == own_.load()) return question();
    std::packaged_task<decltype(question())()> task{std::move(question)};
    auto answer = task.get_future();
    {
      const std::lock_guard lock{mutex_};
      errands_.emplace_back([&task] { task(); });
    }
    bell_.ring();
    return answer.get();
  }

  [[nodiscard]] std::vector<ProcessPicture> processes()
  {
    auto all = desk_.processes();
    for (auto& picture : all) picture.lastWords = children_->lastWords(picture.name);
    return all;
  }
  [[nodiscard]] const GuestDesk& desk() const { return desk_; }

private:
  void run()
  {
    own_ = std::this_thread::get_id();
    if (network_) static_cast<void>(rt::becomeUrgent(rt::Urgency::media)); // sound comes in by this thread
    children_.emplace();
    while (!isOver_) {
      wait();
      doErrands();
      GuestOutbox out;
      const auto now = HostClock::now();
      for (const auto& door : doors_) door->tend(desk_, now, out);
      for (const auto& ended : children_->tend()) desk_.ended(ended.name, ended.how, ended.why, now, out);
      desk_.advance(now, out);
      flush(out);
    }
    listener_ = {};
    GuestOutbox out;
    desk_.close("Tutti was closed.", HostClock::now(), out);
    flush(out);
    children_.reset();
    doors_.clear();
  }

  void wait()
  {
    std::vector<net::Watch> all;
    for (const auto& door : doors_) door->addTo(all);
    children_->addTo(all);
    bell_.waitUntil(desk_.nextDeadline(), all);
  }

  void doErrands()
  {
    std::vector<std::function<void()>> errands;
    {
      const std::lock_guard lock{mutex_};
      errands.swap(errands_);
    }
    for (const auto& errand : errands) errand();
  }

  /// What is done may give more to do: a program that is not there is told at once.
  void flush(GuestOutbox& out)
  {
    for (auto rest = std::move(out); !isEmpty(rest);) {
      GuestOutbox more;
      flushOnce(rest, more);
      rest = std::move(more);
    }
  }

  void flushOnce(GuestOutbox& out, GuestOutbox& more)
  {
    for (auto& saying : out.sayings)
      for (const auto& door : doors_)
        if (door->say(saying)) break;
    for (const auto id : out.hangUps)
      for (const auto& door : doors_) door->hangUp(id);
    for (const auto& stop : out.stops) children_->stop(stop.name, stop.way);
    for (const auto& starting : out.starts) start(starting, more);
    for (const auto& arrived : out.arrivals)
      if (listener_.onArrived) listener_.onArrived(arrived.name, arrived.module);
    for (const auto& left : out.departures)
      if (listener_.onLeft) listener_.onLeft(left.name, left.why);
  }

  void start(const GuestOutbox::Starting& starting, GuestOutbox& more)
  {
    const auto started =
      children_->start(starting.process, {fmt::format("TUTTI_MODULE_SOCKET={}", path_.string()),
                                          fmt::format("TUTTI_MODULE_TOKEN={}", starting.token)});
    if (!started) desk_.missing(starting.process.name, started.error().detail, more);
  }

  static bool isEmpty(const GuestOutbox& out)
  {
    return out.sayings.empty() && out.hangUps.empty() && out.arrivals.empty() && out.departures.empty() &&
           out.starts.empty() && out.stops.empty();
  }

  Listener listener_;
  std::filesystem::path path_;
  std::optional<Endpoint> network_;
  GuestCount count_;
  GuestDesk desk_;                           // the thread's
  std::vector<std::unique_ptr<Door>> doors_; // the thread's
  std::optional<Children> children_;         // the thread's
  bool isOver_ = false;                      // the thread's
  const net::Doorbell bell_;
  std::mutex mutex_;
  std::vector<std::function<void()>> errands_; // both, under the lock
  std::atomic<std::thread::id> own_{};         // both
  std::thread thread_;
};

Result<std::unique_ptr<Host>> Host::open(const Options& options, Listener listener)
try {
  auto inner = std::make_unique<Inner>(options, std::move(listener));
  if (const auto opened = inner->open(options); !opened) return tl::unexpected{opened.error()};
  return std::unique_ptr<Host>{new Host{std::move(inner)}};
} catch (const std::system_error& error) { // no bell, or no thread
  return failure(ErrorKind::unavailable, error.what());
}

Host::Host(std::unique_ptr<Inner> inner)
  : inner_{std::move(inner)}
{}
Host::~Host() = default;

const std::filesystem::path& Host::path() const
{
  return inner_->path();
}

std::optional<Endpoint> Host::network() const
{
  return inner_->network();
}

std::string Host::drawToken()
{
  return lot();
}

void Host::setPace(const ProcessModule::Pace& pace)
{
  inner_->change([&](GuestDesk& desk, HostTime, GuestOutbox&) { desk.setPace(pace); });
}

void Host::want(std::vector<patch::ProcessDescription> processes, const Approvals& approvals)
{
  inner_->change([&](GuestDesk& desk, HostTime now, GuestOutbox& out) {
    desk.want(std::move(processes), approvals, now, out);
  });
}

void Host::again(const std::string& process)
{
  inner_->change([&](GuestDesk& desk, HostTime now, GuestOutbox& out) { desk.again(process, now, out); });
}

std::vector<GuestPicture> Host::guests() const
{
  return inner_->ask([this] { return inner_->desk().guests(); });
}

std::vector<ProcessPicture> Host::processes() const
{
  return inner_->ask([this] { return inner_->processes(); });
}

} // namespace tutti::module
