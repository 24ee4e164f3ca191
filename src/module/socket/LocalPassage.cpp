#include "LocalPassage.hpp"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <tutti/core/Assert.hpp>
#include <tutti/module/LaneMemory.hpp>
#include <tutti/module/ModuleLane.hpp>
#include <tutti/module/SocketFolder.hpp>

namespace tutti::module {
namespace {

constexpr Micros kShort{2000}; // before there is memory to wait at

class LocalPassage final : public Passage {
public:
  explicit LocalPassage(Descriptor socket)
    : socket_{std::move(socket)}
  {}

  void send(std::span<const std::byte> message) override { sendOne(socket_, message); }

  std::optional<ByteString> tryReceive() override
  {
    auto received = receiveOne(socket_, kLargestMessage);
    if (!received) return std::nullopt;
    isGone_ = received->message.empty();
    if (isGone_) return std::nullopt;
    if (received->descriptor.isOpen()) memory_ = std::move(received->descriptor);
    return std::move(received->message);
  }
  [[nodiscard]] bool isGone() const override { return isGone_; }

  /// The memory came with the welcome. Where it did not, it is the welcome of before once more.
  Result<void> prepare(const Welcome& welcome) override
  {
    if (!memory_.isOpen()) return failure(ErrorKind::malformed, "Tutti has sent no memory for the sound.");
    auto memory = LaneMemory::map(std::move(memory_), welcome.shape.words());
    if (!memory) return tl::unexpected{memory.error()};
    lane_.emplace(std::move(*memory), welcome.shape);
    return {};
  }

  std::optional<Moment> tryTake(std::span<float> inputs) override
  {
    if (!lane_) return std::nullopt;
    return lane_->tryTake(inputs);
  }
  void answer(const Moment& moment, std::span<const float> outputs) override
  {
    lane_->answer(moment, outputs);
  }

  void wait(Micros most) override
  {
    if (lane_)
      rt::waitAtSharedWord(lane_->said(), lane_->taken(), most);
    else
      std::this_thread::sleep_for(std::min(most, kShort));
  }

private:
  Descriptor socket_;
  Descriptor memory_;
  std::optional<ModuleLane> lane_;
  bool isGone_ = false;
};

/// Who listens in the folder of this user.
std::vector<Descriptor> all()
{
  std::vector<Descriptor> found;
  const auto folder = usualSocketFolder();
  if (!folder) return found;
  for (const auto& path : socketsIn(*folder, kSocketPrefix))
    if (auto socket = connectTo(path)) found.push_back(std::move(*socket));
  return found;
}

Result<Descriptor> theOnlyOne()
{
  auto found = all();
  if (found.size() == 1) return std::move(found.front());
  if (found.empty()) return failure(ErrorKind::unavailable, "No Tutti is running here.");
  return failure(
    ErrorKind::refused,
    "Several Tuttis are running: say which one with TUTTI_MODULE_SOCKET=PATH in the environment.");
}

} // namespace

Result<std::unique_ptr<Passage>> openLocalPassage(const std::string& path)
{
  auto socket = path.empty() ? theOnlyOne() : connectTo(path);
  if (!socket) return tl::unexpected{socket.error()};
  return std::make_unique<LocalPassage>(std::move(*socket));
}

} // namespace tutti::module
