#include "OlderSessions.hpp"

#include "ProviderClient.hpp"
#include "TurnAnswers.hpp"

namespace tutti::serve {
namespace {

constexpr std::uint32_t kMayUseTurn = 86'400; // seconds

}

OlderSessions::OlderSessions(const Host::Options& options)
  : turn_{options.turn, kMayUseTurn, askProvider}
{
  if (options.sessions) book_.emplace(*options.sessions);
}

std::optional<Directory::Answer> OlderSessions::ask(const Directory::Question& question, HostTime now)
{
  if (!book_) return std::nullopt;
  SessionBook::Reply reply;
  {
    const std::lock_guard lock{mutex_};
    reply = book_->ask(question, now);
  }
  if (std::holds_alternative<SessionBook::TurnQuestion>(reply)) return olderTurnAnswer(turn_);
  auto* answered = std::get_if<Directory::Answer>(&reply);
  return answered != nullptr ? std::optional{std::move(*answered)} : std::nullopt;
}

} // namespace tutti::serve
