#pragma once

#include <memory>
#include <optional>
#include <string>

#include <tutti/jam/Recording.hpp>
#include <tutti/patch/Patch.hpp>

namespace tutti::engine {

/// A patch for what comes from elsewhere: all of it is heard by the device and by the recording, where each
/// has a track of its own as long as there is room for one more.
///
/// Threads: one at a time, any but audio.
class HeardPatch {
public:
  /// Somebody who is heard.
  struct Voice {
    patch::ModuleId module;
    std::shared_ptr<patch::Module> track; // none: there is no recording, or no room in it
    std::optional<patch::ModuleId> trackId;
  };

  HeardPatch();

  /// For what else there is.
  [[nodiscard]] patch::Patch& all() { return patch_; }

  /// Who is heard from now on is written as well. Errors: `refused`, where the patch has no room for it.
  Result<void> record(std::shared_ptr<jam::Recording> recording);
  /// Errors: `refused`, where the patch has no room for it.
  Result<Voice> hear(std::shared_ptr<patch::Module> module, const std::string& title);
  void leave(const Voice& voice);

  /// The first output to the first input. Only for modules with fewer connections than a patch takes.
  void join(patch::ModuleId from, patch::ModuleId to);

private:
  void give(Voice& voice, const std::string& title);

  patch::Patch patch_;
  patch::ModuleId outputId_;
  std::shared_ptr<jam::Recording> recording_;
  std::optional<patch::ModuleId> mixId_;
};

} // namespace tutti::engine
