#pragma once

#include <string>

#include <tutti/engine/LinkSound.hpp>

/// What `tutti linkaudio` says, a line each; `resources/help/command-line.md` documents it for its users.
namespace tutti::app {

std::string linkAudioReadyJson(HostTime at, const std::string& name,
                               const engine::LinkSoundSnapshot& snapshot);
std::string linkAudioEventJson(const engine::LinkSoundEvent& event);
std::string linkAudioSecondJson(HostTime at, const engine::LinkSoundSnapshot& snapshot);

std::string linkAudioReadyText(const std::string& name, const engine::LinkSoundSnapshot& snapshot);
/// A sentence; empty where there is nothing to say.
std::string linkAudioEventText(const engine::LinkSoundEvent& event);
/// All that is sent and heard, on one line.
std::string linkAudioSecondText(const engine::LinkSoundSnapshot& snapshot);

} // namespace tutti::app
