#include <algorithm>

#include "Seating.hpp"

/// The desk as a file has it.
namespace tutti::jam {

patch::Snapshot Desk::save() const
{
  const auto passing = seats_->passing();
  const auto isPassing = [&](patch::ModuleId id) { return std::ranges::find(passing, id) != passing.end(); };
  const auto roles = seats_->roles();
  auto saved = patch_.snapshot();
  std::erase_if(saved.modules, [&](const auto& module) { return isPassing(module.id); });
  std::erase_if(saved.connections, [&](const auto& connection) {
    return isPassing(connection.from.module) || isPassing(connection.to.module);
  });
  for (auto& module : saved.modules)
    if (const auto role = roles.find(module.id); role != roles.end()) module.role = {.name = role->second};
  return saved;
}

} // namespace tutti::jam
