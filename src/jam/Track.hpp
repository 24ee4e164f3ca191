#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <tutti/core/Result.hpp>
#include <tutti/patch/Module.hpp>
#include <tutti/rt/SpscRing.hpp>
#include <tutti/stream/Chunk.hpp>

#include "Reel.hpp"

namespace tutti::jam {

/// One file of a recording, and the module that hears for it.
///
/// Silence before the first block, and where blocks are missing, is written in pieces, so that one track's
/// long silence keeps no other waiting.
///
/// Threads: `render` *audio*; `open`, `write`, `close` *disk*; everything else any.
class Track final : public patch::Module {
public:
  static constexpr std::string_view kType = "recorder";

  Track(std::string name, std::filesystem::path file, std::shared_ptr<Reel> reel);
  ~Track() override;

  [[nodiscard]] const std::string& name() const { return name_; } ///< Of the player, as the room has it.
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] bool isInUse() const { return isInUse_.load(); }
  void setInUse(bool isInUse) { isInUse_.store(isInUse); }

  Result<void> open();
  enum class Progress { behind, done };
  /// All that has come, but for silence of more than a few seconds: then it is `behind`.
  /// Errors: `unavailable` with the system's reason; nothing is written any more, what is there is kept.
  Result<Progress> write();
  void close();
  [[nodiscard]] bool isClosed() const { return isClosed_; } ///< *disk*
  [[nodiscard]] bool hasLost() const { return hasLost_.load(std::memory_order_relaxed); }

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {{"in", 2}}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  class Sound;
  Result<Progress> writeSound();
  bool fillUpTo(std::int64_t place, std::int64_t most);
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
