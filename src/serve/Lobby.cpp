#include "Lobby.hpp"

#include "Refusals.hpp"

namespace tutti::serve {

bool Lobby::mayAsk(const IpAddress& from, HostTime now)
{
  const std::lock_guard lock{mutex_};
  return questions_.of(from, now).tryTake(now);
}

std::optional<Directory::Answer> Lobby::ask(const Directory::Question& question, HostTime now)
{
  const bool isHealth = question.path == "/healthz";
  if (!isHealth && question.path != "/metrics") return std::nullopt;
  if (question.method != "GET") return wrongMethod();
  if (!mayAsk(question.from, now))
    return refuse(429, "too-fast", "Too many questions from here. Wait a second.");
  const auto figures = look_(); // whoever is stuck does not come back from there, so it is not well
  if (isHealth) return Directory::Answer{200, "OK", "text/plain"};
  return Directory::Answer{200, figures.text(), "text/plain; version=0.0.4; charset=utf-8"};
}

} // namespace tutti::serve
