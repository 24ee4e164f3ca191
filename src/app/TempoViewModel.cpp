#include "TempoViewModel.hpp"

#include <QLocale>

#include <cmath>
#include <optional>

namespace tutti::app {

namespace {

/// Link rounds tempi to whole microseconds a beat (122 becomes 122.000069): people mean hundredths.
double inHundredths(double bpm)
{
  return std::round(bpm * 100) / 100;
}

/// With a point or a comma, whichever the musician's keyboard has.
std::optional<double> parse(QString text)
{
  text = text.trimmed().replace(QLatin1Char{','}, QLatin1Char{'.'});
  bool isNumber = false;
  const auto bpm = QLocale::c().toDouble(text, &isNumber);
  if (!isNumber || !std::isfinite(bpm)) return std::nullopt;
  return bpm;
}

} // namespace

TempoViewModel::TempoViewModel(Clock clock)
  : clock_{std::move(clock)}
{}

void TempoViewModel::show(const engine::Snapshot& snapshot)
{
  if (tempo_.tell(snapshot.grid.tempo(), snapshot.at)) emit bpmChanged();
}

QString TempoViewModel::text() const
{
  QLocale plain;
  plain.setNumberOptions(QLocale::OmitGroupSeparator);
  return plain.toString(inHundredths(bpm()), 'f', 2);
}

QString TempoViewModel::wholeText() const
{
  return text().chopped(3);
}

QString TempoViewModel::fractionText() const
{
  return text().right(3);
}

void TempoViewModel::ask(double bpm)
{
  const auto wanted = time::Tempo::fromBpm(bpm).clamped();
  if (!tempo_.ask(wanted, clock_())) return;
  emit bpmChanged();
  emit tempoAsked(wanted.bpm());
}

void TempoViewModel::nudge(double bpm)
{
  ask(inHundredths(inHundredths(this->bpm()) + bpm));
}

void TempoViewModel::tap()
{
  if (const auto tapped = taps_.tap(clock_())) ask(inHundredths(tapped->bpm()));
}

bool TempoViewModel::type(const QString& text)
{
  const auto bpm = parse(text);
  if (!bpm || *bpm < slowest() || *bpm > fastest()) {
    complain(bpm ? tr("The tempo can be %1 to %2").arg(slowest()).arg(fastest())
                 : tr("“%1” is not a number").arg(text.left(12)));
    return false;
  }
  forgive();
  ask(*bpm);
  return true;
}

void TempoViewModel::forgive()
{
  complain({});
}

void TempoViewModel::complain(const QString& text)
{
  if (complaint_ == text) return;
  complaint_ = text;
  emit complaintChanged();
}

} // namespace tutti::app
