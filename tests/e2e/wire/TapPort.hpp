#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace wire {

using Frame = std::vector<std::byte>;

/// A TAP interface in a named network namespace: what the kernel there sends, we read, and the other way.
class TapPort {
public:
  /// Throws `std::system_error` with what to do about it.
  TapPort(const std::string& networkNamespace, const std::string& interfaceName);
  ~TapPort();
  TapPort(TapPort&& other) noexcept;
  TapPort(const TapPort&) = delete;
  TapPort& operator=(const TapPort&) = delete;
  TapPort& operator=(TapPort&&) = delete;

  /// The next frame the kernel wants to send; empty when there is none now.
  [[nodiscard]] Frame read() const;
  void write(std::span<const std::byte> frame) const;

  [[nodiscard]] int descriptor() const { return fd_; }
  [[nodiscard]] const std::string& name() const { return name_; }

private:
  std::string name_;
  int fd_;
};

} // namespace wire
