#pragma once

#include <utility>

namespace tutti {

/// A file, socket or memory of the system: open until it goes.
class Descriptor {
public:
  Descriptor() = default;
  /// Negative: none is open.
  explicit Descriptor(int number)
    : number_{number}
  {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept
    : number_{std::exchange(other.number_, -1)}
  {}
  Descriptor& operator=(Descriptor&& other) noexcept
  {
    std::swap(number_, other.number_);
    return *this;
  }

  [[nodiscard]] bool isOpen() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

private:
  int number_ = -1;
};

} // namespace tutti
