#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include <tutti/time/HostClock.hpp>

/// What all objects have in common that verbs tell with `--json`.
namespace tutti::app {

/// On one line, whose end is for who tells it. What comes from elsewhere, such as a program's or a sound
/// card's name, need not be proper text: the line is.
std::string jsonText(const nlohmann::ordered_json& object);
/// The same with the line's end.
std::string jsonLine(const nlohmann::ordered_json& object);

/// Something that happened, in a sentence.
std::string eventJson(HostTime at, const std::string& event, const std::string& text);

/// With two digits: what is measured is no finer.
double roundedMillis(Micros duration);

} // namespace tutti::app
