#pragma once

#include <deque>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

#include <tutti/module/LocalSocket.hpp>
#include <tutti/module/Supervisor.hpp>
#include <tutti/net/Doorbell.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::module {

/// The last lines that a program has printed; whatever it prints, no more is kept.
class LastWords {
public:
  static constexpr std::size_t kMostLines = 20;
  static constexpr std::size_t kLongestLine = 200;

  void add(std::string_view printed);
  /// As plain text.
  [[nodiscard]] std::vector<std::string> lines() const;

private:
  std::deque<std::string> lines_{""}; // the last one is not finished yet
};

/// Programs that we have started: each in a process group of its own, none of which outlives us.
///
/// Threads: one only, from the first call on: where it ends, the system ends the programs.
/// Errors:  of `start`: `unsupported` where there is no such program, `refused` where it may not be started.
class Children {
public:
  struct Ended {
    std::string name;
    Supervisor::Ending how = Supervisor::Ending::crashed;
    std::string why; ///< a sentence
  };

  Children() = default;
  ~Children(); ///< They are asked, and then killed.
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;

  /// `environment`: NAME=VALUE, beside our own.
  Result<void> start(const patch::ProcessDescription& process, const std::vector<std::string>& environment);
  void stop(const std::string& name, Stop::Way way);

  void addTo(std::vector<net::Watch>& all) const;
  /// Hears what they print, a bounded piece of it; says who has ended.
  std::vector<Ended> tend();
  /// Also of one that has ended.
  [[nodiscard]] std::vector<std::string> lastWords(const std::string& name) const;
  [[nodiscard]] pid_t process(const std::string& name) const; ///< 0: it does not run

private:
  struct Child {
    pid_t process = 0;
    Descriptor end;     // readable once it has ended
    Descriptor printed; // what it prints
  };
  void listen(const std::string& name, const Child& child);

  std::map<std::string, Child> all_;
  std::map<std::string, LastWords> words_;
};

} // namespace tutti::module
