#include "JsonLine.hpp"

#include <cmath>

namespace tutti::app {

std::string jsonText(const nlohmann::ordered_json& object)
{
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string jsonLine(const nlohmann::ordered_json& object)
{
  return jsonText(object) + '\n';
}

std::string eventJson(HostTime at, const std::string& event, const std::string& text)
{
  return jsonText({{"event", event}, {"t", microsOf(at)}, {"text", text}});
}

double roundedMillis(Micros duration)
{
  return std::round(static_cast<double>(duration.count()) / 10) / 100;
}

} // namespace tutti::app
