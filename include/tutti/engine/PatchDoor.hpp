#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/engine/PatchTalk.hpp>

namespace tutti::engine {

/// Where other programs of the same user ask a running Tutti for its patch: a socket in the folder of what
/// runs, which nobody else can open, and which asks the system who has.
///
/// Each visitor says one line, gets the answer, and is shown out; also who says nothing, or too much. It is
/// on this machine only; what comes is shown or loaded as a file is, and starts nothing.
///
/// Threads: one of its own, on which `answer` is called; everything else one at a time.
/// Errors:  of `open`, `unavailable` with the reason; Tutti plays without it.
class PatchDoor {
public:
  using Answer = std::function<PatchAnswer(const PatchRequest&)>;

  static Result<std::unique_ptr<PatchDoor>> open(const std::filesystem::path& folder, Answer answer);
  /// In `module::usualSocketFolder()`. Nothing where it cannot be had: the log says that `face`, as in
  /// `PatchAnswer`, is not reached.
  static std::unique_ptr<PatchDoor> tryOpen(std::string_view face, Answer answer);
  ~PatchDoor();
  PatchDoor(const PatchDoor&) = delete;
  PatchDoor& operator=(const PatchDoor&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const;

private:
  class Inner;
  explicit PatchDoor(std::unique_ptr<Inner> inner);

  std::unique_ptr<Inner> inner_;
};

/// A Tutti that runs, as who asks sees it.
struct RunningTutti {
  int process = 0;
  std::filesystem::path door;
  PatchAnswer about;
};

/// All that answer, by process.
std::vector<RunningTutti> runningTuttis(const std::filesystem::path& folder);

/// Asks and waits for the answer, some seconds at most.
/// Errors: `unavailable` where nobody answers; `refused` where somebody else than this user does.
Result<RunningTutti> ask(const std::filesystem::path& door, const PatchRequest& request);

} // namespace tutti::engine
