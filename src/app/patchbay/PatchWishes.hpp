#pragma once

#include <QObject>
#include <QString>

#include <map>
#include <optional>
#include <vector>

#include <tutti/jam/PatchSnapshot.hpp>

namespace tutti::app {

/// Everything that a musician can want of the patch, each as a signal: connect them to what makes it true.
/// What became of it is in the next snapshot; what was refused, and why, is told to the `PatchViewModel`.
///
/// Threads: gui.
class PatchWishes : public QObject {
  Q_OBJECT

signals:
  void connectWanted(const tutti::patch::Socket& from, const tutti::patch::Socket& to);
  void removeWanted(const std::vector<tutti::patch::ModuleId>& cards,
                    const std::vector<tutti::patch::ConnectionId>& cables);
  /// In dB. `goesOn`: the hand is still on its way.
  void gainWanted(tutti::patch::ConnectionId cable, double decibels, bool goesOn);
  void moveWanted(const std::map<tutti::patch::ModuleId, tutti::patch::Position>& places, bool goesOn);
  void addWanted(const tutti::patch::CatalogueEntry& kind, tutti::patch::Position place);
  void renameWanted(tutti::patch::ModuleId card, const QString& name);
  void colourWanted(const std::vector<tutti::patch::ModuleId>& cards, std::optional<std::uint32_t> colour);
  void groupWanted(const std::vector<tutti::patch::ModuleId>& cards, const QString& name);
  void ungroupWanted(tutti::patch::GroupId group);
  void renameGroupWanted(tutti::patch::GroupId group, const QString& name);
  void tidyWanted();
  void undoWanted();
  void redoWanted();

  void watched(bool isShown); ///< Whether somebody sees the patch: only then snapshots are worth their while.
};

} // namespace tutti::app
