#include <tutti/module/Supervisor.hpp>

#include <algorithm>
#include <utility>

namespace tutti::module {

void Supervisor::start(Entry& entry, HostTime now, SupervisorActions& actions)
{
  auto& [name, process] = entry;
  process.state = State::running;
  process.at = now;
  process.isKilled = false;
  actions.push_back(Start{name});
}

void Supervisor::stop(Entry& entry, HostTime now, SupervisorActions& actions)
{
  auto& [name, process] = entry;
  if (process.state != State::running) return;
  process.state = State::stopping;
  process.at = now + kPatience;
  actions.push_back(Stop{name, Stop::Way::ask});
}

SupervisorActions Supervisor::want(const std::vector<Wanted>& all, HostTime now)
{
  SupervisorActions actions;
  for (auto& entry : processes_) {
    auto& [name, process] = entry;
    const auto same = std::ranges::find(all, name, &Wanted::name);
    process.isWanted = same != all.end();
    const bool isAnother = process.isWanted && same->command != process.command;
    if (isAnother) process = {.command = same->command, .state = process.state, .at = process.at};
    if (!process.isWanted || isAnother) stop(entry, now, actions);
    const bool isIdle = process.state != State::running && process.state != State::stopping;
    if (isAnother && isIdle) start(entry, now, actions);
  }
  std::erase_if(processes_, [](const Entry& entry) {
    return !entry.second.isWanted && entry.second.state != State::stopping;
  });
  for (const auto& wanted : all) {
    const auto [entry, isNew] = processes_.try_emplace(wanted.name, Process{.command = wanted.command});
    if (isNew) start(*entry, now, actions);
  }
  return actions;
}

SupervisorActions Supervisor::advance(HostTime now)
{
  SupervisorActions actions;
  for (auto& entry : processes_) {
    auto& [name, process] = entry;
    if (now < process.at) continue;
    if (process.state == State::waiting) start(entry, now, actions);
    if (process.state == State::stopping && !process.isKilled) {
      process.isKilled = true;
      actions.push_back(Stop{name, Stop::Way::kill});
    }
  }
  return actions;
}

std::optional<HostTime> Supervisor::nextDeadline() const
{
  std::optional<HostTime> next;
  for (const auto& [name, process] : processes_) {
    const bool isDue =
      process.state == State::waiting || (process.state == State::stopping && !process.isKilled);
    if (isDue && (!next || process.at < *next)) next = process.at;
  }
  return next;
}

void Supervisor::missing(const std::string& name, std::string why)
{
  const auto found = processes_.find(name);
  if (found == processes_.end()) return;
  found->second.state = State::missing;
  found->second.why = std::move(why);
  if (!found->second.isWanted) processes_.erase(found);
}

void Supervisor::crashed(Process& process, HostTime now)
{
  if (now - process.at >= kSteady) process.pause = kFirstPause;
  process.crashes.push_back(now);
  std::erase_if(process.crashes, [now](HostTime at) { return now - at >= kMinute; });
  if (process.crashes.size() >= kMostCrashes) {
    process.state = State::givenUp;
    return;
  }
  process.state = State::waiting;
  process.at = now + process.pause;
  process.pause = std::min(2 * process.pause, kLongestPause);
}

SupervisorActions Supervisor::ended(const std::string& name, Ending how, std::string why, HostTime now)
{
  const auto found = processes_.find(name);
  if (found == processes_.end()) return {};
  auto& process = found->second;
  SupervisorActions actions;
  if (process.state == State::stopping && process.isWanted) { // another one, or the same once more
    start(*found, now, actions);
  } else if (process.state == State::stopping) {
    processes_.erase(found);
  } else if (process.state == State::running) {
    process.why = std::move(why);
    if (how == Ending::done)
      process.state = State::finished;
    else
      crashed(process, now);
  }
  return actions;
}

SupervisorActions Supervisor::stalled(const std::string& name)
{
  const auto found = processes_.find(name);
  if (found == processes_.end() || found->second.state != State::running) return {};
  return {Stop{name, Stop::Way::kill}};
}

SupervisorActions Supervisor::again(const std::string& name, HostTime now)
{
  const auto found = processes_.find(name);
  if (found == processes_.end()) return {};
  auto& process = found->second;
  if (process.state == State::running || process.state == State::stopping) return {};
  process.crashes.clear();
  process.pause = kFirstPause;
  SupervisorActions actions;
  start(*found, now, actions);
  return actions;
}

std::optional<Supervisor::Picture> Supervisor::picture(const std::string& name) const
{
  const auto found = processes_.find(name);
  if (found == processes_.end()) return std::nullopt;
  const auto& process = found->second;
  return Picture{process.state, process.crashes.size(), process.why};
}

bool Supervisor::isComing(const std::string& name) const
{
  const auto found = processes_.find(name);
  if (found == processes_.end() || !found->second.isWanted) return false;
  const auto state = found->second.state;
  return state == State::waiting || state == State::running || state == State::stopping;
}

} // namespace tutti::module
