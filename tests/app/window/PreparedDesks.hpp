#pragma once

#include <string_view>

#include <tutti/engine/PatchTalk.hpp>
#include <tutti/jam/Desk.hpp>

/// Desks with something on them: the patchbay is shown and tested with these. They are real, but nothing
/// sounds.
namespace tutti::prepared {

/// "bare", "studio" (four players, groups, a circle), "ghosts" (two of them have left), "large" (64 modules,
/// 256 cables).
void prepare(jam::Desk& desk, std::string_view name);

/// Somebody else, as a desk has them.
std::shared_ptr<patch::Module> player();

/// As it would look while everybody plays; another moment, other levels.
jam::PatchSnapshot sounding(jam::PatchSnapshot snapshot, int moment);

/// As a jam does with a text from a file.
engine::PatchAnswer load(jam::Desk& desk, const std::string& yaml);

} // namespace tutti::prepared
