#include <tutti/engine/PatchDoor.hpp>

#include <algorithm>
#include <atomic>
#include <list>
#include <system_error>
#include <thread>
#include <utility>

#include <tutti/core/Log.hpp>
#include <tutti/module/SocketFolder.hpp>
#include <tutti/net/Doorbell.hpp>

#include "PatchVisitor.hpp"

namespace tutti::engine {
namespace {

using module::LocalKind;
using time::HostClock;
namespace fs = std::filesystem;

constexpr std::size_t kMostVisitors = 8; // at once
constexpr std::string_view kPrefix = "tutti-patch-";

} // namespace

class PatchDoor::Inner {
public:
  Inner(module::Listening listening, Answer answer)
    : listening_{std::move(listening)}
    , answer_{std::move(answer)}
    , thread_{[this] { run(); }}
  {}
  ~Inner()
  {
    std::error_code ignored;
    fs::remove(listening_.path, ignored);
    isOver_ = true;
    bell_.ring();
    thread_.join();
  }
  Inner(const Inner&) = delete;
  Inner& operator=(const Inner&) = delete;

  [[nodiscard]] const fs::path& path() const { return listening_.path; }

private:
  void run()
  {
    while (!isOver_) {
      wait();
      const auto now = HostClock::now();
      visitors_.remove_if([&](const PatchVisitor& visitor) { return visitor.isOver(now); });
    }
  }

  /// Until somebody comes, goes on, has been silent for too long, or we end.
  void wait()
  {
    std::vector<net::Watch> watches;
    for (const auto& visitor : visitors_) watches.push_back(visitor.watch());
    const bool hasRoom = visitors_.size() < kMostVisitors;
    if (hasRoom) watches.push_back({listening_.socket.number()});
    bell_.waitUntil(nextDeadline(), watches);
    if (isOver_) return;
    auto watch = watches.begin();
    for (auto& visitor : visitors_)
      if (watch++->isReady) visitor.goOn(answer_);
    if (hasRoom && watches.back().isReady) welcome();
  }

  [[nodiscard]] std::optional<HostTime> nextDeadline() const
  {
    if (visitors_.empty()) return std::nullopt;
    return std::ranges::min_element(visitors_, {}, &PatchVisitor::deadline)->deadline();
  }

  void welcome()
  {
    auto socket = module::acceptFrom(listening_.socket);
    if (socket.isOpen()) visitors_.emplace_back(std::move(socket), HostClock::now());
  }

  module::Listening listening_;
  Answer answer_;
  const net::Doorbell bell_;
  std::atomic<bool> isOver_ = false;
  std::list<PatchVisitor> visitors_; // the thread's
  std::thread thread_;
};

Result<std::unique_ptr<PatchDoor>> PatchDoor::open(const fs::path& folder, Answer answer)
try {
  auto listening = module::listenIn(folder, kPrefix, LocalKind::stream);
  if (!listening) return tl::unexpected{listening.error()};
  auto inner = std::make_unique<Inner>(std::move(*listening), std::move(answer));
  return std::unique_ptr<PatchDoor>{new PatchDoor{std::move(inner)}};
} catch (const std::system_error& error) { // no bell, or no thread
  return failure(ErrorKind::unavailable, error.what());
}

std::unique_ptr<PatchDoor> PatchDoor::tryOpen(std::string_view face, Answer answer)
{
  const auto folder = module::usualSocketFolder();
  if (!folder) return nullptr;
  auto door = open(*folder, std::move(answer));
  if (door) return std::move(*door);
  log::engine().warn("tutti patch does not reach this {}: {}", face, door.error().detail);
  return nullptr;
}

PatchDoor::PatchDoor(std::unique_ptr<Inner> inner)
  : inner_{std::move(inner)}
{}
PatchDoor::~PatchDoor() = default;

const fs::path& PatchDoor::path() const
{
  return inner_->path();
}

std::vector<RunningTutti> runningTuttis(const fs::path& folder)
{
  std::vector<RunningTutti> running;
  for (const auto& door : module::socketsIn(folder, kPrefix))
    if (auto tutti = ask(door, {})) running.push_back(std::move(*tutti));
  std::ranges::sort(running, {}, &RunningTutti::process);
  return running;
}

} // namespace tutti::engine
