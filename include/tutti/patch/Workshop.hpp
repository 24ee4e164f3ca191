#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include <tutti/patch/Snapshot.hpp>

namespace tutti::patch {

/// Makes modules from what a snapshot remembers of them. Who has a new kind of module teaches it here.
///
/// Threads: one at a time.
/// Errors:  of a maker: `malformed` when the parameters are wrong, which refuses the snapshot; any other when
/// the module cannot be had now, in a few words, and then it is missing.
class Workshop {
public:
  using Maker = std::function<Result<std::shared_ptr<Module>>(const ModuleDescription&)>;

  void teach(std::string type, Maker maker);

  [[nodiscard]] Result<std::shared_ptr<Module>> make(const ModuleDescription& wanted) const;

private:
  std::map<std::string, Maker, std::less<>> makers_;
};

} // namespace tutti::patch
