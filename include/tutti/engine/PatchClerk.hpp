#pragma once

#include <functional>
#include <string>

#include <tutti/engine/Engine.hpp>
#include <tutti/engine/Jam.hpp>
#include <tutti/engine/PatchTalk.hpp>

namespace tutti::engine {

/// Answers who asks for a running jam's patch.
///
/// Threads: any. Jam and tempo outlive it.
class PatchClerk {
public:
  /// What tempo and quantum of a patch are handed to, where they are wanted.
  using SetSession = std::function<void(const patch::SessionDescription&)>;

  /// `face` as in `PatchAnswer`.
  PatchClerk(Jam& jam, std::string face, SetSession setSession);

  PatchAnswer operator()(const PatchRequest& request) const;

  /// The same for a text from elsewhere, such as a file. What is wrong with it is in the answer.
  [[nodiscard]] PatchAnswer load(const std::string& yaml, bool takesTempo) const;

private:
  void showPatch(PatchAnswer& answer) const;

  Jam& jam_;
  std::string face_;
  SetSession setSession_;
};

/// The Link session takes what a patch says of tempo and quantum. The engine outlives it.
PatchClerk::SetSession setSessionOf(Engine& engine);

} // namespace tutti::engine
