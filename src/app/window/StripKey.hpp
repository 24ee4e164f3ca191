#pragma once

#include <QMetaType>

#include <tutti/jam/JamSnapshot.hpp>

namespace tutti::app {

/// Which strip of the mixer a wish is about.
struct StripKey {
  enum class Kind : std::uint8_t { own, player, master, metronome };

  Kind kind = Kind::own;
  jam::PlayerId player; ///< Empty for all but players.

  friend bool operator==(const StripKey&, const StripKey&) = default;
};

} // namespace tutti::app

Q_DECLARE_METATYPE(tutti::app::StripKey)
Q_DECLARE_METATYPE(tutti::jam::PlayerId)
