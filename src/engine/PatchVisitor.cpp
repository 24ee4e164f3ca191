#include "PatchVisitor.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <sys/socket.h>
#include <utility>

namespace tutti::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 5s;

} // namespace

PatchVisitor::PatchVisitor(Descriptor socket, HostTime now)
  : socket_{std::move(socket)}
  , deadline_{now + kPatience}
{}

net::Watch PatchVisitor::watch() const
{
  const bool listens = answer_.empty();
  return {.descriptor = socket_.number(), .toRead = listens, .toWrite = !listens};
}

void PatchVisitor::goOn(const PatchDoor::Answer& answer)
{
  if (answer_.empty()) read(answer);
  if (!answer_.empty()) write();
}

void PatchVisitor::read(const PatchDoor::Answer& answer)
{
  std::array<char, 65'536> bytes{};
  const auto count = ::recv(socket_.number(), bytes.data(), bytes.size(), 0);
  if (count < 0) {
    isOver_ = errno != EAGAIN && errno != EINTR;
    return;
  }
  const auto searched = asked_.size();
  asked_.append(bytes.data(), static_cast<std::size_t>(count));
  const auto end = asked_.find('\n', searched);
  if (end == std::string::npos) {
    isOver_ = count == 0 || asked_.size() > PatchRequest::kLongest;
    return;
  }
  const auto request = PatchRequest::parse(std::string_view{asked_}.substr(0, end));
  answer_ = (request ? answer(*request) : PatchAnswer{.problem = request.error().detail}).encode();
  asked_ = {};
}

void PatchVisitor::write()
{
  const auto rest = std::string_view{answer_}.substr(written_);
  const auto count = ::send(socket_.number(), rest.data(), rest.size(), MSG_NOSIGNAL);
  if (count < 0) {
    isOver_ = errno != EAGAIN && errno != EINTR;
    return;
  }
  written_ += static_cast<std::size_t>(count);
  isOver_ = written_ == answer_.size();
}

} // namespace tutti::engine
