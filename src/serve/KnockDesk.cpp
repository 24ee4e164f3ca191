#include "KnockDesk.hpp"

#include "Refusals.hpp"

namespace tutti::serve {

/// Begins one, or says why not.
std::optional<Directory::Answer> KnockDesk::refusal(const IpAddress& from, HostTime now)
{
  const std::lock_guard lock{mutex_};
  if (!questions_.of(from, now).tryTake(now))
    return refuse(429, "too-fast",
                  "This server knocks at your door six times a minute at most. Wait a little.");
  if (underWay_ >= kMostAtOnce)
    return refuse(503, "too-fast", "This server knocks at many doors just now. Try again in a moment.");
  ++underWay_;
  return std::nullopt;
}

std::optional<Directory::Answer> KnockDesk::ask(const Directory::Question& question, HostTime now)
{
  if (question.path != "/v1/knock") return std::nullopt;
  if (question.method != "POST") return wrongMethod();
  const auto request = room::wire::KnockRequest::parse(question.body);
  if (!request) return malformed();
  const bool isSomewhere = !question.from.isUnspecified() && !question.from.isLoopback() &&
                           !question.from.isMulticast() && !question.from.isLinkLocal();
  if (!isSomewhere)
    return refuse(403, "not-outside", "From here, this server is not outside: it cannot tell who gets in.");
  if (auto refused = refusal(question.from, now)) return refused;
  auto reply = knock_(question.from, *request);
  reply.seen = question.from;
  const std::lock_guard lock{mutex_};
  --underWay_;
  return Directory::Answer{200, reply.encode()};
}

} // namespace tutti::serve
