#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

#include <tutti/jam/PatchSnapshot.hpp>
#include <tutti/patch/Tidying.hpp>

#include "patchbay/CableCurve.hpp"
#include "patchbay/PatchThing.hpp"

namespace tutti::app {

/// What lies where on the canvas of the patch, but for levels: as it is painted, pointed at and read out.
///
/// Units: pixels of the canvas at 100 %, y downwards.
struct PatchScene {
  static constexpr double kFramePadding = patch::CardSize::kFrame;
  static constexpr double kLabelHeight = patch::CardSize::kLabel;

  struct Port {
    QString name;
    std::size_t channels = 2;
    QPointF centre;
    friend bool operator==(const Port&, const Port&) = default;
  };
  struct Card {
    patch::ModuleId id;
    QString name;
    QString kind; ///< What it is, in a word or two.
    QString why;  ///< Why it is missing; empty: it is there.
    QRectF box;
    std::optional<std::uint32_t> colour;
    patch::GroupId group;
    std::optional<jam::StripId> strip;
    bool isMissing = false;
    bool isRemovable = false;
    std::vector<Port> inputs;
    std::vector<Port> outputs;

    [[nodiscard]] const std::vector<Port>& ports(bool areOutputs) const
    {
      return areOutputs ? outputs : inputs;
    }
    friend bool operator==(const Card&, const Card&) = default;
  };
  struct Cable {
    patch::ConnectionId id;
    patch::Socket from;
    patch::Socket to;
    QPointF start;
    QPointF end;
    double gain = 0; ///< dB
    bool isDelayed = false;
    bool isGhost = false; ///< One of its ends is missing.

    [[nodiscard]] CableCurve curve() const { return {start, end}; }
    friend bool operator==(const Cable&, const Cable&) = default;
  };
  struct Group {
    patch::GroupId id;
    QString name;
    std::optional<std::uint32_t> colour;
    QRectF frame;
    QRectF label; ///< By which it is taken.
    friend bool operator==(const Group&, const Group&) = default;
  };

  std::vector<Card> cards;
  std::vector<Cable> cables; ///< The oldest first, as in the snapshot.
  std::vector<Group> groups; ///< Those that have cards.

  static PatchScene of(const jam::PatchSnapshot& snapshot);

  [[nodiscard]] const Card* find(patch::ModuleId id) const;
  [[nodiscard]] const Cable* find(patch::ConnectionId id) const;
  [[nodiscard]] const Group* find(patch::GroupId id) const;
  [[nodiscard]] const Port* find(const PortSpot& spot) const;
  [[nodiscard]] bool has(const PatchThing& thing) const;
  [[nodiscard]] QRectF boundsOf(const PatchThing& thing) const;
  [[nodiscard]] QRectF extent() const; ///< Around everything.

  /// What a pointer there means; `reach` is how far off it may be, for fingers and for small pictures.
  [[nodiscard]] PatchThing at(QPointF point, double reach) const;
  /// The port that a cable from `from` would go into if it were let go there.
  [[nodiscard]] std::optional<PortSpot> targetAt(QPointF point, const PortSpot& from, double reach) const;
  [[nodiscard]] std::vector<patch::ModuleId> cardsWithin(const QRectF& band) const;
  [[nodiscard]] std::vector<patch::ModuleId> membersOf(patch::GroupId id) const;
  /// Beneath which the cable runs without being plugged into them.
  [[nodiscard]] std::vector<patch::ModuleId> cardsOver(const Cable& cable) const;
  /// A card lies over the cable's middle, where its level is shown.
  [[nodiscard]] bool isMiddleHidden(const Cable& cable) const;
  /// Those at a port, the oldest first.
  [[nodiscard]] std::vector<patch::ConnectionId> cablesAt(const PortSpot& spot) const;

  friend bool operator==(const PatchScene&, const PatchScene&) = default;
};

} // namespace tutti::app
