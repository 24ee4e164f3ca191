#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <tutti/core/Result.hpp>

namespace tutti::engine {

/// Keeps what a musician works on in a file while Tutti runs, so that a crash costs some seconds of it. The
/// file goes when this object does: whoever leaves as one leaves has saved what is to be kept.
///
/// Threads: one of its own, which asks `source` and waits for the disk; everything else any.
/// Errors:  of `begin`, `refused` with the reason; later ones are in `problem`.
class Autosave {
public:
  using Source = std::function<std::string()>;
  /// Whether what `source` says first is on disk somewhere: as Tutti begins, or in a file of the musician's.
  enum class First { isKept, isNot };

  /// `$XDG_STATE_HOME/tutti/running`, or the like.
  static std::filesystem::path usualFolder();

  static Result<std::unique_ptr<Autosave>> begin(const std::filesystem::path& folder, Source source,
                                                 First first,
                                                 std::chrono::milliseconds often = std::chrono::seconds{3});
  ~Autosave();
  Autosave(const Autosave&) = delete;
  Autosave& operator=(const Autosave&) = delete;

  /// Writes it now if it is another one than before. The thread does so by itself.
  void look();
  /// Why it cannot be written; empty: it can.
  [[nodiscard]] std::string problem() const;

  /// What the newest Tutti that has crashed has left. It is given once, and kept in the folder as
  /// "last-crash.yaml", so that one that crashes Tutti each time does so once.
  static std::optional<std::string> takeLeftOver(const std::filesystem::path& folder);

private:
  class Inner;
  explicit Autosave(std::unique_ptr<Inner> inner);

  std::unique_ptr<Inner> inner_;
};

} // namespace tutti::engine
