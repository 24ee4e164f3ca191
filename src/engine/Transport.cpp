#include "Transport.hpp"

namespace tutti::engine {

void Transport::play()
{
  isPlaying_.store(true);
  auto state = link_.captureApp();
  state.startPlayingAndRequestBeat(time::HostClock::now(), time::Beats{}, quantum());
  link_.commitApp(state);
}

void Transport::stop()
{
  isPlaying_.store(false);
  auto state = link_.captureApp();
  state.stopPlaying(time::HostClock::now());
  link_.commitApp(state);
}

void Transport::sessionPlays(bool isPlaying)
{
  if (isPlaying_.exchange(isPlaying) == isPlaying || !isPlaying) return;
  auto state = link_.captureApp();
  state.requestBeatAtStartPlayingTime(time::Beats{}, quantum());
  link_.commitApp(state);
}

} // namespace tutti::engine
