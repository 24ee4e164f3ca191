#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutti/engine/PatchDoor.hpp>
#include <tutti/engine/PatchLibrary.hpp>
#include <tutti/patch/Snapshot.hpp>

/// What `tutti patch` says; `resources/help/command-line.md` documents it for its users.
namespace tutti::app {

/// A patch, and what is to be known of it.
struct ShownPatch {
  std::string from; ///< A file, or whose it is.
  patch::Snapshot snapshot;
  std::vector<engine::PatchAnswer::Missing> missing{};
  std::vector<std::string> remarks{};
};

/// `event`: "saved" or "loaded".
std::string doneJson(std::string_view event, const ShownPatch& patch);
std::string patchJson(const ShownPatch& patch);
std::string sessionsJson(const std::vector<engine::PatchLibrary::Entry>& sessions);

std::string doneText(std::string_view event, const ShownPatch& patch);
std::string patchText(const ShownPatch& patch);
std::string sessionsText(const std::vector<engine::PatchLibrary::Entry>& sessions);

/// The one that is meant; 0: the only one.
/// Errors: `unavailable`, in a sentence.
Result<engine::RunningTutti> chosen(std::vector<engine::RunningTutti> running, int process);

} // namespace tutti::app
