#pragma once

#include <functional>
#include <optional>
#include <string>

namespace tutti::app {

/// Lines that come on a descriptor, one after the other.
///
/// Threads: one at a time. A terminal is left alone while another program has it.
class LineReader {
public:
  static constexpr std::size_t kLongest = 4096; ///< what is longer is cut into lines of this length

  explicit LineReader(int descriptor)
    : descriptor_{descriptor}
  {}

  /// The next line, if it is there already. The last one needs no end.
  std::optional<std::string> tryNext();
  /// Waits until there is something to read; false: no longer.
  using Wait = std::function<bool(int descriptor)>;
  /// Waits for it. Nothing: there are no more, or `wait` has given up.
  std::optional<std::string> waitForNext(const Wait& wait = {});

private:
  [[nodiscard]] bool isReady() const;
  void read();
  std::optional<std::string> cut();

  int descriptor_;
  std::string begun_;
  bool isOver_ = false;
};

} // namespace tutti::app
