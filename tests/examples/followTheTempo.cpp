// A guest in the Link session on this network: shows peers, tempo and beat for three seconds.
//
//   followTheTempo          listens
//   followTheTempo 128      sets the tempo to 128 bpm as well, for everybody
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <tutti/link/Link.hpp>

using namespace std::chrono_literals;
using tutti::link::Link;
using tutti::time::Beats;
using tutti::time::HostClock;
using tutti::time::Tempo;

namespace {

void show(const Link& link)
{
  const auto bar = Beats::fromDouble(4);
  const auto now = HostClock::now();
  const auto state = link.captureApp();
  std::printf("peers %zu  %.2f bpm  beat %.2f  phase %.2f\n", link.peerCount(), state.tempo().bpm(),
              state.beatAtTime(now, bar).toDouble(), state.phaseAtTime(now, bar).toDouble());
}

void setTempo(Link& link, double bpm)
{
  auto state = link.captureApp();
  state.setTempo(Tempo::fromBpm(bpm), HostClock::now());
  link.commitApp(state);
}

} // namespace

int main(int count, char** arguments)
{
  Link link{Tempo::fromBpm(120)};
  link.onTempo([](Tempo tempo) { std::printf("tempo is now %.2f bpm\n", tempo.bpm()); });
  link.onPeerCount([](std::size_t peers) { std::printf("peers are now %zu\n", peers); });
  link.enable(); // a newcomer takes over the tempo of the session that it finds

  for (int half = 0; half < 6; ++half) {
    if (half == 2 && count > 1) setTempo(link, std::atof(arguments[1]));
    show(link);
    std::this_thread::sleep_for(500ms);
  }
  link.disable();
}
