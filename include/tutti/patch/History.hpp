#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/patch/Patch.hpp>

namespace tutti::patch {

/// One edit of a patch: what was and what is, of each thing that the edit has touched, and of no other.
/// Nothing on one side: it was not there.
struct Edit {
  template <class Thing> struct Change {
    std::optional<Thing> before;
    std::optional<Thing> after;
  };

  std::string what; ///< For people, in the words of whoever made it: "Connect", "Move".
  std::vector<Change<PatchModule>> modules;
  std::vector<Change<Connection>> connections;
  std::vector<Change<GroupDescription>> groups;

  [[nodiscard]] bool isEmpty() const { return modules.empty() && connections.empty() && groups.empty(); }
};

/// What was done to a patch by hand, so that it can be undone and done again.
///
/// Between the edits the patch may change by itself: players come and go. Undoing touches only what the edit
/// has touched, and leaves out what cannot be any more.
///
/// Threads: one at a time.
class History {
public:
  static constexpr std::size_t kMost = 200; // edits

  /// Whether an edit goes on with the one before: a fader on its way is one edit.
  enum class Gesture { begins, goesOn };

  /// The edit that has made `now` of `before`. What was undone cannot be done again then.
  void note(const Patch& before, const Patch& now, std::string_view what, Gesture gesture = Gesture::begins);

  /// Who is `fixed` by now is not taken away, whatever the edit did to its place before.
  bool undo(Patch& patch, std::span<const ModuleId> fixed = {});
  bool redo(Patch& patch, std::span<const ModuleId> fixed = {});
  /// What would be undone, or done again.
  [[nodiscard]] std::optional<std::string> undoable() const;
  [[nodiscard]] std::optional<std::string> redoable() const;

  /// Wherever the module comes back, it is `module` from now on; nothing: a missing one.
  void replace(ModuleId id, const std::shared_ptr<Module>& module, std::string_view whyMissing = {});
  void clear();

private:
  std::deque<Edit> done_;
  std::vector<Edit> undone_;
};

} // namespace tutti::patch
