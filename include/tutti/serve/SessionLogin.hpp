#pragma once

#include <string>

namespace tutti::serve {

/// Who may use the older session API: one name and password for all (HTTP Basic).
struct SessionLogin {
  std::string user; ///< without a colon
  std::string password;
};

} // namespace tutti::serve
