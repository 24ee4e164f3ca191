#include <tutti/engine/PatchDoor.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <list>
#include <poll.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include <tutti/core/Log.hpp>

#include "LocalSocket.hpp"
#include "PatchVisitor.hpp"

namespace tutti::engine {
namespace {

using namespace std::chrono_literals;
using time::HostClock;
namespace fs = std::filesystem;

constexpr std::size_t kMostVisitors = 8; // at once
constexpr auto kPrefix = "tutti-patch-";

std::vector<fs::path> doorsIn(const fs::path& folder)
{
  std::vector<fs::path> doors;
  std::error_code error;
  for (fs::directory_iterator entry{folder, error}; !error && entry != fs::directory_iterator{};
       entry.increment(error))
    if (entry->path().filename().string().starts_with(kPrefix) && entry->is_socket(error))
      doors.push_back(entry->path());
  return doors;
}

bool isDead(const fs::path& door)
{
  const auto reached = connectTo(door);
  return !reached && reached.error().kind == ErrorKind::unavailable;
}

/// Doors of programs that have crashed.
void clearAway(const fs::path& folder)
{
  std::error_code ignored;
  for (const auto& door : doorsIn(folder))
    if (isDead(door)) fs::remove(door, ignored);
}

} // namespace

class PatchDoor::Inner {
public:
  Inner(fs::path path, Descriptor listener, Descriptor end, Answer answer)
    : path_{std::move(path)}
    , listener_{std::move(listener)}
    , end_{std::move(end)}
    , answer_{std::move(answer)}
    , thread_{[this] { run(); }}
  {}
  ~Inner()
  {
    std::error_code ignored;
    fs::remove(path_, ignored);
    ring(end_);
    thread_.join();
  }
  Inner(const Inner&) = delete;
  Inner& operator=(const Inner&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

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
    std::vector<pollfd> polled{{end_.number(), POLLIN, 0}};
    for (const auto& visitor : visitors_) polled.push_back({visitor.descriptor(), visitor.waitsFor(), 0});
    const bool hasRoom = visitors_.size() < kMostVisitors;
    if (hasRoom) polled.push_back({listener_.number(), POLLIN, 0});
    if (::poll(polled.data(), polled.size(), patience()) <= 0) return;
    isOver_ = polled.front().revents != 0;
    if (isOver_) return;
    auto seen = polled.begin();
    for (auto& visitor : visitors_)
      if ((++seen)->revents != 0) visitor.goOn(answer_);
    if (hasRoom && polled.back().revents != 0) welcome();
  }

  [[nodiscard]] int patience() const
  {
    if (visitors_.empty()) return -1;
    const auto next = std::ranges::min_element(visitors_, {}, &PatchVisitor::deadline)->deadline();
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - HostClock::now());
    return static_cast<int>(std::max(left, 0ms).count());
  }

  void welcome()
  {
    auto socket = acceptFrom(listener_);
    if (!socket.isOpen()) return;
    const auto peer = peerOf(socket);
    if (peer && peer->user == ::geteuid()) visitors_.emplace_back(std::move(socket), HostClock::now());
  }

  fs::path path_;
  Descriptor listener_;
  Descriptor end_;
  Answer answer_;
  std::list<PatchVisitor> visitors_; // the thread's
  bool isOver_ = false;              // the thread's
  std::thread thread_;
};

std::optional<fs::path> PatchDoor::usualFolder()
{
  const char* configured = std::getenv("XDG_RUNTIME_DIR");
  // A relative path there is void, says the XDG base directory specification.
  const bool isUsable = configured != nullptr && fs::path{configured}.is_absolute();
  const auto folder = isUsable ? fs::path{configured} : fs::path{fmt::format("/run/user/{}", ::geteuid())};
  std::error_code error;
  if (!fs::is_directory(folder, error)) return std::nullopt;
  return folder;
}

Result<std::unique_ptr<PatchDoor>> PatchDoor::open(const fs::path& folder, Answer answer)
{
  clearAway(folder);
  auto path = folder / fmt::format("{}{}", kPrefix, ::getpid());
  for (int n = 2; !isDead(path); ++n) path = folder / fmt::format("{}{}-{}", kPrefix, ::getpid(), n);
  auto listener = listenAt(path);
  if (!listener) return tl::unexpected{listener.error()};
  auto end = makeBell();
  if (!end.isOpen()) return failure(ErrorKind::unavailable, "too many files are open");
  auto inner =
    std::make_unique<Inner>(std::move(path), std::move(*listener), std::move(end), std::move(answer));
  return std::unique_ptr<PatchDoor>{new PatchDoor{std::move(inner)}};
}

std::unique_ptr<PatchDoor> PatchDoor::tryOpen(std::string_view face, Answer answer)
{
  const auto folder = usualFolder();
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
  for (const auto& door : doorsIn(folder))
    if (auto tutti = ask(door, {})) running.push_back(std::move(*tutti));
  std::ranges::sort(running, {}, &RunningTutti::process);
  return running;
}

} // namespace tutti::engine
