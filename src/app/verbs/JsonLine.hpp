#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace tutti::app {

/// One object on one line. What comes from elsewhere, such as a program's or a sound card's name, need not be
/// proper text: the line is.
inline std::string jsonLine(const nlohmann::ordered_json& object)
{
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

} // namespace tutti::app
