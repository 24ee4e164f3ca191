#include <tutti/room/LanRooms.hpp>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <span>
#include <thread>

#include <tutti/discovery/GroupEars.hpp>

namespace tutti::room {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

constexpr auto kSilence = 2500ms; // five announcements
constexpr std::size_t kMostRooms = 64;
constexpr std::ptrdiff_t kMostFromOne = 16; // of one address

} // namespace

Invitation LanRoom::invitation() const
{
  return {host, room.httpPort, room.name, std::nullopt, room.fingerprint};
}

bool LanRoomTable::hear(const Announcement& room, const IpAddress& from, HostTime now)
{
  const auto known = std::ranges::find_if(entries_, [&](const Entry& entry) {
    return entry.room.room.id == room.id && entry.room.room.fingerprint == room.fingerprint;
  });
  if (known == entries_.end()) {
    const auto host = from.text();
    const auto fromOne =
      std::ranges::count(entries_, host, [](const Entry& entry) { return entry.room.host; });
    if (entries_.size() == kMostRooms || fromOne >= kMostFromOne) return false;
    entries_.push_back({{host, room}, now});
    return true;
  }
  // Anybody may say it from elsewhere: as long as the first one says it, nobody else is believed. But a host
  // on this machine is heard over loopback as well, and its other address is the better one to tell.
  const bool isBetter = !from.isLoopback() && IpAddress::parse(known->room.host)->isLoopback();
  if (known->room.host != from.text() && !isBetter) return false;
  const LanRoom fresh{from.text(), room};
  const bool hasChanged = known->room != fresh;
  known->room = fresh;
  known->heardAt = now;
  return hasChanged;
}

bool LanRoomTable::advance(HostTime now)
{
  return std::erase_if(entries_, [now](const Entry& entry) { return now - entry.heardAt >= kSilence; }) > 0;
}

std::vector<LanRoom> LanRoomTable::rooms() const
{
  std::vector<LanRoom> rooms;
  for (const auto& entry : entries_) rooms.push_back(entry.room);
  std::ranges::sort(rooms, {}, [](const LanRoom& room) { return std::pair{room.room.name, room.room.id}; });
  return rooms;
}

/// One socket for each network, all on one thread.
class LanRooms::Ears {
public:
  explicit Ears(std::function<void()> changed)
    : changed_{std::move(changed)}
    , ears_{context_, Announcement::group(),
            [this](std::span<const std::byte> datagram, const IpAddress& from) { hear(datagram, from); },
            [this] { tell([](LanRoomTable& table) { return table.advance(HostClock::now()); }); }}
    , thread_{[this] {
      ears_.start();
      context_.run();
    }}
  {}
  ~Ears()
  {
    context_.stop();
    thread_.join();
  }
  Ears(const Ears&) = delete;
  Ears& operator=(const Ears&) = delete;

  [[nodiscard]] std::vector<LanRoom> rooms() const
  {
    const std::lock_guard lock{mutex_};
    return table_.rooms();
  }

private:
  void hear(std::span<const std::byte> datagram, const IpAddress& from)
  {
    const auto room = Announcement::parse(datagram);
    if (!room) return;
    tell([&](LanRoomTable& table) { return table.hear(*room, from, HostClock::now()); });
  }

  template <class Change> void tell(Change change)
  {
    bool hasChanged = false;
    {
      const std::lock_guard lock{mutex_};
      hasChanged = change(table_);
    }
    if (hasChanged) changed_();
  }

  std::function<void()> changed_;
  asio::io_context context_{1};
  discovery::GroupEars ears_;
  mutable std::mutex mutex_; // guards what follows
  LanRoomTable table_;
  std::thread thread_; // last: it uses all the others
};

LanRooms::LanRooms(std::function<void()> changed)
  : ears_{std::make_unique<Ears>(std::move(changed))}
{}

LanRooms::~LanRooms() = default;

std::vector<LanRoom> LanRooms::rooms() const
{
  return ears_->rooms();
}

} // namespace tutti::room
