#pragma once

#include <QString>

#include <optional>
#include <string>

#include "patchbay/PatchThing.hpp"

namespace tutti::app {

struct PatchScene;

/// The patch in words.
namespace wording {

/// What a module is, by its type: "Strip", "Sound device in".
QString kind(const std::string& type);

/// A reason as a sentence: with a capital, and a full stop.
QString sentence(const std::string& reason);

/// Who is missing, and why: "“Lea” is not in the room.", "“To the room” is missing. No room is joined."
QString missing(const std::string& name, const std::string& why);

/// "−3.0 dB".
QString gain(double decibels);

/// "Anna, out 1, stereo": for whoever hears it only.
QString port(const PatchScene& scene, const PortSpot& spot);

/// "Anna to Anna strip"; with the ports where a card has several.
QString cable(const PatchScene& scene, patch::ConnectionId id);

/// Why a cable between these two cannot be; empty: it can.
QString refusal(const PortSpot& from, const PatchThing& to);

} // namespace wording
} // namespace tutti::app
