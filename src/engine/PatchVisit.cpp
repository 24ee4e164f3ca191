#include <array>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>

#include <tutti/engine/PatchDoor.hpp>
#include <tutti/module/LocalSocket.hpp>
#include <tutti/time/HostClock.hpp>

/// The other side of the door.
namespace tutti::engine {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

constexpr auto kPatience = 5s;

tl::unexpected<Error> silence()
{
  return failure(ErrorKind::unavailable, "the Tutti that runs does not answer");
}

/// False: not in time, or never.
bool waitFor(const Descriptor& socket, short events, HostTime deadline)
{
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - HostClock::now());
    if (left <= 0ms) return false;
    pollfd polled{socket.number(), events, 0};
    const int ready = ::poll(&polled, 1, static_cast<int>(left.count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

bool say(const Descriptor& socket, std::string_view words, HostTime deadline)
{
  while (!words.empty()) {
    if (!waitFor(socket, POLLOUT, deadline)) return false;
    const auto count = ::send(socket.number(), words.data(), words.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (count > 0) words.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Until the other side has said all.
std::optional<std::string> hear(const Descriptor& socket, HostTime deadline)
{
  std::string heard;
  std::array<char, 65'536> bytes{};
  while (heard.size() <= PatchAnswer::kLongest) {
    if (!waitFor(socket, POLLIN, deadline)) return std::nullopt;
    const auto count = ::recv(socket.number(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count == 0) return heard;
    if (count < 0 && errno != EAGAIN && errno != EINTR) return std::nullopt;
    if (count > 0) heard.append(bytes.data(), static_cast<std::size_t>(count));
  }
  return std::nullopt;
}

} // namespace

Result<RunningTutti> ask(const std::filesystem::path& door, const PatchRequest& request)
{
  const auto socket = module::connectTo(door, module::LocalKind::stream);
  if (!socket) return tl::unexpected{socket.error()};
  const auto deadline = HostClock::now() + kPatience;
  if (!say(*socket, request.encode(), deadline)) return silence();
  const auto heard = hear(*socket, deadline);
  if (!heard) return silence();
  auto answer = PatchAnswer::parse(*heard);
  if (!answer) return silence();
  return RunningTutti{module::peerProcess(*socket), door, std::move(*answer)};
}

} // namespace tutti::engine
