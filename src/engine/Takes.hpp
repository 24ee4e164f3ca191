#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <tutti/jam/Desk.hpp>
#include <tutti/jam/JamSnapshot.hpp>
#include <tutti/jam/Recording.hpp>

#include "Company.hpp"

namespace tutti::engine {

/// The recording of a jam, if one runs, and what was wrong with the last one: the mix, ourselves, and each of
/// the others.
///
/// Threads: one at a time, which is the desk's.
class Takes {
public:
  Takes(jam::Desk& desk, Company& company)
    : desk_{desk}
    , company_{company}
  {}

  /// Errors: those of `jam::Recording`.
  Result<void> begin(const jam::RecordingWish& wish, audio::SampleRate rate);
  /// What is gone from here still writes, and waits for the disk where it is let go.
  std::shared_ptr<jam::Recording> end();
  /// Notices what is wrong with it: whether that is news. One that has ended by itself is to be ended here.
  bool attend();
  [[nodiscard]] bool isOver() const;

  void refuse(const std::string& why) { problem_ = why; }
  void show(jam::JamSnapshot& shown) const;

private:
  jam::Desk& desk_;
  Company& company_;
  std::shared_ptr<jam::Recording> recording_;
  std::filesystem::path to_;
  std::string problem_;
};

} // namespace tutti::engine
