#include "JackMeeting.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace tutti::audio {
namespace {

constexpr std::chrono::seconds kPatience{3};

struct Door {
  std::mutex mutex;
  std::condition_variable opened;
  std::optional<JackMeeting> meeting; // under mutex, as the rest
  bool isAbandoned = false;
};

/// The server at whose door a thread was left; at most one.
class Hanging {
public:
  [[nodiscard]] std::optional<std::string> server() const
  {
    const std::lock_guard lock{mutex_};
    return server_;
  }
  void set(std::optional<std::string> server)
  {
    const std::lock_guard lock{mutex_};
    server_ = std::move(server);
  }

private:
  mutable std::mutex mutex_;
  std::optional<std::string> server_;
};

Hanging& hanging()
{
  static Hanging only;
  return only;
}

JackMeeting noAnswerFrom(const std::string& server)
{
  return {.client = nullptr,
          .status = {},
          .hanging = "the JACK server" + (server.empty() ? std::string{} : " '" + server + "'") +
                     " hangs: end it and start it anew, or choose another device"};
}

JackMeeting knock(const JackLibrary& jack, const std::string& clientName, const std::string& server)
{
  constexpr auto kNamed = static_cast<jack_options_t>(JackNoStartServer | JackServerName);
  JackMeeting meeting;
  meeting.client = server.empty()
                     ? jack.clientOpen(clientName.c_str(), JackNoStartServer, &meeting.status)
                     : jack.clientOpen(clientName.c_str(), kNamed, &meeting.status, server.c_str());
  return meeting;
}

/// On a thread of its own.
void waitAt(Door& door, const JackLibrary& jack, const std::string& clientName, const std::string& server)
{
  const auto meeting = knock(jack, clientName, server);
  std::unique_lock lock{door.mutex};
  if (!door.isAbandoned) {
    door.meeting = meeting;
    door.opened.notify_one();
    return;
  }
  lock.unlock();
  if (meeting.client) jack.clientClose(meeting.client);
  hanging().set({});
}

} // namespace

JackMeeting meetJack(const JackLibrary& jack, const std::string& clientName, const std::string& server)
{
  static std::mutex oneAtATime;
  const std::lock_guard turn{oneAtATime};
  if (const auto other = hanging().server()) return noAnswerFrom(*other);
  jack.silence();
  const auto door = std::make_shared<Door>();
  std::thread{[=, &jack] { waitAt(*door, jack, clientName, server); }}.detach();
  std::unique_lock lock{door->mutex};
  if (door->opened.wait_for(lock, kPatience, [&] { return door->meeting.has_value(); }))
    return *door->meeting;
  door->isAbandoned = true;
  hanging().set(server);
  return noAnswerFrom(server);
}

} // namespace tutti::audio
