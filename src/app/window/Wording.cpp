#include "Wording.hpp"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace tutti::app::wording {

namespace {

/// Gives the sentences their context for translators.
struct Wording {
  Q_DECLARE_TR_FUNCTIONS(Wording)
};

QString address(const link::Change& change)
{
  return QString::fromStdString(change.by->text());
}

/// The text for our own doing, or the one for a peer's with its address in it.
QString whose(const link::Change& change, const QString& ours, const QString& theirs)
{
  return change.by ? theirs.arg(address(change)) : ours;
}

QString tempoChange(const link::Change& change)
{
  const auto before = tempo(change.before);
  const auto after = tempo(change.after);
  if (!change.by) return Wording::tr("Tempo %1 → %2").arg(before, after);
  return Wording::tr("Tempo %1 → %2, set by %3").arg(before, after, address(change));
}

QString company(const link::Change& change)
{
  return programs(static_cast<std::size_t>(std::max(0.0, change.after)));
}

} // namespace

QString tempo(double bpm)
{
  const auto hundredths = std::llround(bpm * 100);
  return QLocale{}.toString(static_cast<double>(hundredths) / 100, 'f', hundredths % 10 == 0 ? 1 : 2);
}

QString duration(Micros length)
{
  const auto micros = static_cast<double>(std::abs(length.count()));
  const QLocale locale;
  if (micros < 99.5) return Wording::tr("%1\u00a0µs").arg(locale.toString(micros, 'f', 0));
  if (micros < 995)
    return Wording::tr("%1\u00a0µs").arg(locale.toString(std::round(micros / 10) * 10, 'f', 0));
  if (micros < 9'950) return Wording::tr("%1\u00a0ms").arg(locale.toString(micros / 1'000, 'f', 1));
  if (micros < 995'000) return Wording::tr("%1\u00a0ms").arg(locale.toString(micros / 1'000, 'f', 0));
  return Wording::tr("%1\u00a0s").arg(locale.toString(micros / 1'000'000, 'f', 1));
}

QString offset(Micros distance)
{
  if (distance == Micros{0}) return duration(distance);
  return (distance < Micros{0} ? QStringLiteral("−") : QStringLiteral("+")) + duration(distance);
}

QString tenths(double milliseconds)
{
  return QLocale{}.toString(milliseconds, 'f', 1);
}

QString share(double ofOne)
{
  const auto percent = ofOne * 100;
  const bool isCoarse = percent >= 9.95 || percent < 0.05;
  return Wording::tr("%1\u00a0%").arg(QLocale{}.toString(percent, 'f', isCoarse ? 0 : 1));
}

QString elapsed(Micros length)
{
  const auto seconds = std::chrono::floor<std::chrono::seconds>(length).count();
  const auto twoDigits = [](std::int64_t figure) {
    return QString::number(figure).rightJustified(2, QLatin1Char{'0'});
  };
  const auto tail = QStringLiteral(":") + twoDigits(seconds % 60);
  if (seconds < 3600) return QString::number(seconds / 60) + tail;
  return QString::number(seconds / 3600) + QLatin1Char{':'} + twoDigits(seconds / 60 % 60) + tail;
}

QString age(Micros since)
{
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(since).count();
  if (minutes < 1) return Wording::tr("now");
  if (minutes < 60) return Wording::tr("%1 min ago").arg(minutes);
  return Wording::tr("%1 h ago").arg(minutes / 60);
}

QString programs(std::size_t count)
{
  return Wording::tr("%n Link program(s)", nullptr, static_cast<int>(count));
}

QString beats(double count)
{
  if (count == std::floor(count)) return Wording::tr("%n beat(s)", nullptr, static_cast<int>(count));
  return Wording::tr("%1 beats").arg(QLocale{}.toString(count, 'g', 4));
}

QString path(const std::optional<room::PathKind>& kind)
{
  if (!kind) return Wording::tr("No way found yet");
  switch (*kind) {
  case room::PathKind::lan:
    return Wording::tr("Direct, on this network");
  case room::PathKind::direct:
    return Wording::tr("Direct, over the Internet");
  case room::PathKind::turn:
    return Wording::tr("Through a relay");
  case room::PathKind::forwarder:
    return Wording::tr("Through the room's server");
  }
  return {};
}

QString change(const link::Change& change)
{
  using Kind = link::Change::Kind;
  switch (change.kind) {
  case Kind::enabled:
    return Wording::tr("Link is on");
  case Kind::disabled:
    return Wording::tr("Link is off: you play alone");
  case Kind::tempo:
    return tempoChange(change);
  case Kind::started:
    return whose(change, Wording::tr("Started here"), Wording::tr("Started by %1"));
  case Kind::stopped:
    return whose(change, Wording::tr("Stopped here"), Wording::tr("Stopped by %1"));
  case Kind::peerJoined:
    return whose(change, Wording::tr("A peer joined: %1"), Wording::tr("%1 joined: %2")).arg(company(change));
  case Kind::peerLeft:
    return whose(change, Wording::tr("A peer left: %1"), Wording::tr("%1 left: %2")).arg(company(change));
  case Kind::sessionJoined:
    return whose(change, Wording::tr("Joined an older session"), Wording::tr("Joined the session of %1"));
  }
  return {};
}

} // namespace tutti::app::wording
