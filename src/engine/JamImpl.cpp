#include "JamImpl.hpp"

#include <tutti/patch/DeviceModules.hpp>
#include <tutti/room/Password.hpp>
#include <tutti/rt/Priority.hpp>

namespace tutti::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto kOften = 50ms;
constexpr auto kComplaint = 10s; // long enough to read it

} // namespace

Jam::Impl::Impl(JamSettings settings, std::function<time::BeatGrid()> grid)
  : settings_{std::move(settings)}
  , grid_{std::move(grid)}
  , listening_{audio::SampleRate{}}
  , attendant_{[this] { attend(); }}
{
  const std::lock_guard lock{mutex_};
  desk_.setInput(settings_.input);
  desk_.remember(settings_.mix);
  if (settings_.listensForRooms) lanRooms_ = std::make_unique<room::LanRooms>([this] { changed(); });
}

Jam::Impl::~Impl()
{
  {
    const std::lock_guard lock{overMutex_};
    isOver_ = true;
  }
  over_.notify_one();
  static_cast<void>(nextPlan());
  errands_.end(); // a join under way would come back after we left
  lanRooms_.reset();
  attendant_.join();
  stopRecording();
  leave();
  const std::lock_guard lock{mutex_};
  company_.useDevice(nullptr);
  device_.reset();
}

void Jam::Impl::attend()
{
  std::unique_lock lock{overMutex_};
  while (!over_.wait_for(lock, kOften, [this] { return isOver_; })) {
    lock.unlock();
    lookAround(time::HostClock::now());
    lock.lock();
  }
}

void Jam::Impl::lookAround(HostTime now)
{
  bool isNews = false;
  lan_.attend(deviceRate(), now); // all wait for others: without the lock
  programs_.attend(deviceStatus());
  channels_.attend();
  {
    const std::lock_guard lock{mutex_};
    attendBeats(now);
    isNews = attendDevice();
    isNews = attendOutside(now) || isNews;
    isNews = forgetComplaint(now) || isNews;
    attendRoom(now);
    isNews = attendWay(now) || isNews;
    isNews = attendRecording() || isNews;
    desk_.tend();
  }
  if (isNews) changed(); // who is told may ask us something
}

/// Anew, where the device or our place in the room is another one.
void Jam::Impl::speak()
{
  if (device_ && session_) voice_.begin(*session_, settings_.codec, deviceStatus_);
}

void Jam::Impl::introduce(const std::string& name, const std::string& instrument)
{
  const std::lock_guard lock{mutex_};
  settings_.name = name;
  settings_.instrument = instrument;
}

void Jam::Impl::proposePassword()
{
  const std::lock_guard lock{mutex_};
  proposedPassword_ = room::proposePassword();
}

void Jam::Impl::withDesk(const std::function<void(jam::Desk&)>& change)
{
  const std::lock_guard lock{mutex_};
  change(desk_);
}

void Jam::Impl::setInstrument(std::shared_ptr<patch::Module> instrument)
{
  const std::lock_guard lock{mutex_};
  if (instrument) return desk_.setInstrument(std::move(instrument));
  const auto input = desk_.input();
  desk_.setInstrument(std::make_shared<patch::DeviceInput>(
    patch::DeviceChannels{.first = input.first, .count = input.isStereo ? 2U : 1U}));
}

void Jam::Impl::complain(const std::string& sentence)
{
  {
    const std::lock_guard lock{mutex_};
    roomProblem_ = sentence;
    complainedAt_ = time::HostClock::now();
  }
  changed();
}

bool Jam::Impl::forgetComplaint(HostTime now)
{
  if (!complainedAt_ || now - *complainedAt_ < kComplaint) return false;
  complainedAt_.reset();
  roomProblem_.clear();
  return true;
}

void Jam::Impl::setMutedToRoom(bool isMuted)
{
  const std::lock_guard lock{mutex_};
  voice_.setMuted(isMuted);
}

void Jam::Impl::setTalking(bool isTalking)
{
  const std::lock_guard lock{mutex_};
  voice_.setTalking(isTalking);
}

void Jam::Impl::setCallback(std::function<void()> callback)
{
  const std::lock_guard lock{callbackMutex_};
  callback_ = std::move(callback);
}

void Jam::Impl::changed()
{
  isRoomStale_.store(true);
  const std::lock_guard lock{callbackMutex_};
  if (callback_) callback_();
}

} // namespace tutti::engine
