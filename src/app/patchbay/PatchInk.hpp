#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <cstdint>
#include <optional>

namespace tutti::app {

/// The theme, as far as the patch is painted with it.
///
/// Threads: gui; whoever paints reads it while gui stands still.
class PatchInk : public QObject {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(QColor background MEMBER background NOTIFY changed)
  Q_PROPERTY(QColor grid MEMBER grid NOTIFY changed)
  Q_PROPERTY(QColor card MEMBER card NOTIFY changed)
  Q_PROPERTY(QColor line MEMBER line NOTIFY changed)
  Q_PROPERTY(QColor outline MEMBER outline NOTIFY changed)
  Q_PROPERTY(QColor text MEMBER text NOTIFY changed)
  Q_PROPERTY(QColor muted MEMBER muted NOTIFY changed)
  Q_PROPERTY(QColor track MEMBER track NOTIFY changed)
  Q_PROPERTY(QColor accent MEMBER accent NOTIFY changed)
  Q_PROPERTY(QColor accentInk MEMBER accentInk NOTIFY changed)
  Q_PROPERTY(QColor level MEMBER level NOTIFY changed)
  Q_PROPERTY(QColor alarm MEMBER alarm NOTIFY changed)
  Q_PROPERTY(QList<QColor> palette MEMBER palette NOTIFY changed)
  Q_PROPERTY(QFont font MEMBER font NOTIFY changed)

public:
  using QObject::QObject;

  QColor background{0x0f1317}, grid{0x1c232b}, card{0x161b21}, line{0x262e37}, outline{0x75818f},
    text{0xf1f3f5}, muted{0xa3adb9}, track{0x252d36}, accent{0xffb547}, accentInk{0x1c1303}, level{0x63b889},
    alarm{0xff9d88};
  QList<QColor> palette; ///< Of cards and groups.
  QFont font;

  /// Transparent: it has none.
  [[nodiscard]] QColor hue(std::optional<std::uint32_t> colour) const
  {
    if (!colour || palette.isEmpty()) return Qt::transparent;
    return palette[static_cast<qsizetype>(*colour % static_cast<std::uint32_t>(palette.size()))];
  }
  /// Of a level: green, near full scale the accent, and what clips.
  [[nodiscard]] QColor ofLevel(double decibels) const
  {
    constexpr double kHot = -12;
    return decibels >= 0 ? alarm : decibels >= kHot ? accent : level;
  }

signals:
  void changed();
};

} // namespace tutti::app
