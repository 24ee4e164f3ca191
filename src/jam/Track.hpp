#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <tutti/core/Result.hpp>
#include <tutti/patch/Module.hpp>
#include <tutti/rt/SpscRing.hpp>
#include <tutti/stream/Chunk.hpp>

#include "Reel.hpp"

namespace tutti::jam {

/// One file of a recording, and the module that hears for it.
///
/// Silence before the first block, and where blocks are missing, comes in pieces, so that one track's long
/// silence keeps no other waiting. It is a hole in the file, which takes no place on a disk that knows holes.
///
/// Threads: `render` *audio*; `open`, `write`, `close` *disk*; everything else any.
class Track final : public patch::Module {
public:
  static constexpr std::string_view kType = "recorder";
  static constexpr std::int64_t kSilenceAtOnce = 10 * 48'000; // frames: 3 MB

  Track(std::string name, std::filesystem::path file, std::shared_ptr<Reel> reel);
  ~Track() override;

  [[nodiscard]] const std::string& name() const { return name_; } ///< Of the player, as the room has it.
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] bool isInUse() const { return isInUse_.load(); }
  void setInUse(bool isInUse) { isInUse_.store(isInUse); }

  Result<void> open();
  enum class Progress { behind, done };
  /// All that has come, but for more frames of silence than `mostSilence`: then it is `behind`.
  /// Errors: `unavailable` with the system's reason; nothing is written any more, what is there is kept.
  Result<Progress> write(std::int64_t mostSilence);
  /// What has come of all these: first what sounds, which cannot wait. Then `kSilenceAtOnce` of silence, of
  /// which all that lack some have equal shares: however many they are, what sounds comes to its turn again.
  static Result<Progress> writeRound(std::span<const std::shared_ptr<Track>> tracks);
  void close();
  [[nodiscard]] bool isClosed() const { return isClosed_; } ///< *disk*
  [[nodiscard]] bool hasLost() const { return hasLost_.load(std::memory_order_relaxed); }

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {{"in", 2}}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  class Sound;
  Result<Progress> writeSound(std::int64_t mostSilence);
  bool fillUpTo(std::int64_t place);
  bool put(const stream::Chunk& chunk);

  static constexpr std::size_t kChunks = 8192; // ten seconds of 64-frame blocks

  std::string name_;
  std::filesystem::path file_;
  std::shared_ptr<Reel> reel_;
  rt::SpscRing<stream::Chunk> chunks_{kChunks}; // audio to disk
  std::atomic<bool> isInUse_{true};
  std::atomic<bool> hasLost_{false};
  std::unique_ptr<Sound> sound_;         // disk
  std::optional<stream::Chunk> waiting_; // disk: for the silence before it
  std::int64_t written_ = 0;             // disk
  std::int64_t noted_ = 0;               // disk: of it, in the header
  bool isClosed_ = false;                // disk
};

} // namespace tutti::jam
