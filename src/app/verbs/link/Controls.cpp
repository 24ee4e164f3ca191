#include "Controls.hpp"

#include <algorithm>
#include <cmath>

namespace tutti::app {
namespace {

using namespace std::chrono_literals;
using namespace time::literals;

constexpr auto kUntilShown =
  200ms; // the engine needs a few; a hand needs more to press the next key on purpose

/// Tempi lose their last digits on the wire (122 comes back as 122.000069): count on from what was meant.
double meantBpm(time::Tempo tempo)
{
  const auto hundredths = time::Tempo::fromBpm(std::round(tempo.bpm() * 100) / 100);
  return hundredths.microsPerBeat() == tempo.microsPerBeat() ? hundredths.bpm() : tempo.bpm();
}

time::Tempo stepped(time::Tempo tempo, double step)
{
  return time::Tempo::fromBpm(meantBpm(tempo) + step).clamped();
}

time::Beats stepped(time::Beats quantum, time::Beats step)
{
  return std::clamp(quantum + step, 1_beats, 64_beats);
}

} // namespace

template <class T> T Controls::Wish<T>::or_(T actual, HostTime now) const
{
  return at && now - *at < kUntilShown ? value : actual;
}

template <class T> T Controls::Wish<T>::set(T wanted, HostTime now)
{
  at = now;
  return value = wanted;
}

std::optional<Command> Controls::press(Key key, const engine::Snapshot& snapshot)
{
  const auto now = snapshot.at;
  const auto toggle = [now](Wish<bool>& wish, bool is, Switch on, Switch off) {
    return wish.set(!wish.or_(is, now), now) ? on : off;
  };
  const auto tempo = tempo_.or_(snapshot.grid.tempo(), now);
  const auto quantum = quantum_.or_(snapshot.grid.quantum(), now);
  switch (key) {
  case Key::toggleLink:
    return toggle(isEnabled_, snapshot.link.isEnabled, Switch::enableLink, Switch::disableLink);
  case Key::togglePlay:
    return toggle(isPlaying_, snapshot.isPlaying, Switch::play, Switch::stop);
  case Key::toggleStartStopSync:
    return toggle(followsStartStop_, snapshot.link.followsStartStop, Switch::followStartStop,
                  Switch::ignoreStartStop);
  case Key::slower:
    return tempo_.set(stepped(tempo, -1), now);
  case Key::faster:
    return tempo_.set(stepped(tempo, 1), now);
  case Key::smallerQuantum:
    return quantum_.set(stepped(quantum, -1_beats), now);
  case Key::largerQuantum:
    return quantum_.set(stepped(quantum, 1_beats), now);
  case Key::quit:
    break;
  }
  return std::nullopt;
}

} // namespace tutti::app
