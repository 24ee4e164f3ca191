#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <tutti/module/Pictures.hpp>

namespace tutti::engine {

/// Outside programs, as a jam has them.
struct ProgramsSnapshot {
  std::filesystem::path door; ///< Where programs of this user may join; empty: nobody is let in.
  std::vector<module::ProcessPicture> programs; ///< Those that the patch names.
  std::vector<module::GuestPicture> guests;     ///< Those that are modules of it.
  std::string problem;                          ///< Of all of it; in a sentence for a musician.
};

} // namespace tutti::engine
