#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <tutti/time/HostClock.hpp>

namespace tutti::module {

/// A process that is to run. Another `command` under the same name is another process.
struct Wanted {
  std::string name;
  std::string command; ///< whatever tells one from the other; here it is only compared
};

/// To whoever can: start it.
struct Start {
  std::string name;
};
/// End it: by asking, or for certain.
struct Stop {
  enum class Way { ask, kill };
  std::string name;
  Way way = Way::ask;
};
using SupervisorAction = std::variant<Start, Stop>;
using SupervisorActions = std::vector<SupervisorAction>;

/// Which processes are to run, and when each is started again.
///
///     waiting ──▶ running ──▶ waiting …     running ──▶ stopping ──▶ gone
///                    └──▶ finished (by itself)   └──▶ given up (too many crashes)   └──▶ missing (no such
///                    program)
///
/// One that ends although it is wanted starts again after 0.1 s, then 0.2 s and so on to 5 s; who has run for
/// ten seconds begins anew with 0.1 s. After eight crashes within a minute it is given up. One that ends by
/// itself, without an error, has done its work and is left alone. `again` forgives everything.
///
/// Threads: one at a time.
class Supervisor {
public:
  static constexpr Micros kFirstPause{100'000};
  static constexpr Micros kLongestPause{5'000'000};
  static constexpr Micros kSteady{10'000'000};
  static constexpr Micros kMinute{60'000'000};
  static constexpr std::size_t kMostCrashes = 8; ///< within a minute
  static constexpr Micros kPatience{2'000'000};  ///< after asking it to end

  /// All that are to run from now on.
  SupervisorActions want(const std::vector<Wanted>& all, HostTime now);
  /// What is due. Call no later than `nextDeadline()`.
  SupervisorActions advance(HostTime now);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

  /// What became of `Start`.
  void missing(const std::string& name, std::string why);
  enum class Ending {
    done,   ///< without an error
    crashed ///< by a signal, with an error, or it could not even begin
  };
  SupervisorActions ended(const std::string& name, Ending how, std::string why, HostTime now);
  /// It runs, and does not answer.
  SupervisorActions stalled(const std::string& name);
  /// Whatever has happened: start it now.
  SupervisorActions again(const std::string& name, HostTime now);

  enum class State { waiting, running, stopping, finished, givenUp, missing };
  struct Picture {
    State state = State::waiting;
    std::size_t crashes = 0; ///< within the last minute
    std::string why;         ///< the last end, in a sentence; empty before the first
  };
  /// Nothing for one that is not wanted.
  [[nodiscard]] std::optional<Picture> picture(const std::string& name) const;
  /// It runs, or will by itself.
  [[nodiscard]] bool isComing(const std::string& name) const;

private:
  struct Process {
    std::string command;
    State state = State::waiting;
    HostTime at{}; // waiting: start then; running: since then; stopping: kill it then
    bool isKilled = false;
    bool isWanted = true;
    Micros pause = kFirstPause;
    std::deque<HostTime> crashes{};
    std::string why{};
  };
  using Entry = std::map<std::string, Process>::value_type;

  static void start(Entry& entry, HostTime now, SupervisorActions& actions);
  static void stop(Entry& entry, HostTime now, SupervisorActions& actions);
  static void crashed(Process& process, HostTime now);

  std::map<std::string, Process> processes_;
};

} // namespace tutti::module
