#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/patch/Module.hpp>
#include <tutti/time/TokenBucket.hpp>

namespace tutti::jam {

class Reel;
class Track;

/// Where a recording goes.
struct RecordingWish {
  std::optional<std::filesystem::path>
    folder;                                 ///< `own.wav` and `NAME.wav` of each player; nothing: no tracks.
  std::optional<std::filesystem::path> mix; ///< `mix.wav` in the folder, if nothing is said.
};

/// Writes the mix, and each track by itself, to WAV files (24 bit; RF64 beyond 4 GB), on a thread of its own.
///
/// All files begin at the same frame: who comes later has silence first, and who goes and comes back under
/// the same name goes on in the same file. What the disk is too slow for is silent, not shorter. When the
/// disk is nearly full the tracks end, and the mix has the rest. Files are whole when the recording is gone,
/// and can be played before. After the first ten seconds there are few new names a minute: a stranger who
/// comes under ever new ones must not fill the disk.
///
/// Threads: the modules' `render` *audio*, all in one callback; everything else any, and none but `begin` and
///          the destructor waits for the disk.
/// Errors:  of `begin`: `unavailable` where a file cannot be written, `refused` where there is a recording
///          already. Later ones are in `status`.
class Recording {
public:
  /// How many bytes are free where this file is.
  using FreeBytes = std::function<std::uintmax_t(const std::filesystem::path&)>;

  static Result<std::shared_ptr<Recording>> begin(const RecordingWish& wish, audio::SampleRate rate,
                                                  FreeBytes freeBytes = &freeBytesAt);
  ~Recording();
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  /// Of the mix alone once the disk is nearly full: so that there are fifteen more minutes of it.
  [[nodiscard]] std::uintmax_t reserve() const;

  /// Hears the master.
  [[nodiscard]] std::shared_ptr<patch::Module> mix() const;
  /// Hears our instrument; nothing where no tracks are wanted.
  [[nodiscard]] std::shared_ptr<patch::Module> own();
  /// Hears a player; nothing where no tracks are wanted, or there are too many, or many new names have come
  /// lately: then it may be asked again.
  [[nodiscard]] std::shared_ptr<patch::Module> player(std::string_view name);
  /// The player has gone: the file stays, for when the name comes back.
  void end(const std::shared_ptr<patch::Module>& player);

  struct Status {
    Micros length{0};
    bool isOver = false; ///< Nothing is written any more.
    std::string problem; ///< In a sentence for a musician; empty when all is well.
  };
  [[nodiscard]] Status status() const;

  static std::uintmax_t freeBytesAt(const std::filesystem::path& file);

private:
  Recording(const RecordingWish& wish, audio::SampleRate rate, FreeBytes freeBytes);
  bool mayBegin();
  std::shared_ptr<patch::Module> add(std::string_view name);
  void run();
  bool write();
  [[nodiscard]] std::vector<std::shared_ptr<Track>> tracks() const;
  void watchDisk();
  void endTracks(const std::string& why);
  void complain(const std::string& sentence);

  audio::SampleRate rate_;
  FreeBytes freeBytes_;
  std::optional<std::filesystem::path> folder_;
  std::shared_ptr<Reel> reel_;
  std::shared_ptr<Track> mix_;

  mutable std::mutex mutex_;
  std::condition_variable over_;
  std::vector<std::shared_ptr<Track>> tracks_; // under mutex_
  time::TokenBucket lateNames_;                // under mutex_
  std::string problem_;                        // under mutex_
  bool haveTracksEnded_ = false;               // under mutex_
  bool isMixOver_ = false;                     // under mutex_
  bool isOver_ = false;                        // under mutex_
  std::thread thread_;
};

} // namespace tutti::jam
