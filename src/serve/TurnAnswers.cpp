#include "TurnAnswers.hpp"

#include "Refusals.hpp"

namespace tutti::serve {

Directory::Answer turnAnswer(TurnDesk& desk, std::string_view who)
{
  if (!desk.hasServers()) return refuse(503, "no-turn", "This server has no TURN servers to offer.");
  const auto reply = desk.ask(who);
  if (const auto* grant = std::get_if<room::TurnGrant>(&reply)) return {200, grant->encode()};
  return refuse(502, "turn-away", "The TURN servers' provider does not answer as it should. Ask again soon.");
}

Directory::Answer olderTurnAnswer(TurnDesk& desk)
{
  const auto reply = desk.ask({});
  if (const auto* grant = std::get_if<room::TurnGrant>(&reply)) return {200, grant->encodeServers()};
  const auto status = std::get<NoGrant>(reply).status;
  return refuse(status, "no-turn",
                desk.hasServers() ? "The TURN servers' provider does not answer as it should. Ask again soon."
                                  : "This server has no TURN servers to offer.");
}

} // namespace tutti::serve
