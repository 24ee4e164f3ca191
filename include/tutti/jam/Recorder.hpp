#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <thread>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/patch/Module.hpp>
#include <tutti/rt/Signal.hpp>
#include <tutti/rt/SpscRing.hpp>
#include <tutti/stream/Chunk.hpp>

namespace tutti::jam {

/// Writes what goes into it to a WAV file (24 bit, or RF64 beyond 4 GB), on a thread of its own.
///
/// A disk that falls ten seconds behind loses frames, which are counted and filled with silence, so that
/// tracks stay together. The file is whole when the recorder is gone.
///
/// Threads: `render` *audio*; everything else any.
/// Errors:  of `begin`: `unavailable` with a sentence.
class Recorder final : public patch::Module {
public:
  static constexpr std::string_view kType = "recorder";

  static Result<std::shared_ptr<Recorder>> begin(const std::filesystem::path& file, audio::SampleRate rate);
  ~Recorder() override;

  [[nodiscard]] Micros length() const;
  [[nodiscard]] std::uint64_t lostFrames() const { return lost_.load(); }

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override { return {{"in", 2}}; }
  [[nodiscard]] std::vector<patch::Port> outputs() const override { return {}; }
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;

private:
  class File;
  Recorder(std::unique_ptr<File> file, audio::SampleRate rate);
  void run();
  void write(const stream::Chunk& chunk);

  static constexpr std::size_t kChunks = 8192;

  audio::SampleRate rate_;
  rt::SpscRing<stream::Chunk> chunks_{kChunks}; // audio to disk
  rt::Signal wake_;
  std::atomic<bool> isOver_{false};
  std::atomic<std::uint64_t> written_{0};
  std::atomic<std::uint64_t> lost_{0};
  std::unique_ptr<File> file_; // disk
  bool hasBegun_ = false;      // disk
  SampleTime next_;            // disk: the frame that comes next without a hole
  std::thread thread_;
};

} // namespace tutti::jam
