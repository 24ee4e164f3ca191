#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include <tutti/core/Result.hpp>
#include <tutti/rt/SharedWord.hpp>

namespace tutti::module {

/// Memory that Tutti and an outside process share.
///
/// Tutti makes it, puts all its pages in place, and seals its size: no process can take any of it away from
/// under the audio thread. What the process can do is write numbers.
///
/// Threads: a value that has an owner; the words *any*.
/// Errors:  `unavailable` where there is no memory; `malformed` where it is not what was said.
class LaneMemory {
public:
  /// All zero.
  static Result<LaneMemory> make(std::size_t words);
  /// Of the other's making. Takes the descriptor, also where it fails.
  static Result<LaneMemory> map(int descriptor, std::size_t words);

  ~LaneMemory();
  LaneMemory(LaneMemory&& other) noexcept
    : words_{std::exchange(other.words_, {})}
    , descriptor_{std::exchange(other.descriptor_, -1)}
  {}
  LaneMemory& operator=(LaneMemory&& other) noexcept
  {
    std::swap(words_, other.words_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

  [[nodiscard]] std::span<rt::SharedWord> words() const noexcept { return words_; }
  /// What the other maps; this keeps it open.
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

private:
  LaneMemory(std::span<rt::SharedWord> words, int descriptor)
    : words_{words}
    , descriptor_{descriptor}
  {}

  std::span<rt::SharedWord> words_;
  int descriptor_ = -1;
};

} // namespace tutti::module
