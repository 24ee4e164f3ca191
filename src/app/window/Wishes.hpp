#pragma once

#include <QObject>
#include <QString>

#include <optional>

#include <tutti/jam/StripId.hpp>
#include <tutti/room/Knock.hpp>

namespace tutti::app {

/// Everything that a musician can want of a jam, each as a signal: connect them to what makes it true.
///
/// The view-models of a `Band` emit them, after showing the wish already; what became of it is in a later
/// snapshot. Channels are 0 and 1; of a linked strip only channel 0 is spoken of, and both are meant.
///
/// Threads: gui.
class Wishes : public QObject {
  Q_OBJECT

signals:
  // A strip. Gains in dB, down to minus infinity; pan from -1 to 1.
  void gainWanted(const tutti::jam::StripId& strip, int channel, double decibels);
  void panWanted(const tutti::jam::StripId& strip, int channel, double pan);
  void muteWanted(const tutti::jam::StripId& strip, int channel, bool isWanted);
  void soloWanted(const tutti::jam::StripId& strip, int channel, bool isWanted);
  void invertWanted(const tutti::jam::StripId& strip, int channel, bool isWanted);
  void linkWanted(const tutti::jam::StripId& strip, bool isWanted);
  void clipCleared(const tutti::jam::StripId& strip, int channel);
  void soloEnded(); ///< Of all strips, whoever's they are.

  // Ourselves.
  void introduced(const QString& name, const QString& instrument);
  void monitorWanted(bool isWanted);
  void muteToRoomWanted(bool isWanted);
  void talkWanted(bool isWanted); ///< True while the talkback key is held.
  void metronomeWanted(bool isWanted);
  void recordWanted(bool isWanted);

  // The sound device.
  void deviceWanted(const tutti::audio::DeviceWish& wish);
  void devicesWanted(bool isAnew); ///< What there is; anew: what was plugged in meanwhile, too.
  void cableWanted();              ///< Measure by a cable how long sound takes through the device.
  void inputsCleared();            ///< The clip lights of the device's inputs.

  // The room. An empty password: none.
  void hostWanted(const QString& name, const QString& password, bool isPublic);
  void otherPasswordWanted(); ///< Five other words.
  void joinWanted(const QString& invitation, const QString& password);
  /// Although another computer hosts it than before.
  void joinAnywayWanted(const QString& invitation);
  void forgetRoomWanted(const QString& invitation);
  void aloneWanted(); ///< A room of this machine with an echo.
  void leaveWanted();
  /// Who tries whether friends elsewhere get into rooms hosted here; nobody.
  void knownServerWanted(const std::optional<tutti::room::ServerAddress>& server);
  void sayWanted(const QString& text);

  void bridgeWanted(bool isWanted); ///< The Link programs here in one session with those of the others.
  void bridgeRightsWanted(bool mayChangeTempo, bool mayStartAndStop); ///< Of those programs, for everybody.

  // As its host.
  void lockWanted(bool isWanted);
  void kickWanted(const tutti::jam::PlayerId& player);
  void muteMemberWanted(const tutti::jam::PlayerId& player, bool isWanted);

  // A player's delay: 0 low delay … 1 safe.
  void intentWanted(const tutti::jam::PlayerId& player, double intent);
  /// A fixed delay in ms; 0: as short as is safe again.
  void steadyWanted(const tutti::jam::PlayerId& player, double milliseconds);
  /// A delay of so many beats; 0: as short as is safe again.
  void beatsWanted(const tutti::jam::PlayerId& player, int beats);
};

} // namespace tutti::app
