#include <tutti/patch/History.hpp>

#include <algorithm>
#include <utility>

namespace tutti::patch {
namespace {

ModuleId idOf(const PatchModule& module)
{
  return module.about.id;
}
ConnectionId idOf(const Connection& connection)
{
  return connection.id;
}
GroupId idOf(const GroupDescription& group)
{
  return group.id;
}

/// To whoever edits: the knobs of a module are its own.
bool isSame(const PatchModule& a, const PatchModule& b)
{
  return a.about.name == b.about.name && a.about.looks == b.about.looks;
}
template <class Thing> bool isSame(const Thing& a, const Thing& b)
{
  return a == b;
}

template <class Thing> const Thing* find(const std::vector<Thing>& things, const Thing& like)
{
  const auto found =
    std::ranges::find_if(things, [&](const Thing& thing) { return idOf(thing) == idOf(like); });
  return found == things.end() ? nullptr : &*found;
}

template <class Thing>
std::vector<Edit::Change<Thing>> changes(const std::vector<Thing>& before, const std::vector<Thing>& now)
{
  std::vector<Edit::Change<Thing>> changes;
  for (const auto& old : before) {
    const auto* const same = find(now, old);
    if (same == nullptr)
      changes.push_back({old, std::nullopt});
    else if (!isSame(old, *same))
      changes.push_back({old, *same});
  }
  for (const auto& thing : now)
    if (find(before, thing) == nullptr) changes.push_back({std::nullopt, thing});
  return changes;
}

/// The later ones move what the earlier ones have moved, and nothing comes or goes.
template <class Thing>
bool areSame(const std::vector<Edit::Change<Thing>>& earlier, const std::vector<Edit::Change<Thing>>& later)
{
  return std::ranges::equal(earlier, later, [](const auto& a, const auto& b) {
    return a.before && a.after && b.before && b.after && idOf(*a.after) == idOf(*b.before);
  });
}

bool goesOn(const Edit& earlier, const Edit& later)
{
  return earlier.what == later.what && areSame(earlier.modules, later.modules) &&
         areSame(earlier.connections, later.connections) && areSame(earlier.groups, later.groups);
}

template <class Thing>
void join(std::vector<Edit::Change<Thing>>& earlier, std::vector<Edit::Change<Thing>>& later)
{
  for (std::size_t i = 0; i < earlier.size(); ++i) earlier[i].after = std::move(later[i].after);
}

Edit turned(Edit edit)
{
  const auto turn = [](auto& changes) {
    for (auto& change : changes) std::swap(change.before, change.after);
  };
  turn(edit.modules);
  turn(edit.connections);
  turn(edit.groups);
  return edit;
}

void carryOut(const Edit::Change<PatchModule>& change, Patch& patch, std::span<const ModuleId> fixed)
{
  if (!change.after) {
    const auto id = change.before->about.id;
    if (std::ranges::find(fixed, id) == fixed.end()) patch.remove(id);
    return;
  }
  if (!change.before) return static_cast<void>(patch.putBack(*change.after)); // its place may be taken
  const auto& about = change.after->about;
  patch.rename(about.id, about.name);
  patch.setLooks(about.id, about.looks);
}

void carryOut(const Edit::Change<Connection>& change, Patch& patch)
{
  if (!change.after) return patch.disconnect(change.before->id);
  if (!change.before) return static_cast<void>(patch.putBack(*change.after)); // an end may be gone
  patch.setGain(change.after->id, change.after->gain);
}

void carryOut(const Edit::Change<GroupDescription>& change, Patch& patch)
{
  if (change.after)
    patch.putGroup(*change.after);
  else
    patch.removeGroup(change.before->id);
}

/// Groups are there before who belongs to them, and modules before what is connected to them.
void carryOut(const Edit& edit, Patch& patch, std::span<const ModuleId> fixed)
{
  for (const auto& change : edit.connections)
    if (!change.after) carryOut(change, patch);
  for (const auto& change : edit.groups)
    if (change.after) carryOut(change, patch);
  for (const auto& change : edit.modules) carryOut(change, patch, fixed);
  for (const auto& change : edit.groups)
    if (!change.after) carryOut(change, patch);
  for (const auto& change : edit.connections)
    if (change.after) carryOut(change, patch);
}

void replaceIn(Edit& edit, ModuleId id, const std::shared_ptr<Module>& module, std::string_view whyMissing)
{
  const auto replace = [&](std::optional<PatchModule>& place) {
    if (!place || place->about.id != id) return;
    place->module = module;
    place->whyMissing = whyMissing;
    if (!module) return;
    place->about.inputs = module->inputs();
    place->about.outputs = module->outputs();
  };
  for (auto& change : edit.modules) {
    replace(change.before);
    replace(change.after);
  }
}

} // namespace

void History::note(const Patch& before, const Patch& now, std::string_view what, Gesture gesture)
{
  Edit edit{std::string{what}, changes(before.modules(), now.modules()),
            changes(before.connections(), now.connections()), changes(before.groups(), now.groups())};
  if (edit.isEmpty()) return;
  undone_.clear();
  if (gesture == Gesture::goesOn && !done_.empty() && goesOn(done_.back(), edit)) {
    join(done_.back().modules, edit.modules);
    join(done_.back().connections, edit.connections);
    join(done_.back().groups, edit.groups);
    return;
  }
  done_.push_back(std::move(edit));
  if (done_.size() > kMost) done_.pop_front();
}

bool History::undo(Patch& patch, std::span<const ModuleId> fixed)
{
  if (done_.empty()) return false;
  carryOut(turned(done_.back()), patch, fixed);
  undone_.push_back(std::move(done_.back()));
  done_.pop_back();
  return true;
}

bool History::redo(Patch& patch, std::span<const ModuleId> fixed)
{
  if (undone_.empty()) return false;
  carryOut(undone_.back(), patch, fixed);
  done_.push_back(std::move(undone_.back()));
  undone_.pop_back();
  return true;
}

std::optional<std::string> History::undoable() const
{
  return done_.empty() ? std::nullopt : std::optional{done_.back().what};
}

std::optional<std::string> History::redoable() const
{
  return undone_.empty() ? std::nullopt : std::optional{undone_.back().what};
}

void History::replace(ModuleId id, const std::shared_ptr<Module>& module, std::string_view whyMissing)
{
  for (auto& edit : done_) replaceIn(edit, id, module, whyMissing);
  for (auto& edit : undone_) replaceIn(edit, id, module, whyMissing);
}

void History::clear()
{
  done_.clear();
  undone_.clear();
}

} // namespace tutti::patch
