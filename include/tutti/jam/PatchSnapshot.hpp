#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tutti/audio/Decibels.hpp>
#include <tutti/jam/StripId.hpp>
#include <tutti/patch/Catalogue.hpp>
#include <tutti/patch/Patch.hpp>

namespace tutti::jam {

/// A module, as it is seen.
struct CardSnapshot {
  patch::ModuleId id;
  std::string type;
  std::string name;
  std::vector<patch::Port> inputs;
  std::vector<patch::Port> outputs;
  patch::Position position; ///< By hand, or where it is tidy.
  std::optional<std::uint32_t> colour;
  patch::GroupId group;
  std::optional<StripId> strip; ///< The same thing as this strip of the mixer.
  bool isRemovable = false;     ///< By hand: it was added by hand, or nobody needs it any more.
  bool isMissing = false;       ///< A ghost: its place and its cables are kept.
  std::string whyMissing;       ///< In a few words.
  std::string trouble{};        ///< Of one that is here: why it is silent or late, in a sentence.
};

struct ConnectionSnapshot {
  patch::ConnectionId id;
  patch::Socket from;
  patch::Socket to;
  audio::Decibels gain;
  audio::Decibels peak = audio::Decibels::silence(); ///< The highest since the last snapshot.
  bool isDelayed = false;                            ///< By one block, because it closes a cycle.
};

/// The patch as it is seen, at one moment.
struct PatchSnapshot {
  std::vector<CardSnapshot> cards;
  std::vector<ConnectionSnapshot> connections; ///< The oldest first.
  std::vector<patch::GroupDescription> groups;
  std::optional<std::string> undoable; ///< What would be undone, as it was called.
  std::optional<std::string> redoable;
  std::vector<patch::CatalogueEntry> catalogue; ///< What can be added.
};

} // namespace tutti::jam
