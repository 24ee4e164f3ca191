#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include <tutti/core/Descriptor.hpp>
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
  /// Of the other's making.
  static Result<LaneMemory> map(Descriptor shared, std::size_t words);

  ~LaneMemory();
  LaneMemory(LaneMemory&& other) noexcept
    : words_{std::exchange(other.words_, {})}
    , descriptor_{std::move(other.descriptor_)}
  {}
  LaneMemory& operator=(LaneMemory&& other) noexcept
  {
    std::swap(words_, other.words_);
    descriptor_ = std::move(other.descriptor_);
    return *this;
  }

  [[nodiscard]] std::span<rt::SharedWord> words() const noexcept { return words_; }
  /// What the other maps. Not open: too many files are.
  [[nodiscard]] Descriptor share() const;

private:
  explicit LaneMemory(Descriptor descriptor)
    : descriptor_{std::move(descriptor)}
  {}

  std::span<rt::SharedWord> words_;
  Descriptor descriptor_;
};

} // namespace tutti::module
