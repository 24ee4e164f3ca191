#pragma once

#include <string>

namespace tutti::app {

/// What the command line of `tutti patch` asks for.
struct PatchOptions {
  enum class What { save, load, list, show };
  What what = What::show;
  std::string file;        ///< or
  std::string session;     ///< of the library; of `show`: neither is what plays now
  int process = 0;         ///< which Tutti; 0: the only one
  bool takesTempo = false; ///< of `load`
  bool replaces = false;   ///< of `save`: a session of that name
  bool isPicture = false;  ///< of `show`
  bool isJson = false;
};

} // namespace tutti::app
