#include "LocalDoor.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <utility>

namespace tutti::module {
namespace {

namespace fs = std::filesystem;

constexpr int kMostAtOnce = 32; // messages of one guest, then it is the others' turn

bool isDead(const fs::path& socket)
{
  return !connectTo(socket);
}

/// Doors of programs that have crashed.
void clearAway(const fs::path& folder)
{
  std::error_code error;
  for (fs::directory_iterator entry{folder, error}; !error && entry != fs::directory_iterator{};
       entry.increment(error)) {
    const bool isDoor = entry->path().filename().string().starts_with(kSocketPrefix);
    std::error_code ignored;
    if (isDoor && entry->is_socket(ignored) && isDead(entry->path())) fs::remove(entry->path(), ignored);
  }
}

} // namespace

Result<std::unique_ptr<LocalDoor>> LocalDoor::open(const fs::path& folder, GuestCount& count)
{
  clearAway(folder);
  auto path = folder / fmt::format("{}{}", kSocketPrefix, ::getpid());
  for (int n = 2; !isDead(path); ++n) path = folder / fmt::format("{}{}-{}", kSocketPrefix, ::getpid(), n);
  auto listener = listenAt(path);
  if (!listener) return tl::unexpected{listener.error()};
  return std::unique_ptr<LocalDoor>{new LocalDoor{std::move(path), std::move(*listener), count}};
}

LocalDoor::~LocalDoor()
{
  std::error_code ignored;
  fs::remove(path_, ignored);
}

void LocalDoor::addTo(std::vector<net::Watch>& all) const
{
  if (hasRoom()) all.push_back({listener_.number()});
  for (const auto& [id, socket] : guests_) all.push_back({socket.number()});
}

void LocalDoor::tend(GuestDesk& desk, HostTime now, GuestOutbox& out)
{
  for (const auto& [id, socket] : guests_) hear(id, socket, desk, now, out);
  while (hasRoom()) {
    auto guest = acceptFrom(listener_);
    if (!guest.isOpen()) break;
    const auto id = count_.next();
    guests_.emplace(id, std::move(guest));
    desk.called(id, {}, now, out);
  }
}

void LocalDoor::hear(GuestId id, const Descriptor& socket, GuestDesk& desk, HostTime now, GuestOutbox& out)
{
  for (int i = 0; i < kMostAtOnce; ++i) {
    const auto received = receiveOne(socket, kLargestMessage);
    if (!received) return;
    if (received->message.empty()) return desk.hungUp(id, now, out);
    desk.receive(id, received->message, now, out);
  }
}

/// What does not go out now is lost: who does not listen is soon taken for stalled.
bool LocalDoor::say(GuestOutbox::Saying& saying)
{
  const auto guest = guests_.find(saying.to);
  if (guest == guests_.end()) return false;
  sendOne(guest->second, saying.message, saying.memory.number());
  return true;
}

} // namespace tutti::module
