#include "LocalDoor.hpp"

#include <utility>

namespace tutti::module {
namespace {

constexpr int kMostAtOnce = 32; // messages of one guest, then it is the others' turn

} // namespace

Result<std::unique_ptr<LocalDoor>> LocalDoor::open(const std::filesystem::path& folder, GuestCount& count)
{
  auto listening = listenIn(folder, kSocketPrefix);
  if (!listening) return tl::unexpected{listening.error()};
  return std::unique_ptr<LocalDoor>{new LocalDoor{std::move(*listening), count}};
}

LocalDoor::~LocalDoor()
{
  std::error_code ignored;
  std::filesystem::remove(listening_.path, ignored);
}

void LocalDoor::addTo(std::vector<net::Watch>& all) const
{
  if (hasRoom()) all.push_back({listening_.socket.number()});
  for (const auto& [id, socket] : guests_) all.push_back({socket.number()});
}

void LocalDoor::tend(GuestDesk& desk, HostTime now, GuestOutbox& out)
{
  for (const auto& [id, socket] : guests_) hear(id, socket, desk, now, out);
  while (hasRoom()) {
    auto guest = acceptFrom(listening_.socket);
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
